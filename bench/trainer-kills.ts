/**
 * Searches with a model that is trained meanwhile, behind a Tinker-style server of its own process; both are killed
 * with -9 at random moments, and go on. Then holds the weights against the journal: is any answer learnt from twice,
 * or lost? `node bench/trainer-kills.ts [kills of the engine=40] [kills of the server=40] [evaluations=1500]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harass, immortal } from '../test/support/immortal-trainer.ts';
import { atoll, killed } from '../test/support/processes.ts';
import { accountOf, alone, toyIn } from '../test/support/training-account.ts';

if (import.meta.main) {
  const [engine = '40', server = '40', evaluations = '1500'] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'atoll-trainer-kills-'));
  try {
    const { problem, tokenizer } = toyIn(folder);
    const serverDir = join(folder, 'server');
    await using it = await immortal({ dir: serverDir, delay: 10 });
    const dir = join(folder, 'run');
    const policy = `tinker:toy@${it.url}#tokenizer=${tokenizer},chat=plain,tokens=40`;
    const args = [problem, '--plain', '--seed', '3', '--model', policy, '--trainer', 'tinker#rate=2'];
    const over = new AbortController();
    const harassed = harass(it, Number(server), 2500, over.signal);
    const done = await killed([...args, '--evaluations', evaluations, ...alone], dir, Number(engine), 2500);
    over.abort();
    console.log(`the engine was killed -9 ${done} times, the server ${await harassed} times`);
    const left = await atoll(['train', dir, '--every', '2']);
    if (left.code !== 0) throw new Error(left.stderr);
    const { worth, ...account } = await accountOf(dir, serverDir, policy);
    console.log(account);
    console.log(`mean score of what the model writes: ${worth.before} untrained, ${worth.after} at last`);
    if (account.twice > 0 || account.wrong.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
