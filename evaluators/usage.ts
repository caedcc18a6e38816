import { readFileSync } from 'node:fs';

/** What a process has used so far: processor time in milliseconds, resident memory in MiB. */
export interface ProcessUsage {
  readonly cpuMs: number;
  readonly memoryMb: number;
  /** Whether it is stopped by a signal. */
  readonly stopped: boolean;
}

/** Reads a process's use from /proc; nothing where there is none, or the process is gone. */
export function usageOf(pid: number): ProcessUsage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is a name in brackets that may hold anything: count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    // Linux reports 100 ticks a second to user space on every machine.
    return {
      cpuMs: ticks * 10,
      memoryMb: Number(resident?.[1] ?? 0) / 1024,
      stopped: fields[0] === 'T' || fields[0] === 't',
    };
  } catch {
    return undefined;
  }
}
