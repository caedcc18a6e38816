import { expected } from './errors.ts';
import { checkFields } from './fields.ts';

/** Which way an objective is better. */
type Direction = 'maximize' | 'minimize';

/** Objectives by the measure that holds their value, in the order in which they are shown. */
export type Objectives = Readonly<Record<string, Direction>>;

/** What a hard constraint allows, the bound itself included. */
export type Bound = { readonly atMost: number } | { readonly atLeast: number };

/** What a search is after, by names of measures that the judge states in each case. */
export interface Goals {
  /**
   * Objectives by the measure that holds their value, such as `{ error: 'minimize', nodes: 'minimize' }`. The judge
   * states each in every case; a program's value is the mean over the cases. The score, which the judge states too,
   * joins them into the one number that the curve, the bandit and the target go by.
   */
  readonly objectives?: Objectives;
  /**
   * Hard constraints by the measure they bind, such as `{ overlap: { atMost: 0 } }`. They hold in every case; a
   * program that breaks one is `invalid`.
   */
  readonly constraints?: Readonly<Record<string, Bound>>;
}

/** The goals of a problem alone, as plain JSON data. */
export function goalsAlone({ objectives, constraints }: Goals): Goals {
  return { ...(objectives ? { objectives } : {}), ...(constraints ? { constraints } : {}) };
}

/** Figures of one case, or means over all cases, by name. */
export type Measures = Readonly<Record<string, number>>;

/** Why the measures of a case break the goals: one is missing, or a constraint is broken; undefined where they keep them. */
export function brokenGoal(
  { objectives = {}, constraints = {} }: Goals,
  measures: Measures,
): string | undefined {
  for (const name of [...Object.keys(objectives), ...Object.keys(constraints)]) {
    if (measures[name] !== undefined) continue;
    const what = name in objectives ? 'an objective' : 'a constraint';
    return `expected the judge to state the measure \`${name}\`, which is ${what}, got ${namesOf(measures)}`;
  }
  for (const [name, bound] of Object.entries(constraints)) {
    const value = measures[name]!;
    const kept = 'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast;
    if (!kept) return `the constraint \`${name}\` is broken: expected ${boundSaid(bound)}, got ${value}`;
  }
  return undefined;
}

/** The values of the objectives among a program's measures, in the order in which the problem states them. */
export function objectivesAmong({ objectives = {} }: Goals, measures: Measures): Record<string, number> {
  return Object.fromEntries(Object.keys(objectives).map((name) => [name, measures[name]!]));
}

/** A bound in words: `at most 0`. */
export function boundSaid(bound: Bound): string {
  return 'atMost' in bound ? `at most ${bound.atMost}` : `at least ${bound.atLeast}`;
}

/** Checks goals as a user wrote them; `at` says where. @throws ConfigError naming the first that is not as it must be. */
export function checkGoals({ objectives, constraints }: Goals, at: string): void {
  for (const [name, direction] of entriesOf('objectives', objectives, at)) {
    checkName('objectives', name, at);
    if (direction === 'maximize' || direction === 'minimize') continue;
    throw expected(`\`objectives.${name}\` to be \`maximize\` or \`minimize\``, direction, at);
  }
  for (const [name, bound] of entriesOf('constraints', constraints, at)) {
    checkName('constraints', name, at);
    const what = `\`constraints.${name}\` to be a bound such as { atMost: 0 } or { atLeast: 1 }`;
    if (bound === null || typeof bound !== 'object') throw expected(what, bound, at);
    checkFields(bound, ['atMost', 'atLeast'], 'a bound', `${at}, constraint ${name}`);
    const limits = Object.values(bound);
    if (limits.length !== 1 || !Number.isFinite(limits[0])) throw expected(what, bound, at);
  }
}

function entriesOf(field: string, given: unknown, at: string): [string, unknown][] {
  if (given === undefined) return [];
  const entries = given && typeof given === 'object' && !Array.isArray(given) ? Object.entries(given) : [];
  if (entries.length > 0) return entries;
  throw expected(`\`${field}\` to name at least one measure, or to be left out`, given, at);
}

/** A measure called `score` could not be told from the score. */
function checkName(field: string, name: string, at: string): void {
  if (!/^[A-Za-z_][\w -]*$/.test(name) || name === 'score') {
    throw expected(`each name in \`${field}\` to be that of a measure, other than \`score\``, name, at);
  }
}

function namesOf(measures: Measures): string {
  const names = Object.keys(measures);
  return names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
}
