import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Outcome } from '../../core/search/outcome.ts';
import { casesFor, type Problem } from '../../core/search/problem.ts';
import { openPool } from '../../evaluators/javascript/pool.ts';
import { findProblem, shippedProblems } from '../../ui/run/find-problem.ts';
import { outcomeIn } from '../evaluators/doubling.ts';
import { games } from './attacks/games.ts';
import { type Attack, constants, meddlers, quitters, rankers, spoilt } from './attacks/programs.ts';
import { type Target, targets } from './attacks/targets.ts';
import { harnessOf } from './guest.ts';

/** Two scores that came about by different roundings. */
const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

/** Attacks of a problem that all others have too, by the kind of its entry. */
function common(problem: Problem, target: Target): Attack[] {
  const own = { made: spoilt, number: rankers, value: constants, counted: () => [] }[target.kind];
  return [...meddlers(problem, target), ...quitters(problem, target), ...own(problem, target)];
}

/** What is wrong with what became of an attack, if anything. */
function complaint(
  { wanted }: Attack,
  got: Outcome,
  honest: Outcome,
  slow?: (output: any) => number | undefined,
) {
  if (wanted === 'same')
    return got.status === honest.status && shown(got) === shown(honest) ? undefined : shown(got);
  if (got.status !== 'scored')
    return got.status === 'timeout' || got.status === 'memory' ? shown(got) : undefined;
  if (wanted === 'fails') return shown(got);
  if ('atMost' in wanted) return got.score <= wanted.atMost + 1e-12 ? undefined : shown(got);
  const worth = slow!(wanted.slowly);
  return worth !== undefined && near(got.score, worth) ? undefined : `${shown(got)}, and slowly ${worth}`;
}

const shown = (outcome: Outcome) =>
  outcome.status === 'scored'
    ? `scored ${outcome.score}`
    : `${outcome.status}: ${outcome.feedback.slice(0, 80)}`;

for (const name of shippedProblems()) {
  test(`nothing that attacks ${name} earns more than an honest program would`, async (t) => {
    const target = targets[name];
    assert.ok(target, `${name} has no entry in attacks/targets.ts`);
    const { problem } = await findProblem(name);
    await using pool = await openPool(problem, { workers: 2, isolation: 'context' });
    const source = { 'honest.js': target.honest };
    const honest = await outcomeIn(pool, source, 'scored');
    assert.equal(honest.status, 'scored', shown(honest));
    const slow = target.slow?.(problem.cases[0]!.input);
    const wrong: string[] = [];
    const all = common(problem, target);
    await Promise.all(
      all.map(async (attack) => {
        const said = complaint(attack, await outcomeIn(pool, attack.source, 'scored'), honest, slow);
        if (said) wrong.push(`${attack.name}: ${said}`);
      }),
    );
    await Promise.all(
      (games[name] ?? []).map(async (game) => {
        const said = await game.play(problem, pool);
        if (said) wrong.push(`${game.name}: ${said}`);
      }),
    );
    assert.deepEqual(wrong, []);
    assert.deepEqual(await outcomeIn(pool, source, 'scored'), honest, 'the honest program earns what it did');
    t.diagnostic(`${all.length} common attacks, ${games[name]?.length ?? 0} of its own`);
  });

  test(`the judge of ${name} never throws, and never gives more than can be had`, async () => {
    const target = targets[name]!;
    const { problem } = await findProblem(name);
    const chosen = casesFor(problem, 'scored').slice(0, 3);
    const drawn = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true, maxDepth: 3 }),
      fc.array(fc.oneof(fc.double(), fc.integer({ min: -2, max: 30 })), { maxLength: 60 }),
      ...(target.sample ? [spoiling(target.sample)] : []),
    );
    for (const { input } of chosen) {
      const ceiling = target.ceiling(input);
      const check = (output: unknown) => {
        const verdict = problem.judge(input, output);
        if ('score' in verdict) assert.ok(verdict.score <= ceiling, `${verdict.score} > ${ceiling}`);
        else assert.equal(typeof verdict.invalid, 'string');
      };
      let deep: unknown = [];
      for (let i = 0; i < 20_000; i++) deep = [deep];
      for (const output of [deep, [deep, deep], [deep, 25]]) check(output);
      fc.assert(fc.property(drawn, check), { numRuns: 60 });
    }
  });
}

