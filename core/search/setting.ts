/** What one setting may be: in words for help and errors, and as a test. `T` is the type of what it accepts. */
export interface Range<T> {
  readonly may: string;
  accepts(value: unknown): boolean;
  /** Never set: carries the type. */
  readonly type?: T;
}

/** One row of the table of settings. */
export interface Setting<T> extends Range<T> {
  readonly initial: T;
  /** The default of a search that asks a model, where it differs. */
  readonly asking?: T;
  readonly what: string;
}

/** A row: its default, what it may be, and what it does. */
export function setting<T>(
  initial: NoInfer<T>,
  range: Range<T>,
  what: string,
  asking?: NoInfer<T>,
): Setting<T> {
  return { initial, ...(asking === undefined ? {} : { asking }), ...range, what };
}

function numbers(may: string, holds: (value: number) => boolean): Range<number> {
  return { may, accepts: (value) => Number.isFinite(value) && holds(value as number) };
}

/** A whole number from `least` to `most`, both included. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Range<number> {
  const may =
    most === Number.MAX_SAFE_INTEGER
      ? `a whole number of at least ${least}`
      : `a whole number from ${least} to ${most}`;
  return numbers(may, (value) => Number.isSafeInteger(value) && value >= least && value <= most);
}

/** A number above `limit`. */
export function above(limit: number): Range<number> {
  return numbers(`a number above ${limit}`, (value) => value > limit);
}

/** A number of at least `limit`. */
export function atLeast(limit: number): Range<number> {
  return numbers(`a number of at least ${limit}`, (value) => value >= limit);
}

/** A number between two bounds, each included or not; `may` says which. */
export function between(may: string, holds: (value: number) => boolean): Range<number> {
  return numbers(may, holds);
}

/** A part of a whole. */
export const share: Range<number> = numbers('a number from 0 to 1', (value) => value >= 0 && value <= 1);

/** Any finite number. */
export const number: Range<number> = numbers('a number', () => true);

/** One of some words. */
export function oneOf<const T extends string>(...words: readonly T[]): Range<T> {
  return { may: `one of ${words.join(', ')}`, accepts: (value) => words.includes(value as T) };
}

/** A name from a table elsewhere; it is checked where the table is. */
export function nameOf(what: string): Range<string> {
  return { may: `the name of ${what}`, accepts: (value) => typeof value === 'string' && isName(value) };
}

/** Names from a table elsewhere, separated by commas; they are checked where the table is. */
export function namesOf(what: string): Range<string> {
  return {
    may: `names of ${what}, separated by commas`,
    accepts: (value) => typeof value === 'string' && value.split(',').every(isName),
  };
}

/** `null` and `off` unset a setting; `none` may be a name in a table. */
function isName(text: string): boolean {
  return /^(?!(?:null|off)$)[a-z][a-z0-9-]*$/.test(text);
}

/** The SPEC of a model. */
export const spec: Range<string> = {
  may: 'a model such as openai:NAME (docs/models.md)',
  accepts: (value) => typeof value === 'string' && value.includes(':'),
};

/** A range, or null for no limit. */
export function orUnlimited<T>({ may, accepts }: Range<T>): Range<T | null> {
  return {
    may: `${may}, or none for no limit`,
    accepts: (value) => value === null || accepts(value),
  };
}

/** A range, or null where the part of the search is left out. */
export function orNull<T>({ may, accepts }: Range<T>): Range<T | null> {
  return { may: `${may}, or none`, accepts: (value) => value === null || accepts(value) };
}

/** A range, or the word `none`. */
export function orNone({ may, accepts }: Range<string>): Range<string> {
  return { may: `none, or ${may}`, accepts: (value) => value === 'none' || accepts(value) };
}
