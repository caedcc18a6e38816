/**
 * Searches with a scripted model behind a real HTTP server, killed with -9 at random moments and resumed each time;
 * then holds the server's own log against the journal. `node bench/model-kills.ts [kills=50] [calls=400] [problem=circle-packing-26]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killed } from '../test/support/processes.ts';
import { audit, openScriptedServer } from '../test/support/scripted-server.ts';

if (import.meta.main) {
  const [kills = '50', calls = '400', problem = 'circle-packing-26'] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'atoll-model-kills-'));
  try {
    await using server = await openScriptedServer(7, 60);
    const dir = join(folder, 'run');
    const model = `compatible:editor@${server.url}#price=1/4,tokens=2000`;
    const settings = ['--set', 'operators.builtin=off', '--set', 'concurrency=16', '--set', 'maxRetries=20'];
    const args = [problem, '--plain', '--seed', '3', '--model', model, '--calls', calls, ...settings];
    const done = await killed(args, dir, Number(kills), 1200);
    const { asked, served, answers, lost, unrecorded, twice, dollars } = await audit(dir, server);
    console.log(`${problem}: killed -9 ${done} times`);
    console.log(
      `calls recorded before they were made ${asked} (budget ${calls}), seen by the server ${served}`,
    );
    console.log(`answers recorded ${answers}, calls cut off by a kill ${lost}, $${dollars.toFixed(4)}`);
    console.log(`calls the journal does not know ${unrecorded}, recorded answers asked for again ${twice}`);
    if (unrecorded > 0 || twice > 0 || asked > Number(calls) || served > asked) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
