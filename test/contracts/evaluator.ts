import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Problem } from '../../core/search/problem.ts';
import type { Evaluator } from '../../core/search/roles.ts';
import { good } from '../evaluators/doubling.ts';

/** What every evaluator must do; `open` gives one for a problem like `doubling` (test/evaluators/doubling.ts). */
export function evaluatorContract(
  name: string,
  problem: (changes?: Partial<Problem>) => Problem,
  open: (problem: Problem) => Promise<Evaluator>,
): void {
  const wrong = { 'p.js': 'export const f = (x) => (x === 2 ? 5 : x * 2);' };

  describe(`the evaluator ${name}`, () => {
    it('scores by the cases of the use that was named, and tells what the program used', async () => {
      await using evaluator = await open(problem());
      const { outcome, usage } = await evaluator.evaluate(good(), 'scored', '1/child');
      assert.ok(outcome.status === 'scored');
      assert.deepEqual(
        outcome.verdicts.map((each) => each.case),
        ['one', 'two'],
      );
      assert.ok(usage && usage.wallMs > 0 && usage.cpuMs >= 0);
      const held = await evaluator.evaluate(good(), 'held-out', '1/held-out');
      assert.ok(held.outcome.status === 'scored' && held.outcome.verdicts.length === 3);
    });

    it('gives the same outcome each time, whatever the name', async () => {
      await using evaluator = await open(problem());
      for (const program of [good(), wrong, { 'p.js': 'export const f = (' }]) {
        const [a, b] = [
          await evaluator.evaluate(program, 'scored', '1/0/0'),
          await evaluator.evaluate(program, 'scored', '1/0/1'),
        ];
        assert.deepEqual(a.outcome, b.outcome);
      }
    });

    it('measures to the same outcome as it evaluates, and gives residuals where the program is scored', async () => {
      const residuals = (input: number, output: number) => [output - 2 * input];
      await using evaluator = await open(problem({ residuals }));
      const scored = await evaluator.measure(good(), 'scored', '1/0/0');
      assert.deepEqual(scored.residuals, [0, 0]);
      const failed = await evaluator.measure(wrong, 'scored', '1/0/1');
      assert.equal(failed.residuals, undefined);
      assert.deepEqual(failed.outcome, (await evaluator.evaluate(wrong, 'scored', '1/0/2')).outcome);
    });

    it('refuses a use of which the problem has no case', async () => {
      await using evaluator = await open(problem());
      await assert.rejects(evaluator.evaluate(good(), 'validation', '1/validation'), {
        name: 'ConfigError',
        message: 'Expected doubling to have validation cases, got `none`',
      });
    });

    it('rejects with the reason of an abort', async () => {
      await using evaluator = await open(problem());
      const stop = new AbortController();
      const endless = { 'p.js': 'export const f = () => { for (;;); };' };
      const lost = evaluator.evaluate(endless, 'scored', '1/child', stop.signal);
      stop.abort(new Error('enough'));
      await assert.rejects(lost, /enough/);
      assert.equal((await evaluator.evaluate(good(), 'scored', '2/child')).outcome.status, 'scored');
    });
  });
}
