import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ConfigError, SandboxError } from '../../../core/search/errors.ts';
import type { ProblemDraft } from '../../../core/search/problem.ts';
import { openPool } from '../../../evaluators/javascript/pool.ts';
import { isAlive, until } from '../../support/until.ts';
import { doubling, good, outcomeIn } from '../doubling.ts';

const one = { workers: 1, isolation: 'context' } as const;
const program = (text: string) => ({ 'p.js': text });

/** What a program comes to, in a pool of its own. */
async function outcomeOf(
  text: string,
  changes: Partial<ProblemDraft> = {},
  use: 'scored' | 'held-out' = 'scored',
) {
  await using pool = await openPool(doubling(changes), one);
  return await outcomeIn(pool, program(text), use);
}

/** Accepts anything, and shows it in the feedback. */
const shown: Partial<ProblemDraft> = {
  judge: (_input: unknown, output: unknown) => ({ score: 1, feedback: JSON.stringify(output) }),
};

/** Living children of this process; threads that end meanwhile have none. */
function children(): number[] {
  const lists = readdirSync('/proc/self/task').map((id) => `/proc/self/task/${id}/children`);
  const text = lists.map((path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')).join(' ');
  return (text.match(/\d+/g) ?? []).map(Number).filter(isAlive);
}

/** Resolves once no process of these lives. */
const gone = (pids: readonly number[]): Promise<void> => until(() => !pids.some(isAlive));

/** Ticks of processor time that a process has used. */
function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[11]);
}

/** Resolves once each of these processes has computed for 50 ms more: what it was given runs. */
async function busy(pids: readonly number[]): Promise<void> {
  const before = pids.map(ticksOf);
  await until(() => pids.every((pid, i) => ticksOf(pid) >= before[i]! + 5));
}

test('equal programs have equal outcomes: chance and the clock are the same in each evaluation', async () => {
  await using pool = await openPool(doubling(shown), { workers: 2, isolation: 'context' });
  const text =
    'export const f = () => [Math.random(), Math.random(), Date.now(), String(new Date()), performance.now()]';
  const [a, b] = await Promise.all([
    outcomeIn(pool, program(text), 'scored'),
    outcomeIn(pool, program(text), 'scored'),
  ]);
  assert.deepEqual(a, b);
  const [first, second] = a.feedback.split('\n').map((line) => line.split(',')[0]!.split('[')[1]);
  assert.notEqual(first, second, 'each case has chance of its own');
});

test('nothing of the process is seen inside: no environment, no module, no process', async () => {
  const text =
    'export const f = () => [typeof process, typeof require, typeof module, typeof fetch, typeof __guest, typeof Intl]';
  const outcome = await outcomeOf(text, shown);
  assert.match(outcome.feedback, /^case one: \["undefined"(,"undefined"){5}\]/);
});

test('the environment does not reach the child', async () => {
  process.env.ATOLL_SECRET = 'told';
  try {
    await using _pool = await openPool(doubling(), one);
    const pids = children();
    assert.equal(pids.length, 1);
    for (const pid of pids) assert.ok(!readFileSync(`/proc/${pid}/environ`, 'latin1').includes('told'));
  } finally {
    delete process.env.ATOLL_SECRET;
  }
});

test('one evaluation leaves nothing for the next', async () => {
  await using pool = await openPool(doubling(shown), one);
  const text = `let count = 0;
    export const f = () => { try { globalThis.count = 5; } catch {} return [++count, globalThis.count ?? 'none'] }`;
  const first = await outcomeIn(pool, program(text), 'scored');
  assert.equal(first.feedback, 'case one: [1,"none"]\ncase two: [2,"none"]');
  assert.deepEqual(await outcomeIn(pool, program(text), 'scored'), first);
});

test('a second load of a program shares nothing with the first, and which cases see one depends on its text', async () => {
  const cases = Array.from({ length: 64 }, (_, k) => ({ id: `c${k}`, use: 'scored' as const, input: k }));
  const harness = (
    entry: (x: unknown) => unknown,
    input: number,
    freshLoad?: () => (x: unknown) => unknown,
  ) => (freshLoad ? [entry(input), freshLoad()(null)] : entry(input));
  await using pool = await openPool(doubling({ ...shown, cases, harness }), one);
  const text = `let seen = 'nothing';
    export const f = (x) => { if (x !== null) { seen = x; /\\d+/.test(String(x)); try { globalThis.x = x } catch {} }
      return x === null ? [seen, RegExp.lastMatch ?? null, globalThis.x ?? null].join() : x }`;
  const looked = async (program: string) => {
    const { feedback } = await outcomeIn(pool, { 'program.js': program }, 'scored');
    return feedback.split('\n').filter((line) => line.endsWith(',"nothing,,"]'));
  };
  const [first, again, other] = [await looked(text), await looked(text), await looked(`${text} // other`)];
  assert.ok(first.length > 0 && first.length < 24, `${first.length} of 64`);
  assert.deepEqual(again, first);
  assert.notDeepEqual(other, first);
});

