/** Defaults of an export (docs/export.md). */
export const exporting = {
  /** Maximum number of examples. */
  limit: 10_000,
  /** Share of the examples that is held out. */
  heldOut: 0.1,
  /** Maximum number of children of the same parents or pairs of one prompt, and of programs that differ only in numbers. */
  caps: { siblings: 8, shape: 4 },
  /** Limits of all calls of one program together, for `predict`. */
  limits: { wallMs: 5000, cpuMs: 5000, memoryMb: 128, outputBytes: 100_000 },
} as const;
