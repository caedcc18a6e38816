import { ConfigError, expected } from './errors.ts';
import { checkFields } from './fields.ts';
import { notJson } from './json.ts';
import type { Language } from './language.ts';
import { checkGoals, type Goals } from './objectives.ts';
import type { Verdict } from './outcome.ts';
import type { Source } from './program.ts';

/** A harness as a function: sent into the sandbox as text, so it may use its arguments and the language's own objects only. */
export type HarnessFunction<I = any, O = any> = (
  entry: (...args: any[]) => any,
  input: I,
  freshLoad?: () => (...args: any[]) => any,
) => O;

/** A harness in the language of the programs: a function for JavaScript and TypeScript, a text for any other. */
export type Harness<I = any, O = any> = HarnessFunction<I, O> | string;

/**
 * What a case is for: `shown` cases are scored and may be shown to whoever writes programs, `scored` ones are
 * scored only. `validation` ones guide no search: of the programs that were best in their time, the one that does best on
 * these is handed out. `held-out` ones are never touched before that, and give the figures that are quoted.
 */
export const uses = ['shown', 'scored', 'validation', 'held-out'] as const;

export type Use = (typeof uses)[number];

/** One input. Plain JSON data. */
export interface Case<I = unknown> {
  readonly id: string;
  readonly input: I;
  readonly use: Use;
}

/** What one evaluation (all its cases together) may use. */
export interface Limits {
  /** Wall clock, in milliseconds. */
  readonly wallMs: number;
  /** Processor time, in milliseconds. */
  readonly cpuMs: number;
  /** Memory of the sandbox, in mebibytes. */
  readonly memoryMb: number;
  /** JSON text of one case's output, in bytes. */
  readonly outputBytes: number;
}

/** A figure of somebody else's to stand beside ours. */
export interface Reference {
  readonly name: string;
  /** On the problem's own scale: higher is better. */
  readonly score: number;
  /** What it was earned on: our own held-out cases, or (if left out) whatever it was published for. */
  readonly on?: 'held-out' | 'published';
  readonly source: string;
}

/** What is searched for: a brief, seeds, cases and a judge. */
export interface Problem<I = any, O = any> extends Goals {
  /** Lower case, digits and hyphens. */
  readonly name: string;
  /** What a model, or a person, is told. */
  readonly brief: string;
  /** Name of the language that programs are written in, such as `javascript`. */
  readonly language: string;
  /** Programs to start from, at least one. `EVOLVE-BLOCK-START` and `EVOLVE-BLOCK-END` comments say what may change. */
  readonly seeds: readonly Source[];
  /** The exported function that each case calls. */
  readonly entry: string;
  readonly cases: readonly Case<I>[];
  /**
   * Trusted, outside the sandbox. `output` is plain JSON data (what is not finite arrives as null) and is to be
   * believed in nothing: the score is recomputed from it.
   */
  judge(input: I, output: O): Verdict;
  /**
   * Runs one case inside the sandbox; `entry(input)` when left out. A harness that takes `freshLoad` is given it in one
   * case of eight, which depends on the program's text: the entry of a second load of the program, which shares no
   * state with the first.
   */
  readonly harness?: Harness<I, O>;
  /**
   * How far an output that was found valid is from what is wanted, number by number, where the score falls as the sum
   * of their squares grows: numbers in a program are then fitted by least squares. Always as many for a case. Trusted.
   */
  residuals?(input: I, output: O): readonly number[];
  /**
   * The program to run for one that was proposed, or why there is none: counters put in, a stricter language. Trusted,
   * outside the sandbox. A program is known by what was proposed: archives, models and novelty never see this one.
   */
  prepare?(source: Source): Source | { readonly refused: string };
  readonly limits: Limits;
  /** Axes for a grid archive, each in [0, 1], from a case-averaged outcome and the program's size in characters. */
  describe?(measures: Readonly<Record<string, number>>, size: number): readonly number[];
  /** The search ends once this score is reached. */
  readonly target?: number;
  readonly references?: readonly Reference[];
  /** A score in the field's words, such as `3.106 % excess`. */
  show?(score: number): string;
  /**
   * One self-contained SVG text of what a program made of a case. Trusted, outside the sandbox, and only called with
   * outputs that the judge did not find invalid.
   */
  picture?(input: I, output: O): string;
  /** URL of the module whose default export this is, or one of its `variants`, so that judging can move off the engine's thread. */
  readonly module?: string;
}

