import { configure } from '../../../core/search/configure.ts';
import type { Event, Opened } from '../../../core/search/event.ts';
import type { Scored, TrialVerdict } from '../../../core/search/outcome.ts';
import { type Random, random } from '../../../core/search/random.ts';

/** A program with a number in it, as seeds and children of the script are. */
export const sourceOf = (n: number) => ({
  'program.js': `// number ${n}\nexport function priority(item, room) {\n  return room - item * ${n};\n}\n`,
});

function outcomeOf(score: number): Scored {
  const verdicts = ['a', 'b', 'c', 'd'].map((id, i) => ({
    case: `case-${id}`,
    score: score + (i - 1.5) / 10,
    feedback: `${i} bins too many`,
  }));
  return { status: 'scored', score, measures: { bins: 200 }, verdicts, feedback: 'case a: 0 bins too many' };
}

const opened: Opened = {
  type: 'opened',
  version: 3,
  problem: { name: 'script', hash: 'c0ffee' },
  settings: configure({ seed: 7, islands: 4, concurrency: 6, evaluations: 50_000, dollars: 20 }, true),
  arms: [
    { operator: 'constants' },
    { operator: 'swap' },
    { operator: 'crossover' },
    { operator: 'diff', model: 'openai:gpt-5-mini' },
    { operator: 'whole', model: 'openai:gpt-5-mini' },
  ],
  models: ['openai:gpt-5-mini'],
  seeds: [
    {
      id: 'seed-1',
      source: sourceOf(1),
      canonical: 'seed',
      outcome: outcomeOf(-5),
      admission: { admitted: true, removes: [] },
    },
  ],
};

/** Programs that may be parents, on each island. */
const kept = 20;

/**
 * The events of a search that never was: always the same, as long as one wants, of every type, and consistent in
 * itself, so that the fold takes it. Several trials are running at a time; the last ones stay so.
 */
export function* scripted(trials: number): Generator<Event> {
  yield opened;
  const draw = random(7, 'script');
  const homes: string[][] = Array.from({ length: 4 }, () => ['seed-1']);
  const script: Script = { draw, homes, best: -5, elapsed: 0, evaluations: 1 };
  const under: number[] = [];
  for (let trial = 1; trial <= trials; trial++) {
    yield* begin(script, trial);
    under.push(trial);
    if (under.length < 6) continue;
    const [first] = under.splice(draw.int(under.length), 1);
    yield* end(script, first!);
    if (trial % 100 === 0) yield* migrate(script, trial / 100);
    if (trial === 150) yield { type: 'amended', settings: { minutes: 60 } };
    if (trial === 160) yield { type: 'noted', text: 'try what depends on the room left' };
  }
}

interface Script {
  readonly draw: Random;
  readonly homes: string[][];
  best: number;
  elapsed: number;
  evaluations: number;
}

function* begin({ draw, homes }: Script, trial: number): Generator<Event> {
  const island = (trial - 1) % homes.length;
  const arm = opened.arms[(trial * 7) % opened.arms.length]!;
  const asks = arm.model !== undefined;
  yield { type: 'begun', trial, island, arm, parents: [draw.pick(homes[island]!)], allowance: 1 };
  if (!asks) return;
  const messages = [{ role: 'user' as const, text: `Improve program ${trial}.` }];
  const model = opened.models[0]!;
  const quote = { tokens: 2000, dollars: 0.01 };
  yield { type: 'asked', trial, step: 0, attempt: 1, model, purpose: 'propose', messages, quote };
}

function* end(script: Script, trial: number): Generator<Event> {
  const { draw, homes } = script;
  const asks = (trial * 7) % opened.arms.length >= 3;
  script.elapsed += 3 + draw.int(40);
  if (asks) {
    const fault = draw.next() < 0.05;
    const cost = fault ? { tokens: 0, dollars: 0 } : { tokens: 900, dollars: 0.0004 };
    const said = fault
      ? { fault: 'Expected an answer from api.example, got 503', kind: 'broken' as const }
      : { text: 'Here it is.', ended: 'stop' as const };
    yield { type: 'answered', trial, step: 0, attempt: 1, answer: { ...said, cost }, milliseconds: 800 };
  }
  const fate = draw.next();
  const settled = (verdict: TrialVerdict, gain = 0): Event => ({
    type: 'settled',
    trial,
    verdict,
    admission: { admitted: false },
    gain,
    evaluations: 0,
    elapsed: script.elapsed,
  });
  if (fate < 0.1) {
    yield { type: 'proposed', trial, malformed: 'nothing to change' };
    yield settled('malformed');
    return;
  }
  yield { type: 'proposed', trial, source: sourceOf(trial), note: `sets the factor to ${trial}` };
  if (fate < 0.3) {
    yield settled('duplicate');
    return;
  }
  yield { type: 'passed', trial, canonical: `form-${trial}` };
  if (fate < 0.4) {
    yield { type: 'evaluated', trial, outcome: { status: 'timeout', feedback: 'too slow' }, milliseconds: 5 };
    yield { ...settled('failed'), evaluations: 1 } as Event;
    return;
  }
  const rises = fate > 0.985;
  const score = rises ? script.best * (1 - 0.04 * draw.next()) : script.best - draw.next() * 3;
  if (rises) script.best = score;
  yield { type: 'evaluated', trial, outcome: outcomeOf(score), milliseconds: 5 };
  const home = homes[(trial - 1) % homes.length]!;
  const removes = home.length >= kept ? [home.shift()!] : [];
  home.push(`trial-${trial}`);
  const admission = { admitted: true as const, removes };
  const verdict = rises ? 'best' : fate > 0.8 ? 'improved' : 'scored';
  yield { ...settled(verdict, rises ? 0.5 : 0), admission, evaluations: 1 } as Event;
}

function* migrate({ homes }: Script, round: number): Generator<Event> {
  const from = round % homes.length;
  const to = (from + 1) % homes.length;
  const program = homes[from]!.at(-1)!;
  if (homes[to]!.includes(program)) return;
  const removes = [homes[to]!.shift()!];
  homes[to]!.push(program);
  const moves = [{ program, from, to, admission: { admitted: true as const, removes } }];
  yield { type: 'migrated', round, cleared: [], moves };
}