test('own properties can shadow the frozen ones', async () => {
  const text = `class Odd extends Error { constructor(m) { super(m); this.name = 'Odd'; } }
    function Old() {} Old.prototype.constructor = Old; Old.prototype.toString = () => 'old';
    export const f = () => { const o = {}; o.valueOf = () => 7; const e = new Odd('m'); e.message += '!';
      return [o + 1, String(new Old()), String(e), Object.keys(o)] }`;
  const outcome = await outcomeOf(text, shown);
  assert.match(outcome.feedback, /^case one: \[8,"old","Odd: m!",\["valueOf"\]\]/);
});

test('a program cannot learn what the driver has yet to ask, nor what it does', async () => {
  const harness = (entry: (x: number) => unknown, input: number) => [1, 2].map((step) => entry(step * input));
  const text = `const seen = [];
    for (const [owner, key] of [[Array.prototype, 'map'], [JSON, 'parse'], [Function.prototype, 'call'], [globalThis, 'Array'], [Array.prototype, 0], [Object.prototype, 'x']]) {
      try { const was = owner[key]; owner[key] = function (...all) { seen.push(all); return was.apply(this, all); }; seen.push(key); } catch {}
    }
    for (const key of ['map', '0', 'x']) try { Object.defineProperty(Array.prototype, key, { get() { seen.push(this) } }); seen.push(key) } catch {}
    export function f(x) { try { seen.push(f.caller) } catch {} return seen.length }`;
  const outcome = await outcomeOf(text, { ...shown, harness });
  assert.equal(outcome.feedback, 'case one: [0,0]\ncase two: [0,0]');
});

test('the harness may be a function, an arrow or a method', async () => {
  const harnesses: ProblemDraft['harness'][] = [
    (entry, input) => entry(input),
    (entry, input) => entry(input),
    {
      harness(entry: (x: number) => unknown, input: number) {
        return entry(input);
      },
    }.harness,
  ];
  for (const harness of harnesses) {
    const outcome = await outcomeOf('export const f = (x) => x * 2', harness ? { harness } : {});
    assert.equal(outcome.status, 'scored');
  }
});

test('a harness without a text is refused when the pool is opened', async () => {
  await assert.rejects(openPool(doubling({ harness: (() => 1).bind(null) }), one), ConfigError);
});

test('an outcome says the case and the place of an error', async () => {
  const outcome = await outcomeOf('export function f(x) {\n  return x === 2 ? x.y.z : 2;\n}');
  assert.deepEqual(outcome, {
    status: 'crashed',
    feedback: "case two: TypeError: Cannot read properties of undefined (reading 'z') (program:2:24)",
  });
});

test('the first failing case decides, even when a later one crashes', async () => {
  const outcome = await outcomeOf('export function f(x) { if (x === 2) throw 1; return 5 }');
  assert.deepEqual(outcome, { status: 'invalid', feedback: 'case one: got 5' });
});

test('a judge that throws or returns no verdict makes that program invalid and is named, wherever it runs', async () => {
  const url = (body: string) => `data:text/javascript,export default { judge() { ${body} } }`;
  const thrown = 'Expected the judge of doubling to return a verdict, got Error: oh';
  const number = 'Expected the judge of doubling to return a verdict, got `3` (the judge of doubling)';
  const field =
    'Expected a verdict to have no fields but score, measures, feedback, invalid, got `scores` (the judge of doubling): did you mean `score`?';
  const oh = () => {
    throw new Error('oh');
  };
  for (const [fault, changes] of [
    [thrown, { judge: oh }],
    [thrown, { module: url('throw new Error("oh")') }],
    [number.replace('`3`', 'nothing'), { judge: () => undefined as any }],
    [number, { module: url('return 3') }],
    [field, { judge: () => ({ scores: 3 }) as any }],
    [field, { module: url('return { scores: 3 }') }],
  ] as const) {
    const outcome = await outcomeOf(good()['p.js'], changes);
    assert.deepEqual(outcome, { status: 'invalid', feedback: `case one: ${fault}` });
  }
});

test('residuals that throw or are no numbers fail that program, and the next one is measured', async () => {
  const residuals = (input: number, output: unknown) => {
    if (output === 4) throw new Error('four');
    return [output === input * 2 ? 0 : Number.NaN];
  };
  const judge = () => ({ score: 1 });
  const cases = [{ id: 'one', input: 1, use: 'scored' as const }];
  await using pool = await openPool(doubling({ judge, residuals, cases }), one);
  const measured = (text: string) => pool.measure(program(text), 'scored', text);
  const four = await measured('export const f = () => 4');
  assert.deepEqual(
    [four.outcome.status, four.outcome.feedback],
    ['invalid', 'case one: Expected residuals of doubling to return finite numbers, got Error: four'],
  );
  assert.match(
    (await measured('export const f = () => 5')).outcome.feedback,
    /finite numbers, got `\[null\]`$/,
  );
  assert.deepEqual((await measured('export const f = (x) => 2 * x')).residuals, [0]);
});

