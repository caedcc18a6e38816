/** Milliseconds of processor time that this process spends on `work`: what else the machine does hardly counts. */
export function cpuMsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
