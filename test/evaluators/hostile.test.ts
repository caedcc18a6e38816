import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openPool } from '../../evaluators/javascript/pool.ts';
import { doubling, good, outcomeIn } from './doubling.ts';

const folder = new URL('../fixtures/hostile/', import.meta.url);
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.js'));

/** What a program may come to where the clock and the allocator race. */
const either: Record<string, RegExp> = {
  'memory-fill.js': /memory|timeout/,
  'memory-replace.js': /memory|timeout/,
  'memory-strings.js': /memory|crashed/,
  'memory-microtasks.js': /memory|timeout/,
  'timeout-bigint.js': /timeout|memory|crashed/,
};

for (const isolation of ['context', 'isolate'] as const) {
  test(`no hostile program (${isolation}) gets more than its outcome, nor spoils a good one beside it`, async () => {
    await using pool = await openPool(doubling(), { workers: 1, isolation });
    // Time enough to run out of memory first, also on a machine that does something else too.
    const limits = { wallMs: 6000, cpuMs: 3000, memoryMb: 32, outputBytes: 100_000 };
    await using patient = await openPool(doubling({ limits }), { workers: 1, isolation });
    const chosen = isolation === 'context' ? fixtures : fixtures.filter((_, at) => at % 3 === 0);
    assert.ok(chosen.length > 10);
    const wrong: string[] = [];
    await Promise.all(
      chosen.map(async (name, at) => {
        const text = readFileSync(new URL(name, folder), 'utf8');
        const chosen = name.startsWith('memory') ? patient : pool;
        const [bad, fine] = await Promise.all([
          outcomeIn(chosen, { [name]: text }),
          outcomeIn(chosen, good(at)),
        ]);
        const want = either[name] ?? new RegExp(`^${name.split('-')[0]}$`);
        if (!want.test(bad.status)) wrong.push(`${name}: ${bad.status}`);
        if (fine.status !== 'scored') wrong.push(`good beside ${name}: ${fine.status}`);
      }),
    );
    assert.deepEqual(wrong, []);
    const after = await Promise.all([1, 2, 3, 4].map((at) => outcomeIn(pool, good(-at), 'scored')));
    assert.ok(after.every((outcome) => outcome.status === 'scored'));
  });
}

test('a program that ends V8’s heap for good is out of memory before its time is up, and the next one runs', async () => {
  const limits = { wallMs: 60_000, cpuMs: 60_000, memoryMb: 64 };
  await using pool = await openPool(doubling({ limits }), { workers: 1, isolation: 'context' });
  const fatal = 'export function f() { const all = new Map(); for (let i = 0; ; i++) all.set(i, i); }\n';
  assert.equal((await outcomeIn(pool, { 'fatal.js': fatal }, 'scored')).status, 'memory');
  assert.equal((await outcomeIn(pool, good(1), 'scored')).status, 'scored');
});
