import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Source } from '../../core/search/program.ts';
import type { Input, Ran, Runner } from '../../core/search/roles.ts';

/** Programs of one language that the contract runs: each an entry that takes one number. */
export interface Programs {
  /** Returns twice its input. `mark` makes the text another one. */
  readonly doubles: (mark: number) => Source;
  /** Fails on the input 3 and doubles every other. */
  readonly failsOnThree: Source;
  /** Never returns. */
  readonly endless: Source;
  /** Returns a text of a million characters. */
  readonly long: Source;
  /** Allocates without end. */
  readonly hoards: Source;
  /** Is no program. */
  readonly broken: Source;
}

/** The inputs 1, 2, 3, 4. */
export const four: readonly Input[] = [1, 2, 3, 4].map((n) => ({ id: `n${n}`, json: `${n}` }));

/**
 * What every runner must do. `open` gives one for an entry that is called with each input, with limits of 2 s of wall
 * clock, 1 s of processor time, 64 MiB and 100,000 bytes of output for a run of `four`.
 */
export function runnerContract(name: string, programs: Programs, open: () => Promise<Runner>): void {
  describe(`the runner ${name}`, () => {
    it('gives the outputs in the order of the inputs, and what the run used', async () => {
      await using runner = await open();
      const { outputs, end, usage } = await runner.run(programs.doubles(0), four, 'a');
      assert.deepEqual([outputs, end], [[2, 4, 6, 8], { status: 'done' }]);
      assert.ok(usage.cpuMs >= 0 && usage.wallMs > 0 && usage.memoryMb >= 0, JSON.stringify(usage));
    });

    it('takes inputs that it was not opened with, and none', async () => {
      await using runner = await open();
      const others = [{ id: 'x', json: '21' }];
      assert.deepEqual((await runner.run(programs.doubles(0), others, 'a')).outputs, [42]);
      const none = await runner.run(programs.doubles(0), [], 'b');
      assert.deepEqual([none.outputs, none.end.status], [[], 'done']);
    });

    it('says what ended a run, at which input, and keeps the outputs before it', async () => {
      await using runner = await open();
      const { outputs, end } = await runner.run(programs.failsOnThree, four, 'a');
      assert.deepEqual([outputs, end.status, 'at' in end && end.at], [[2, 4], 'crashed', 2]);
      const ends = { endless: 'timeout', long: 'output', hoards: 'memory', broken: 'refused' } as const;
      for (const [which, status] of Object.entries(ends)) {
        const ran = await runner.run(programs[which as keyof typeof ends], four, which);
        assert.equal(ran.end.status, status, which);
        assert.ok('message' in ran.end && ran.end.message.length > 0);
      }
      assert.equal((await runner.run(programs.doubles(1), four, 'after')).end.status, 'done');
    });

    it('counts the processor time of a program and no time spent waiting for a place', async () => {
      await using runner = await open();
      const before = runner.run(programs.endless, four, 'endless');
      const [{ usage: long }, { usage: short }] = await Promise.all([
        before,
        runner.run(programs.doubles(0), four, 'waits'),
      ]);
      assert.ok(long.cpuMs > short.cpuMs, `${long.cpuMs}, ${short.cpuMs}`);
      // It began to wait when the other one began to run.
      assert.ok(short.wallMs < long.wallMs, `${short.wallMs} of ${long.wallMs}`);
    });

    it('runs once what is asked for twice by one name at a time', async () => {
      await using runner = await open();
      const runs = await Promise.all(
        ['a', 'a', 'b'].map((job) => runner.run(programs.doubles(0), four, job)),
      );
      // Two measurements of one run are equal to the last digit; those of two runs are not the same object's.
      assert.ok(isDeepStrictEqual(runs[0]!.usage, runs[1]!.usage));
      assert.notEqual(runs[0], runs[2]);
    });

    it('lets a caller of a shared run leave alone, and goes on for the other', async () => {
      await using runner = await open();
      const stop = new AbortController();
      const leaves = runner.run(programs.doubles(0), four, 'a', stop.signal);
      const stays = runner.run(programs.doubles(0), four, 'a');
      stop.abort(new Error('mine'));
      await assert.rejects(leaves, /mine/);
      assert.equal((await stays).end.status, 'done');
    });

    it('rejects with the reason of an abort, waiting or running, and can be used afterwards', async () => {
      await using runner = await open();
      const stop = new AbortController();
      const lost = Array.from({ length: 3 }, (_, i) =>
        runner.run(programs.endless, four, `${i}`, stop.signal),
      );
      stop.abort(new Error('enough'));
      for (const each of lost) await assert.rejects(each, /enough/);
      await assert.rejects(runner.run(programs.doubles(0), four, 'x', stop.signal), /enough/);
      assert.equal((await runner.run(programs.doubles(0), four, 'x')).end.status, 'done');
    });

    it('refuses work once it is disposed of', async () => {
      const runner = await open();
      await runner[Symbol.asyncDispose]();
      const late: Promise<Ran> = runner.run(programs.doubles(0), four, 'a');
      await assert.rejects(late, { name: 'SandboxError' });
    });
  });
}
