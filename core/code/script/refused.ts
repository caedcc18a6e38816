/** A program that cannot be a script: its message is the reason. */
export class Refused extends Error {
  /** Whether the message says which file it is about. */
  readonly placed: boolean;

  constructor(message: string, placed = false) {
    super(message);
    this.placed = placed;
  }
}
