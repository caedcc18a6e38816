import type { Answer } from '../search/model.ts';
import type { Client } from './client.ts';
import type { Spec } from './spec.ts';

/** An answer whose fault is worded as "Expected X, got Y" on one line; the server's own message is kept in full. */
export function worded(answer: Answer, { url }: Pick<Client, 'url'>, spec: Spec): Answer {
  if ('text' in answer) return answer;
  const got = answer.fault.replace(/\s+/g, ' ').trim();
  return { ...answer, fault: `Expected an answer of ${spec.name} at ${new URL(url).host}, got ${got}` };
}