/** The limits of a problem that states none: 2 s of wall clock, 1 s of processor time, 64 MiB, 1 MB. */
export const defaultLimits: Limits = { wallMs: 2000, cpuMs: 1000, memoryMb: 64, outputBytes: 1_000_000 };

/** A problem as a person writes it: limits may be left out or given in part. */
export type ProblemDraft<I = any, O = any> = Omit<Problem<I, O>, 'limits'> & {
  readonly limits?: Partial<Limits>;
};

/**
 * Checks a problem and fills in its limits; `languageNamed` knows the languages (core/languages/registry.ts).
 * @throws ConfigError naming the first field that is not as it must be.
 */
export function checkedProblem<I = any, O = any>(
  draft: ProblemDraft<I, O>,
  languageNamed: (name: string, where: string) => Language,
): Problem<I, O> {
  const at = `problem ${typeof draft?.name === 'string' ? draft.name : '?'}`;
  if (typeof draft?.name !== 'string' || !/^[a-z0-9][a-z0-9-]*$/.test(draft.name)) {
    throw expected('`name` to be lower case letters, digits and hyphens', draft?.name, 'problem');
  }
  if (typeof draft.brief !== 'string' || !draft.brief.trim())
    throw expected('`brief` to be a text', draft.brief, at);
  const language = languageNamed(draft.language, at);
  if (typeof draft.entry !== 'string' || !/^[A-Za-z_$][\w$]*$/.test(draft.entry)) {
    throw expected('`entry` to name an exported function', draft.entry, at);
  }
  if (typeof draft.judge !== 'function') throw expected('`judge` to be a function', typeof draft.judge, at);
  const unfit = draft.harness === undefined ? undefined : language.harnessError(draft.harness);
  if (unfit) throw expected(`\`harness\` to be one in ${language.title}`, unfit, at);
  if (draft.residuals !== undefined && typeof draft.residuals !== 'function') {
    throw expected('`residuals` to be a function', typeof draft.residuals, at);
  }
  if (draft.prepare !== undefined && typeof draft.prepare !== 'function') {
    throw expected('`prepare` to be a function', typeof draft.prepare, at);
  }
  if (draft.picture !== undefined && typeof draft.picture !== 'function') {
    throw expected('`picture` to be a function', typeof draft.picture, at);
  }
  checkKnown(draft, at);
  checkSeeds(draft.seeds, at);
  checkCases(draft.cases, at);
  return { ...draft, limits: checkLimits(draft.limits ?? {}, at) };
}

/** Every field of a problem: what is not among them would be ignored. */
const fields: Readonly<Record<keyof Problem, true>> = {
  name: true,
  brief: true,
  language: true,
  seeds: true,
  entry: true,
  cases: true,
  judge: true,
  harness: true,
  residuals: true,
  prepare: true,
  limits: true,
  describe: true,
  objectives: true,
  constraints: true,
  target: true,
  references: true,
  show: true,
  picture: true,
  module: true,
};

/** Words of other engines, and what says the same here. */
const higher = 'a higher score is always better: let `judge` negate a cost, or state `objectives`';
const elsewhere = {
  maximize: higher,
  maximise: higher,
  minimize: higher,
  minimise: higher,
  direction: higher,
  goal: higher,
  drive: 'did you mean `harness`?',
  evaluate: 'did you mean `judge`?',
  fitness: 'did you mean `judge`?',
  timeout: 'did you mean `limits.wallMs`?',
};

