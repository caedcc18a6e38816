import type { Goals } from './objectives.ts';
import type { Verdict } from './outcome.ts';
import type { Source } from './program.ts';

/** A harness as a function: sent into the sandbox as text, so it may use its arguments and the language's own objects only. */
export type HarnessFunction<I = any, O = any> = (
  entry: (...args: any[]) => any,
  input: I,
  freshLoad?: () => (...args: any[]) => any,
) => O;

/** A harness in the language of the programs: a function for JavaScript and TypeScript, a text for any other. */
type Harness<I = any, O = any> = HarnessFunction<I, O> | string;

/**
 * What a case is for. The search scores programs on `shown` and `scored` cases; `shown` ones may appear in prompts.
 * `validation` cases guide no search: of the programs that were the best in their time, the one with the highest score on
 * them is returned. `held-out` cases (the test split) are evaluated last, and give the scores that are reported.
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

/** A published result to compare with. */
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
  /** The task, as models and people read it. */
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

/** A problem as a user writes it: limits may be left out or given in part. */
export type ProblemDraft<I = any, O = any> = Omit<Problem<I, O>, 'limits'> & {
  readonly limits?: Partial<Limits>;
};

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
