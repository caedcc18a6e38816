import { Command, CommanderError } from 'commander';
import { commands } from './commands.ts';
import { failureOf } from './run/failure.ts';
import { claimOutput, output } from './text/output.ts';
import { version } from './version.ts';

// Started by an older Node (ui/atoll.mjs): if that is killed outright, this must not search on unseen.
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
}

claimOutput();

const atoll = new Command('atoll')
  .description('Evolutionary program search: state a problem, and breed better programs.')
  .version(version)
  .exitOverride()
  .configureOutput({
    writeOut: (text) => output.write(text),
    writeErr: (text) => process.stderr.write(oneLine(text)),
  });

for (const add of commands) add(atoll);

try {
  await atoll.parseAsync();
} catch (error) {
  process.exitCode = statusOf(error);
}
await output.flushed();
// A problem may have left a timer or a socket behind, and would never let go of the process.
process.exit();

/** What is wrong with an option or a command, and what may have been meant, in one line. */
function oneLine(text: string): string {
  return text
    .replace(/^error: /, 'atoll: ')
    .replace(/\n\((Did you mean .*)\)\n$/, ': $1\n')
    .replace(': Did', ': did');
}

function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const { line, status } = failureOf(error);
  process.stderr.write(`atoll: ${line}\n`);
  return status;
}
