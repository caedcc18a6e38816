import { casesFor, type Problem } from '../../../core/search/problem.ts';
import type { Source } from '../../../core/search/program.ts';
import { harnessOf } from '../guest.ts';
import type { Target } from './targets.ts';
import { disguised, meddling, numbers, type Value } from './values.ts';

/** What must become of an attack. `same`: just what becomes of the honest program. A number: no more than that. */
export type Wanted = 'fails' | 'same' | { readonly atMost: number } | { readonly slowly: unknown };

/** A hostile program, and the most that it may come to. */
export interface Attack {
  readonly name: string;
  readonly source: Source;
  readonly wanted: Wanted;
}

/** A program of two files: the honest one, and one that stands before it. */
function before(problem: Problem, { honest }: Target, text: string): Source {
  return {
    'main.js': `import { ${problem.entry} as honest } from './honest.js';\n${text}`,
    'honest.js': honest,
  };
}

/** Meddles when it is loaded and around each call, and answers honestly. */
export function meddlers(problem: Problem, target: Target): Attack[] {
  const entry = problem.entry;
  const around = (name: string, text: string): Attack => ({
    name,
    source: before(problem, target, text),
    wanted: target.kind === 'counted' ? 'fails' : 'same',
  });
  return [
    ...Object.entries(meddling).map(([name, code]) =>
      around(
        name,
        `let calls = 0;
const meddle = () => { if (calls++ > 4) return; ${code} };
meddle();
export function ${entry}(...all) { meddle(); const answer = honest(...all); meddle(); return answer; }`,
      ),
    ),
    around(
      'a claim on the entry',
      `export function ${entry}(...all) { return honest(...all); }\nObject.assign(${entry}, { score: 1e9, toJSON: () => 1e9, verdict: { score: 1e9 } });`,
    ),
    around(
      'arguments that are changed when they are no longer its own',
      `const kept = [];
export function ${entry}(...all) {
  for (const each of kept) { each.length = 0; each.push(9, 9, 9); }
  const answer = honest(...all);
  for (const each of all) if (Array.isArray(each) && kept.length < 20) kept.push(each);
  return answer;
}`,
    ),
    around(
      'eyes on its caller',
      `let calls = 0;
export function ${entry}(...all) {
  if (calls++ > 40) return honest(...all);
  const seen = [];
  try { seen.push(${entry}.caller.arguments); } catch {}
  try { seen.push(new Function('return (function f() { return f.caller })()')().arguments); } catch {}
  try { Error.prepareStackTrace = (_, sites) => { seen.push(...sites.map((site) => site.getThis())); return ''; }; new Error('x').stack; } catch {}
  for (const each of seen) if (each) { try { each.length = 0; } catch {} try { each.judge = () => 1e9; } catch {} }
  return honest(...all);
}`,
    ),
    around(
      'a changed toolbox',
      `import * as toolbox from 'atoll/toolbox';
for (const name of Object.keys(toolbox)) { try { toolbox[name] = () => 1e9; } catch {} try { toolbox[name].prototype.toJSON = () => 1e9; } catch {} }
export function ${entry}(...all) { return honest(...all); }`,
    ),
    ...(target.kind === 'number' || target.kind === 'counted'
      ? []
      : [
          around(
            'a proxy that is the honest answer',
            `export function ${entry}(...all) { const answer = honest(...all); return Object(answer) === answer ? new Proxy(answer, {}) : answer; }`,
          ),
        ]),
  ];
}

