/** Published rules, restated in our signatures. */

/** First fit: any bin is as good as any other, and ties go to the bin opened first. */
export function firstFit(): number {
  return 0;
}

/** What FunSearch found for OR3 (Romera-Paredes 2023, bin_packing.ipynb): a table of the room left over. */
export function funSearchOr3(item: number, remaining: number): number {
  const steps = [
    [2, 4],
    [3, 3],
    [5, 2],
    [7, 1],
    [9, 0.9],
    [12, 0.95],
    [15, 0.97],
    [21, 0.98],
  ] as const;
  return steps.find(([room]) => remaining - item <= room)?.[1] ?? 0.99;
}

/** What AEL found (Liu 2023, as evaluated by Ye 2024), but for its threshold of 0.7, which scores never pass. */
export function ael(dCur: number, dStart: number, mean: number, sd: number): number {
  return 0.4 * dCur - 0.3 * mean + 0.2 * sd - 0.1 * dStart;
}

/** What ReEvo found (Ye 2024). */
export function reevo(dCur: number, dStart: number, mean: number, sd: number): number {
  return 0.4 * dCur - 0.25 * mean + 0.25 * sd - 0.1 * dStart;
}

/** What FunSearch found for the cap set of 512 vectors in 8 dimensions (Romera-Paredes 2023, cap_set.ipynb). */
export function funSearchCapSet(v: readonly number[], n: number): number {
  const mirrored = [1, 2, 3].map((k) => v[k] === v[n - k]);
  const zeros = v.filter((digit) => digit === 0).length;
  let score = zeros === 0 ? n + n ** 2 : n;
  if (zeros === 0) for (const same of mirrored) score *= same ? 1.5 : 1;
  else for (const same of mirrored.slice(0, 2)) score *= same ? 0.5 : 1;
  let met = 0;
  for (const digit of v) {
    if (digit !== 0) score += 1;
    else {
      if (met === 0) score *= n * 0.5;
      else if (met === zeros - 1) score *= 0.5;
      else score *= n * 0.5 ** met;
      met++;
    }
  }
  for (const same of mirrored.slice(0, 2)) score *= same ? 1.5 : 1;
  return score;
}

/** A 5 by 5 grid of circles and one in a gap of it. */
export function gridOfCircles(): number[][] {
  const circles = Array.from({ length: 25 }, (_, i) => [
    0.1 + 0.2 * (i % 5),
    0.1 + 0.2 * Math.floor(i / 5),
    0.1 * (1 - 1e-12),
  ]);
  return [...circles, [0.2, 0.2, (Math.SQRT2 - 1) * 0.1 * (1 - 1e-12)]];
}