/** Refuses what would be ignored, and checks the goals and figures. */
function checkKnown(draft: ProblemDraft, at: string): void {
  checkFields(draft, Object.keys(fields), 'a problem', at, elsewhere);
  checkGoals(draft, at);
  if (draft.target !== undefined && !Number.isFinite(draft.target)) {
    throw expected('`target` to be a finite number', draft.target, at);
  }
  for (const reference of draft.references ?? []) {
    checkFields(reference, ['name', 'score', 'on', 'source'], 'a reference', at);
    if (Number.isFinite(reference.score)) continue;
    throw expected('the `score` of each reference to be a finite number', reference.score, at);
  }
}

function checkSeeds(seeds: unknown, at: string): void {
  if (!Array.isArray(seeds) || seeds.length === 0)
    throw expected('`seeds` to hold at least one program', seeds, at);
  for (const seed of seeds) {
    const files = seed && typeof seed === 'object' ? Object.entries(seed) : [];
    if (files.length === 0 || files.some(([, text]) => typeof text !== 'string')) {
      throw expected('each seed to be files by path, such as { "program.js": "..." }', seed, at);
    }
    for (const [path] of files) {
      if (path.startsWith('/') || path.split('/').includes('..') || path.includes('\\')) {
        throw expected('a seed file to have a relative path with forward slashes', path, at);
      }
    }
  }
}

function checkCases(cases: unknown, at: string): void {
  if (!Array.isArray(cases) || cases.length === 0)
    throw expected('`cases` to hold at least one case', cases, at);
  const ids = new Set<string>();
  for (const each of cases as Case[]) {
    if (typeof each?.id !== 'string' || !each.id || ids.has(each.id)) {
      throw expected('each case to have an `id` of its own', each?.id, at);
    }
    ids.add(each.id);
    checkFields(each, ['id', 'input', 'use'], 'a case', `${at}, case ${each.id}`, {
      expected: 'what `judge` compares with is part of `input`',
      output: 'what `judge` compares with is part of `input`',
    });
    if (!uses.includes(each.use)) {
      const known = '`use` to be `shown`, `scored`, `validation` or `held-out`';
      throw expected(known, each.use, `${at}, case ${each.id}`);
    }
    const odd = notJson(each.input);
    if (odd) throw new ConfigError(`Expected inputs to be JSON, got ${odd} (${at}, case ${each.id})`);
  }
  if (!(cases as Case[]).some(({ use }) => searchedOn(use))) {
    throw expected('at least one case that is shown or scored', 'none', at);
  }
}

function checkLimits(given: Partial<Limits>, at: string): Limits {
  const limits = { ...defaultLimits, ...given };
  checkFields(given, Object.keys(defaultLimits), '`limits`', at);
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isFinite(value) || value <= 0)
      throw expected(`\`limits.${name}\` to be a number above 0`, value, at);
  }
  return limits;
}

/** Whether a search goes by cases of this use. */
export function searchedOn(use: Use): boolean {
  return use === 'shown' || use === 'scored';
}

/** The cases that an evaluation of this kind runs: `scored` takes the shown ones too. */
export function casesFor(problem: Pick<Problem, 'cases'>, use: Use): readonly Case[] {
  return problem.cases.filter((each) => each.use === use || (use === 'scored' && each.use === 'shown'));
}

/** What an operator may know of a problem. An export of data knows only the name, brief, language and entry. */
export interface Briefing
  extends Pick<
      Problem,
      'name' | 'brief' | 'language' | 'entry' | 'objectives' | 'constraints' | 'references' | 'target'
    >,
    Partial<Pick<Problem, 'limits'>> {
  /** The cases that a program's author may see. */
  readonly shown?: readonly Case[];
}

/** What an operator may know of a problem: no judge, and no case but those that are shown. */
export function briefingOf(problem: Problem): Briefing {
  const { name, brief, language, entry, limits, objectives, constraints, references, target, cases } =
    problem;
  return {
    name,
    brief,
    language,
    entry,
    limits,
    ...(objectives ? { objectives } : {}),
    ...(constraints ? { constraints } : {}),
    ...(references ? { references } : {}),
    ...(target === undefined ? {} : { target }),
    shown: cases.filter(({ use }) => use === 'shown'),
  };
}