/** Programs that throw, but not at once. */
export function quitters(problem: Problem, target: Target): Attack[] {
  const { entry } = problem;
  const wanted: Wanted = problem.name === 'humaneval-js-20' ? { atMost: 0.5 } : 'fails';
  const quitter = (name: string, text: string): Attack => ({
    name,
    source: before(problem, target, text),
    wanted,
  });
  const late = target.kind === 'made' ? 0 : 40;
  return [
    quitter(
      'an error on what is hard',
      `let calls = 0;\nexport function ${entry}(...all) { if (calls++ >= ${late}) throw { score: 1e9, toString() { throw 1; } }; return honest(...all); }`,
    ),
    quitter(
      'a promise of an answer',
      `let calls = 0;\nexport async function ${entry}(...all) { return honest(...all); }`,
    ),
    quitter(
      'a generator of an answer',
      `export function* ${entry}(...all) { yield* [honest(...all)]; throw 1; }`,
    ),
  ];
}

/** Numbers that only rank: what is not one must end the program, and what is may earn what a constant earns. */
export function rankers(problem: Problem, target: Target): Attack[] {
  const { entry } = problem;
  const harness = harnessOf(problem);
  const constant = (value: unknown) => {
    const scores = casesFor(problem, 'scored').map(({ input }) => {
      const verdict = problem.judge(
        input,
        harness(() => value, input),
      );
      return 'score' in verdict ? verdict.score : Number.NEGATIVE_INFINITY;
    });
    return scores.reduce((sum, each) => sum + each, 0) / scores.length;
  };
  const always = ({ code }: Value, wanted: Wanted): Attack[] => [
    {
      name: `always ${code}`,
      source: { 'p.js': `export function ${entry}() { return (${code}); }` },
      wanted,
    },
  ];
  const dressed = [
    'new Number(answer)',
    '{ valueOf: () => answer }',
    '[answer]',
    'String(answer)',
    'BigInt(Math.round(answer))',
  ];
  return [
    ...disguised.flatMap((value) => always(value, 'fails')),
    ...numbers.flatMap((value) => {
      const number: unknown = new Function(`return ${value.code}`)();
      return always(value, Number.isNaN(number) ? 'fails' : { atMost: constant(number) });
    }),
    ...dressed.map(
      (code): Attack => ({
        name: `the honest number as ${code}`,
        source: before(
          problem,
          target,
          `export function ${entry}(...all) { const answer = honest(...all); return (${code}); }`,
        ),
        wanted: 'fails',
      }),
    ),
    {
      name: 'NaN now and then',
      source: before(
        problem,
        target,
        `let calls = 0;\nexport function ${entry}(...all) { return calls++ % 50 === 49 ? NaN : honest(...all); }`,
      ),
      wanted: 'fails',
    },
  ];
}

/** Values that are judged: a constant in any guise earns what a constant can, and no more. */
export function constants(problem: Problem, target: Target): Attack[] {
  const { entry } = problem;
  return [...disguised, ...numbers].flatMap((value): Attack[] => [
    {
      name: `always ${value.code}`,
      source: { 'p.js': `export function ${entry}() { return (${value.code}); }` },
      wanted: { atMost: target.constant! },
    },
    {
      name: `${value.code} now and then`,
      source: before(
        problem,
        target,
        `let calls = 0;\nexport function ${entry}(...all) { return calls++ % 3 === 2 ? (${value.code}) : honest(...all); }`,
      ),
      wanted: { atMost: problem.name === 'humaneval-js-20' ? 0.9 : target.constant! },
    },
  ]);
}

type Path = readonly number[];

/** The places of a construction that are spoilt: all of it, its rows and numbers, first, middle and last. */
export function places(sample: unknown): Path[] {
  const found: Path[] = [];
  const visit = (value: unknown, path: Path) => {
    found.push(path);
    if (!Array.isArray(value)) return;
    const chosen = new Set(
      path.length === 0 ? [0, value.length >> 1, value.length - 1] : [0, value.length - 1],
    );
    for (const k of chosen) visit(value[k], [...path, k]);
  };
  visit(sample, []);
  return found;
}

/** A copy of JSON data with another value in a place. */
export function withAt(sample: unknown, path: Path, value: unknown): unknown {
  if (path.length === 0) return value;
  const [first, ...rest] = path as [number, ...number[]];
  return (sample as unknown[]).map((each, k) => (k === first ? withAt(each, rest, value) : each));
}

