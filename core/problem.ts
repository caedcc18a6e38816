import { expected } from './errors.ts';
import type { Verdict } from './outcome.ts';
import type { Source } from './program.ts';

/** Languages a candidate may be written in. */
export type Language = 'javascript' | 'typescript';

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
export interface Problem<I = any, O = any> {
  /** Lower case, digits and hyphens. */
  readonly name: string;
  /** What a model, or a person, is told. */
  readonly brief: string;
  readonly language: Language;
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
   * Runs one case inside the sandbox; `entry(input)` when left out. Sent there as text, so it may use its
   * arguments and the language's own objects and nothing else. A drive that takes `anew` is given it in one case of
   * eight, which one depends on the program's text: the entry of another load of the program, which remembers nothing
   * of what the first was asked.
   */
  drive?(entry: (...args: any[]) => any, input: I, anew?: () => (...args: any[]) => any): O;
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
  /** URL of the module whose default export this is, so that judging can move off the engine's thread. */
  readonly module?: string;
}

/** The limits of a problem that states none: 2 s of wall clock, 1 s of processor time, 64 MiB, 1 MB. */
export const defaultLimits: Limits = { wallMs: 2000, cpuMs: 1000, memoryMb: 64, outputBytes: 1_000_000 };

/** A problem as a person writes it: limits may be left out or given in part. */
export type ProblemDraft<I = any, O = any> = Omit<Problem<I, O>, 'limits'> & {
  readonly limits?: Partial<Limits>;
};

/**
 * Checks a problem and fills in its limits.
 * @throws ConfigError naming the first field that is not as it must be.
 */
export function defineProblem<I = any, O = any>(draft: ProblemDraft<I, O>): Problem<I, O> {
  const at = `problem ${typeof draft?.name === 'string' ? draft.name : '?'}`;
  if (typeof draft?.name !== 'string' || !/^[a-z0-9][a-z0-9-]*$/.test(draft.name)) {
    throw expected('`name` to be lower case letters, digits and hyphens', draft?.name, 'problem');
  }
  if (typeof draft.brief !== 'string' || !draft.brief.trim())
    throw expected('`brief` to be a text', draft.brief, at);
  if (draft.language !== 'javascript' && draft.language !== 'typescript') {
    throw expected('`language` to be `javascript` or `typescript`', draft.language, at);
  }
  if (typeof draft.entry !== 'string' || !/^[A-Za-z_$][\w$]*$/.test(draft.entry)) {
    throw expected('`entry` to name an exported function', draft.entry, at);
  }
  if (typeof draft.judge !== 'function') throw expected('`judge` to be a function', typeof draft.judge, at);
  if (draft.drive !== undefined && typeof draft.drive !== 'function') {
    throw expected('`drive` to be a function', typeof draft.drive, at);
  }
  if (draft.residuals !== undefined && typeof draft.residuals !== 'function') {
    throw expected('`residuals` to be a function', typeof draft.residuals, at);
  }
  if (draft.prepare !== undefined && typeof draft.prepare !== 'function') {
    throw expected('`prepare` to be a function', typeof draft.prepare, at);
  }
  if (draft.picture !== undefined && typeof draft.picture !== 'function') {
    throw expected('`picture` to be a function', typeof draft.picture, at);
  }
  checkSeeds(draft.seeds, at);
  checkCases(draft.cases, at);
  return { ...draft, limits: checkLimits(draft.limits ?? {}, at) };
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
    if (!uses.includes(each.use)) {
      const known = '`use` to be `shown`, `scored`, `validation` or `held-out`';
      throw expected(known, each.use, `${at}, case ${each.id}`);
    }
  }
  if (!(cases as Case[]).some(({ use }) => searchedOn(use))) {
    throw expected('at least one case that is shown or scored', 'none', at);
  }
}

function checkLimits(given: Partial<Limits>, at: string): Limits {
  const limits = { ...defaultLimits, ...given };
  for (const [name, value] of Object.entries(limits)) {
    if (!(name in defaultLimits))
      throw expected(`\`limits\` to have ${Object.keys(defaultLimits).join(', ')}`, name, at);
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
  extends Pick<Problem, 'name' | 'brief' | 'language' | 'entry' | 'references' | 'target'>,
    Partial<Pick<Problem, 'limits'>> {
  /** The cases that a program's author may see. */
  readonly shown?: readonly Case[];
}

/** What an operator may know of a problem: no judge, and no case but those that are shown. */
export function briefingOf(problem: Problem): Briefing {
  const { name, brief, language, entry, limits, references, target, cases } = problem;
  return {
    name,
    brief,
    language,
    entry,
    limits,
    ...(references ? { references } : {}),
    ...(target === undefined ? {} : { target }),
    shown: cases.filter(({ use }) => use === 'shown'),
  };
}
