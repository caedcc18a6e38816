import { armName } from '../../core/search/arm.ts';
import type { Event, Migrated, Opened, Rescored } from '../../core/search/event.ts';
import { reasons } from '../text/words.ts';
import type { Facts, LogEntry } from './facts.ts';

/** Lines that are remembered, and the most characters of one. */
const [kept, longest] = [100, 300] as const;

/** Remembers what an event says that is worth telling, once the facts hold it. */
export function logEntryOf(facts: Facts, event: Exclude<Event, Opened>): void {
  const told = happening(facts, event);
  if (!told) return;
  const { evaluations, milliseconds } = facts.counts;
  const trial = 'trial' in event ? event.trial : null;
  const text = oneLine(told.text);
  facts.recent.push({ score: null, ...told, text, trial, evaluations, milliseconds });
  if (facts.recent.length > kept) facts.recent.shift();
}

function happening(
  { best }: Facts,
  event: Exclude<Event, Opened>,
): (Pick<LogEntry, 'kind' | 'text'> & { readonly score?: number }) | undefined {
  switch (event.type) {
    case 'settled':
      if (event.verdict !== 'best') return undefined;
      return {
        kind: 'best',
        text: `${armName(best.arm)} of ${best.parents.join(' and ')}`,
        score: best.score,
      };
    case 'answered':
    case 'completed':
      return 'fault' in event.answer ? { kind: 'fault', text: event.answer.fault } : undefined;
    case 'migrated':
      return { kind: 'migrated', text: migration(event) };
    case 'amended':
      return { kind: 'amended', text: amendment(event.settings) };
    case 'rescored':
      return { kind: 'amended', text: rescoring(event) };
    case 'noted':
      return { kind: 'noted', text: event.text };
    case 'trained': {
      const { policy, version, rollouts, promoted } = event;
      const word = promoted ? 'used from now on' : 'not used, as it does worse';
      return { kind: 'trained', text: `${policy} ${version}, from ${rollouts} rollouts: ${word}` };
    }
    case 'closed':
      return { kind: 'closed', text: reasons[event.because] };
    default:
      return undefined;
  }
}

function migration({ cleared, moves }: Migrated): string {
  const came = moves.filter(({ admission }) => admission.admitted).length;
  const emptied = cleared.length > 0 ? `, ${cleared.length} islands restarted` : '';
  return `${came} of ${moves.length} migrating programs admitted${emptied}`;
}

function rescoring({ outcomes }: Rescored): string {
  const failed = outcomes.filter(({ outcome }) => outcome.status !== 'scored').length;
  return `the problem was changed: ${outcomes.length} programs scored again, of which ${failed} fail`;
}

function amendment(budgets: object): string {
  const words = Object.entries(budgets).map(([name, value]) => `${name} ${value ?? 'without limit'}`);
  return words.join(', ');
}

/** A text without line feeds and what else a terminal would obey. */
function oneLine(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return clean.length <= longest ? clean : `${clean.slice(0, longest - 1)}…`;
}
