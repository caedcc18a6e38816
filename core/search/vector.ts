/** The embedding of a program, and the trial it came from. */
export interface EmbeddedProgram {
  readonly trial: number;
  readonly vector: Float32Array;
}

/** A vector as text for the journal: base64 of its numbers in 32 bits, little-endian. */
export function encodeVector(numbers: ArrayLike<number>): string {
  const bytes = new Uint8Array(4 * numbers.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < numbers.length; i++) view.setFloat32(4 * i, numbers[i]!, true);
  return Buffer.from(bytes).toString('base64');
}

/** The vector that a text holds. */
export function decodeVector(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length >> 2 }, (_, i) => view.getFloat32(4 * i, true));
}
