import type { Admission, Migration } from '../search/archive.ts';
import type { Arm } from '../search/arm.ts';
import { configure } from '../search/configure.ts';
import { JournalError } from '../search/errors.ts';
import type { Event } from '../search/event.ts';
import { withCurrentNames } from '../search/former-settings.ts';
import type { Settings } from '../search/settings.ts';

/*
 * Converts events of earlier versions, one by one: a resumed journal has events of several versions. Version 1 had no
 * models. Versions 1 and 2 named an arm `operator@model`, and an admission removed one program at most.
 */

/** An arm of any version. */
type RawArm = Arm | string;

/** An admission of any version. */
type RawAdmission =
  | Admission
  | { readonly admitted: boolean; readonly cell?: string; readonly evicts?: string };

/** The part of an event of any version that may have to be converted. */
type Raw =
  | {
      readonly type: 'opened';
      readonly version: number;
      readonly settings?: Readonly<Record<string, unknown>>;
      readonly arms: readonly RawArm[];
      readonly seeds: readonly { readonly admission: RawAdmission }[];
    }
  | { readonly type: 'begun'; readonly arm: RawArm; readonly mends?: number }
  | { readonly type: 'settled'; readonly verdict: string; readonly admission: RawAdmission }
  | { readonly type: 'replied'; readonly reply: object }
  | {
      readonly type: 'migrated';
      readonly moves: readonly (Omit<Migration['moves'][number], 'admission'> & {
        readonly admission: RawAdmission;
      })[];
    }
  | { readonly type: 'trained'; readonly arms?: readonly RawArm[]; readonly closes?: readonly RawArm[] }
  | { readonly type: 'other' };

/** Settings of an earlier version, with those that it lacked set so that the search continues unchanged. */
export function complete(old: Readonly<Record<string, unknown>>): Settings {
  return { ...configure({ banditCostUnit: 'evaluation', learning: 'off' }), ...withCurrentNames(old) };
}

/**
 * Converts an event of any version up to this one to this version.
 * @throws JournalError for an event of a later version.
 */
export function upcast(event: object): Event {
  return brought(event as Raw) as Event;
}

function brought(raw: Raw): object {
  switch (raw.type) {
    case 'opened': {
      if (![1, 2, 3].includes(raw.version)) {
        throw new JournalError(
          `Expected a journal of version 1, 2 or 3, got one of version ${raw.version}: use a newer Atoll`,
        );
      }
      const seeds = raw.seeds.map((seed) => ({ ...seed, admission: admissionOf(seed.admission) }));
      const settings = complete(raw.settings ?? {});
      return { models: [], ...raw, version: 3, arms: raw.arms.map(armOf), seeds, settings };
    }
    case 'begun':
      if (typeof raw.arm !== 'string') return raw;
      return { ...renamed(raw, { mends: 'retries' }), arm: armOf(raw.arm) };
    case 'settled': {
      const admission = admissionOf(raw.admission);
      const verdict = verdictOf(raw.verdict);
      const event = renamed(raw, { kept: 'retry', contends: 'finalist' });
      return event === raw && admission === raw.admission && verdict === raw.verdict
        ? raw
        : { ...event, verdict, admission };
    }
    case 'replied':
      return 'verdict' in raw.reply && raw.reply.verdict === 'twin'
        ? { ...raw, reply: { ...raw.reply, verdict: 'duplicate' } }
        : raw;
    case 'migrated':
      return {
        ...raw,
        moves: raw.moves.map((move) => ({ ...move, admission: admissionOf(move.admission) })),
      };
    case 'trained':
      return {
        ...raw,
        ...(raw.arms ? { arms: raw.arms.map(armOf) } : {}),
        ...(raw.closes ? { closes: raw.closes.map(armOf) } : {}),
      };
    default:
      return raw;
  }
}

/** An event with fields by the names they have today. */
function renamed<T extends object>(event: T, names: Readonly<Record<string, string>>): T {
  if (!Object.keys(names).some((name) => name in event)) return event;
  return Object.fromEntries(Object.entries(event).map(([name, value]) => [names[name] ?? name, value])) as T;
}

/** Versions 1 and 2 called a duplicate a twin. */
function verdictOf(verdict: string): string {
  return verdict === 'twin' ? 'duplicate' : verdict;
}

/** A model's own SPEC may contain more `@`; an operator's name contains none. */
function armOf(arm: RawArm): Arm {
  if (typeof arm !== 'string') return arm;
  const at = arm.indexOf('@');
  return at < 0 ? { operator: arm } : { operator: arm.slice(0, at), model: arm.slice(at + 1) };
}

function admissionOf(admission: RawAdmission): Admission {
  if ('removes' in admission || !admission.admitted) return admission as Admission;
  const { evicts, ...rest } = admission as { readonly cell?: string; readonly evicts?: string };
  return { admitted: true, ...rest, removes: evicts === undefined ? [] : [evicts] };
}