test('feedback on a case is cut to 1,000 characters, and on all cases together to 20,000', async () => {
  const cases = Array.from({ length: 30 }, (_, k) => ({ id: `c${k}`, input: k, use: 'scored' as const }));
  const judge = (input: number, output: unknown) => {
    const feedback = 'x'.repeat(5_000_000);
    return output === 0 ? { invalid: feedback } : { score: input, feedback };
  };
  await using pool = await openPool(doubling({ judge, cases }), one);
  const scored = await outcomeIn(pool, program('export const f = () => 1'));
  assert.ok(scored.status === 'scored' && scored.score === 14.5);
  const texts = scored.verdicts.map((each) => ('score' in each && each.feedback) || '');
  assert.deepEqual([texts[0]!.length, texts[19]!.length, texts[20]!.length], [1000, 1000, 0]);
  assert.ok(JSON.stringify(scored).length < 26_000);
  const invalid = await outcomeIn(pool, program('export const f = () => 0'));
  assert.ok(JSON.stringify(invalid).length < 1200);
});

test('a judge in a module runs off this thread and decides', async () => {
  const module = `data:text/javascript,import { isMainThread } from 'node:worker_threads'; export default { judge: (input, output) => ({ score: output, feedback: String(isMainThread) }) }`;
  const outcome = await outcomeOf(good()['p.js'], { module });
  assert.ok(outcome.status === 'scored' && outcome.score === 3);
  assert.equal(outcome.feedback, 'case one: false\ncase two: false');
});

test('a module that cannot be a judge is refused when the pool is opened', async () => {
  await assert.rejects(
    openPool(doubling({ module: 'data:text/javascript,export default 1' }), one),
    ConfigError,
  );
});

test('more held-out cases than scored ones get more time', async () => {
  const held = Array.from({ length: 40 }, (_, at) => ({ id: `${at}`, input: at, use: 'held-out' as const }));
  const cases = [{ id: 's', input: 1, use: 'scored' as const }, ...held];
  // Work that takes well over a fortieth of the limit a case.
  const text = `export function f(x) { let s = 0; for (let i = 0; i < 4e6; i++) s = (s + i) | 0; return s === 0.5 ? 0 : x * 2 }`;
  const limits = { wallMs: 2000, cpuMs: 100 };
  assert.equal((await outcomeOf(text, { cases, limits }, 'held-out')).status, 'scored');
});

test('an abort rejects with its reason, waiting or running, and the pool goes on', async () => {
  await using pool = await openPool(doubling({ limits: { wallMs: 60_000, cpuMs: 60_000 } }), one);
  const stop = new AbortController();
  const reason = new Error('enough');
  const loop = program('export const f = () => { for (;;); }');
  const both = [outcomeIn(pool, loop, 'scored', stop.signal), outcomeIn(pool, good(), 'scored', stop.signal)];
  const rejected = both.map((each) => assert.rejects(each, (error) => error === reason));
  await busy(children());
  stop.abort(reason);
  await Promise.all(rejected);
  await assert.rejects(outcomeIn(pool, good(), 'scored', stop.signal), (error) => error === reason);
  assert.equal((await outcomeIn(pool, good(), 'scored')).status, 'scored');
});

test('no child survives the disposal of a running pool, and waiting callers get an error', async () => {
  const pool = await openPool(doubling({ limits: { wallMs: 60_000, cpuMs: 60_000, memoryMb: 4000 } }), {
    workers: 2,
    isolation: 'context',
  });
  const pids = children();
  assert.equal(pids.length, 2);
  const stuck = ['String(2n ** (2n ** 29n))', '(() => { for (;;); })()', '1'];
  const lost = stuck.map((text) => outcomeIn(pool, program(`export const f = () => ${text}`), 'scored'));
  const settled = Promise.allSettled(lost);
  await busy(pids);
  await pool[Symbol.asyncDispose]();
  for (const each of await settled)
    assert.ok(each.status === 'rejected' && each.reason instanceof SandboxError);
  await gone(pids);
  await assert.rejects(outcomeIn(pool, good(), 'scored'), SandboxError);
});

test('no child survives its owner being killed, not even one stuck in native code', async () => {
  const file = fileURLToPath(new URL('../../fixtures/owner.ts', import.meta.url));
  const owner = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(owner.stdout.setEncoding('utf8'), 'data');
  const pids: number[] = JSON.parse(line);
  assert.equal(pids.length, 2);
  assert.ok(pids.every(isAlive));
  owner.kill('SIGKILL');
  await gone(pids);
});

test('a child killed from outside is a crash of that program only', async () => {
  await using pool = await openPool(doubling({ limits: { wallMs: 60_000, cpuMs: 60_000 } }), one);
  const before = children();
  const lost = outcomeIn(pool, program('export const f = () => { for (;;); }'), 'scored');
  await busy(before);
  for (const pid of before) process.kill(pid, 'SIGKILL');
  assert.equal((await lost).status, 'crashed');
  assert.equal((await outcomeIn(pool, good(), 'scored')).status, 'scored');
});
