import type { Answer } from '../model.ts';
import type { Client } from './client.ts';
import type { Spec } from './spec.ts';

/** Takes the key out of what came back, and puts a fault in the project's words and on one line. */
export function clean(answer: Answer, { key, url }: Pick<Client, 'key' | 'url'>, spec: Spec): Answer {
  const scrub = (text: string) =>
    key === undefined ? text : text.replaceAll(key, '[key]').replaceAll(encodeURIComponent(key), '[key]');
  if ('text' in answer) return { ...answer, text: scrub(answer.text) };
  const got = scrub(answer.fault).replace(/\s+/g, ' ').trim().slice(0, 400);
  return { ...answer, fault: `Expected an answer of ${spec.name} at ${new URL(url).host}, got ${got}` };
}
