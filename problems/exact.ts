/** Bits after the binary point that hold every double exactly: the smallest one is 2^-1074. */
const places = 1074n;
const bytes = new DataView(new ArrayBuffer(8));

/** A finite double times 2^1074: a whole number, exactly. */
export function exact(value: number): bigint {
  bytes.setFloat64(0, value);
  const bits = bytes.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n);
  return bits >> 63n ? -magnitude : magnitude;
}

/** The sum of doubles, summed exactly and then rounded once: no order of the terms is worth more than another. */
export function exactSum(values: readonly number[]): number {
  let sum = 0n;
  for (const value of values) sum += exact(value);
  // 2^1074 itself is not a double; of the bits below 2^-100 only their presence could matter, in a tie.
  return Number(sum >> (places - 100n)) / 2 ** 100;
}

/** The double nearest to a quotient of whole numbers, neither negative; 0 where it is below 2^-200. */
export function quotient(over: bigint, under: bigint): number {
  const scaled = over << 200n;
  const whole = scaled / under;
  // The last of these bits is far below the last place, and stands for all that the division left: it decides ties.
  const rest = whole > 0n && whole * under !== scaled ? 1n : 0n;
  return Number(whole | rest) / 2 ** 200;
}
