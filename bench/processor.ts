/** Processor time of the processes that this one started. */
import { readdirSync, readFileSync } from 'node:fs';
import { usageOf } from '../evaluators/usage.ts';

/** Processor milliseconds of the children so far, those that ended among them. Throws where there is no /proc. */
export function childrenCpuMs(): number {
  const lists = readdirSync('/proc/self/task').map((id) =>
    readFileSync(`/proc/self/task/${id}/children`, 'utf8'),
  );
  const pids = lists.join(' ').match(/\d+/g) ?? [];
  const alive = pids.reduce((sum, pid) => sum + (usageOf(Number(pid))?.cpuMs ?? 0), 0);
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Linux tells user space of 100 ticks a second on every machine.
  return alive + 10 * (Number(fields[13]) + Number(fields[14]));
}

/** Processor seconds of this process and its children so far; null where the system does not tell. */
export function processorSeconds(): number | null {
  const { user, system } = process.cpuUsage();
  try {
    return (user + system) / 1e6 + childrenCpuMs() / 1000;
  } catch {
    return null;
  }
}
