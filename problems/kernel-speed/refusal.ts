import type { Node } from '../../core/languages/javascript/parse.ts';

/** A program that is not in the language of this problem: its message is the reason, `at` where. */
export class Refusal extends Error {
  readonly at: number;

  constructor(what: string, node: Node) {
    super(what);
    this.at = node.start;
  }
}

/** line:column of an offset, both from 1. */
export function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
}