/** Constructions with a value where it does not belong, or in a form that no array has. */
export function spoilt(problem: Problem, { sample, ceiling }: Target): Attack[] {
  const { entry } = problem;
  const program = (body: string): Source => ({
    'p.js': `const out = ${JSON.stringify(sample)};\nexport function ${entry}() { ${body} }`,
  });
  const values = places(sample).flatMap((path) =>
    [...disguised, ...numbers].map((value): Attack => {
      const place = path.map((k) => `[${k}]`).join('');
      const body =
        path.length === 0 ? `return (${value.code});` : `out${place} = (${value.code}); return out;`;
      return {
        name: `${value.code} at ${place || 'the top'}`,
        source: program(body),
        wanted: value.throws ? 'fails' : { slowly: withAt(sample, path, value.arrives) },
      };
    }),
  );
  const rows = sample as unknown[];
  const last = rows.length - 1;
  const forms: [name: string, body: string, wanted: Wanted][] = [
    ['one too few', 'out.pop(); return out;', { slowly: rows.slice(0, -1) }],
    ['one too many', 'out.push(out[0]); return out;', { slowly: [...rows, rows[0]] }],
    ['none', 'return [];', { slowly: [] }],
    ['a hole', 'delete out[1]; return out;', 'fails'],
    ['a hole at the end', `out.length = ${last}; out.length = ${last + 1}; return out;`, 'fails'],
    ['length and nothing else', `return { length: ${last + 1} };`, 'fails'],
    ['an object with a length', 'return { ...out, length: out.length };', { slowly: sample }],
    [
      'a hole filled through a prototype',
      'const row = out[1]; delete out[1]; Object.setPrototypeOf(out, Object.create(Array.prototype, { 1: { value: row } })); return out;',
      { slowly: sample },
    ],
    ['properties besides', 'out.score = 1e9; out.sum = 1e9; return out;', { slowly: sample }],
    ['a toJSON of its own', 'out.toJSON = () => ({ score: 1e9 }); return out;', { slowly: sample }],
    ['a score beside it', 'return { score: 1e9, output: out };', 'fails'],
    ['itself in a list', 'return [out];', 'fails'],
    ['a typed array', 'return Float64Array.from(out.flat(9));', { slowly: sample }],
    ['its own text', 'return JSON.stringify(out);', 'fails'],
    ['a text object', 'return new String(JSON.stringify(out));', 'fails'],
    ['a Set', 'return new Set(out);', { slowly: [...new Set(rows)] }],
    ['itself in itself', 'out[0] = out; return out;', 'fails'],
    [
      'a getter that answers differently each time',
      'let reads = 0; const row = out[0]; Object.defineProperty(out, 0, { get: () => (reads++ === 0 ? row : 1e9), enumerable: true }); return out;',
      { slowly: sample },
    ],
    [
      'a length that grows',
      `let reads = 0; return new Proxy(out, { get: (all, key) => (key === 'length' ? ${last + 1} + (reads < 3 ? reads++ : 3) : all[key]) });`,
      { slowly: sample },
    ],
    [
      'a proxy whose rows change',
      'let reads = 0; return new Proxy(out, { get: (all, key) => (key === "length" ? all.length : ++reads > 3 ? all[0] : all[key]) });',
      // As good as any construction at most: what is judged is what was written down.
      { atMost: ceiling(problem.cases[0]!.input) },
    ],
    ['every row the first', 'return out.map(() => out[0]);', { slowly: rows.map(() => rows[0]) }],
    ['backwards', 'return out.toReversed();', { slowly: rows.toReversed() }],
  ];
  return [
    ...values,
    ...forms.map(([name, body, wanted]): Attack => ({ name, source: program(body), wanted })),
  ];
}