test('no problem that is gone has an entry among the attacked', () => {
  assert.deepEqual(Object.keys(targets).sort(), shippedProblems());
  assert.deepEqual(
    Object.keys(games).filter((name) => !targets[name]),
    [],
  );
});

/** A construction with some of its numbers changed: a little, much, or for something else. */
function spoiling(sample: unknown): fc.Arbitrary<unknown> {
  const change = fc.oneof(
    fc.constantFrom(0, -0, NaN, Infinity, 5e-324, 1, -1, 0.5, null, '0.5'),
    fc.double(),
    fc.constantFrom(1e-16, -1e-16, 1e-12, -1e-12, 1e-3, -1e-3),
  );
  return fc.array(fc.tuple(fc.nat(), change, fc.boolean()), { minLength: 1, maxLength: 4 }).map((changes) => {
    const flat = (sample as unknown[]).flat(9) as number[];
    const copy: unknown[] = [...flat];
    for (const [at, value, add] of changes) {
      const k = at % flat.length;
      copy[k] = add && typeof value === 'number' ? flat[k]! + value : value;
    }
    let next = 0;
    const rebuilt = (shape: unknown): unknown => (Array.isArray(shape) ? shape.map(rebuilt) : copy[next++]);
    return rebuilt(sample);
  });
}

for (const [name, target] of Object.entries(targets)) {
  if (target.kind === 'number') againstSlow(name, target);
  if (!target.sample) continue;
  test(`the judge of ${name} and a slow one agree on which changes of a construction are valid, and what they are worth`, async () => {
    const { problem } = await findProblem(name);
    const { input } = problem.cases[0]!;
    const slow = target.slow!(input);
    let valid = 0;
    fc.assert(
      fc.property(spoiling(target.sample), (output) => {
        const verdict = problem.judge(input, output);
        const worth = slow(output);
        assert.equal('score' in verdict, worth !== undefined, JSON.stringify(verdict));
        if ('score' in verdict) {
          assert.ok(near(verdict.score, worth!), `${verdict.score}, slowly ${worth}`);
          valid++;
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(valid > 0, 'some changes are valid');
  });
}

/** Cities, bins and vectors that an honest rule chose, with some changed, exchanged or left out. */
function againstSlow(name: string, { honest, slow }: Target): void {
  test(`the judge of ${name} and a slow one agree on which changes of an honest output are valid, and what they are worth`, async () => {
    const { problem } = await findProblem(name);
    const { input } = problem.cases[0]!;
    const rule = new Function(`${honest.replace('export', '')} return ${problem.entry};`)();
    const output = harnessOf(problem)(rule, input) as number[];
    const valid = new Set<boolean>();
    const at = fc.nat(output.length - 1);
    const change = fc.tuple(at, at, fc.constantFrom('exchange', 'copy', 'cut', 'add', 'break', 'turn'));
    const odd = fc.constantFrom(-1, -0, 0.5, NaN, null, '1', 1e9, Infinity);
    fc.assert(
      fc.property(fc.array(change, { maxLength: 2 }), odd, (changes, other) => {
        const copy: unknown[] = [...output];
        for (const [i, j, how] of changes) {
          if (how === 'exchange') [copy[i], copy[j]] = [copy[j], copy[i]];
          else if (how === 'copy') copy[i] = copy[j];
          else if (how === 'cut') copy.splice(i, 1);
          else if (how === 'add') copy.splice(i, 0, copy[j]);
          else if (how === 'break') copy[i] = other;
          else copy.reverse();
        }
        const verdict = problem.judge(input, copy);
        const worth = slow!(input)(copy);
        assert.equal('score' in verdict, worth !== undefined, JSON.stringify(verdict));
        if ('score' in verdict) assert.ok(near(verdict.score, worth!), `${verdict.score}, slowly ${worth}`);
        valid.add('score' in verdict);
      }),
      { numRuns: 60 },
    );
    assert.equal(valid.size, 2);
  });
}
