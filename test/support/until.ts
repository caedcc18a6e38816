import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Resolves once `holds` is true, asking every 5 ms; only the time limit of the test ends a wait for what never comes. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await setTimeout(5);
}

/** Whether a process lives: one that has ended and was not waited for does not. By `/proc`, so on Linux alone. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
