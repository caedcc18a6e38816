/**
 * DAPO's soft length penalty (Yu 2025), to be added to a reward: 0 up to `most` - `cushion` tokens, from there linear to -1
 * at `most`, and -1 beyond.
 */
export function overlong(length: number, most: number, cushion: number): number {
  return Math.max(-1, Math.min(0, (most - cushion - length) / cushion));
}
