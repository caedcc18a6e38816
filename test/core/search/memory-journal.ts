import type { Event } from '../../../core/search/event.ts';
import type { Journal } from '../../../core/search/journal.ts';

/** A journal in memory: events as text, as a file would keep them. `lines`: what it holds already. */
export function memoryJournal(lines: string[] = []): Journal & { readonly lines: readonly string[] } {
  return {
    lines,
    async *read() {
      for (const line of lines) yield JSON.parse(line) as Event;
    },
    async append(event) {
      lines.push(JSON.stringify(event));
    },
    async [Symbol.asyncDispose]() {},
  };
}
