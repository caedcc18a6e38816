/** What an export keeps where nothing else is said (docs/export.md). */
export const exporting = {
  /** Examples of a data set. */
  limit: 10_000,
  /** Share of them that is held out. */
  heldOut: 0.1,
  /** Children of the same parents, or pairs of one prompt, and programs that differ in numbers alone. */
  caps: { siblings: 8, shape: 4 },
  /** What all calls of one program that is asked about may use together. */
  limits: { wallMs: 5000, cpuMs: 5000, memoryMb: 128, outputBytes: 100_000 },
} as const;
