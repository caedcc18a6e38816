import { globSync, readFileSync } from 'node:fs';
import { canonical } from '../../core/languages/javascript/canonical.ts';
import { sketch } from '../../core/languages/javascript/normal/sketch.ts';
import { builtin } from '../../core/languages/javascript/operators/builtin.ts';
import { type Elite, mainFile, type Source } from '../../core/search/program.ts';
import { random } from '../../core/search/random.ts';
import type { SketchedProgram } from '../../core/search/roles.ts';
import { near, nearDuplicateThreshold } from '../../islands/novelty/near.ts';
import { taskOf } from '../core/prompts/task.ts';
import { behaveAlike, varied } from './behaviour.ts';
import { rewritten } from './rewrites.ts';

/** A program to breed from. */
export interface Origin {
  readonly text: string;
  readonly entry: string;
  /** Arguments to try its children on. */
  readonly inputs: readonly (readonly unknown[])[];
}

/** How many of a kind were proposed and how many stopped. */
export interface Tally {
  proposed: number;
  stopped: number;
  /** Of those stopped, how many behave otherwise than the program that they were taken for. */
  wrongly: number;
}

/** The result of a stream of proposals. */
export interface Result {
  /** By rewrite; a proposal made by several counts for each. */
  readonly duplicates: Map<string, Tally>;
  /** By operator. */
  readonly others: Map<string, Tally>;
  readonly all: { readonly duplicates: Tally; readonly others: Tally };
  /** Pairs of texts that were classified wrongly. */
  readonly wrong: { readonly kind: string; readonly before: string; readonly after: string }[];
  readonly met: SketchedProgram[];
}

const operators = builtin(0);

/** Sends proposals bred from the origins, 40 % of them rewritten from a program met before, past the filter. */
export function stream(origins: readonly Origin[], proposals: number, seed: number): Result {
  const tally = (): Tally => ({ proposed: 0, stopped: 0, wrongly: 0 });
  const result: Result = {
    duplicates: new Map(),
    others: new Map(),
    all: { duplicates: tally(), others: tally() },
    wrong: [],
    met: [],
  };
  const seen = new Set<string>();
  const texts: { text: string; origin: Origin }[] = [];
  const meet = (text: string, origin: Origin): void => {
    const source = { 'program.js': text };
    const form = canonical(source, 'javascript');
    if ('hash' in form) seen.add(form.hash);
    result.met.push({ trial: texts.length, sketch: sketch(source, 'javascript')! });
    texts.push({ text, origin });
  };
  for (const each of origins) meet(each.text, each);
  const count = (one: Tally, stopped: boolean, wrongly: boolean): void => {
    one.proposed++;
    one.stopped += Number(stopped);
    one.wrongly += Number(wrongly);
  };
  for (let trial = 0; trial < proposals; trial++) {
    const draw = random(seed, trial);
    const from = draw.next() < 0.3 ? draw.int(origins.length) : draw.int(texts.length);
    const parent = texts[from]!;
    const asDuplicate = draw.next() < 0.4;
    const child = asDuplicate ? rewritten(parent.text, draw) : bred(parent, texts, draw);
    if (!child) continue;
    const source = { 'program.js': child.text };
    const form = canonical(source, 'javascript');
    if ('error' in form) continue;
    const exact = seen.has(form.hash);
    // An exact duplicate that an operator happened upon is none of this filter's business.
    if (exact && !asDuplicate) continue;
    const hit = exact
      ? undefined
      : near(result.met, sketch(source, 'javascript')!, nearDuplicateThreshold, Infinity);
    const stopped = exact || hit !== undefined;
    if (!asDuplicate && onlyNudged(parent.text, child.text)) continue;
    const taken = hit && texts[hit.trial]!;
    const inputs = varied(parent.origin.inputs, 60, draw);
    const wrongly =
      taken !== undefined &&
      !asDuplicate &&
      !behaveAlike(taken.text, child.text, parent.origin.entry, inputs);
    const [total, kinds] = asDuplicate
      ? [result.all.duplicates, result.duplicates]
      : [result.all.others, result.others];
    count(total, stopped, wrongly);
    for (const kind of child.by) {
      if (!kinds.has(kind)) kinds.set(kind, tally());
      count(kinds.get(kind)!, stopped, wrongly);
    }
    if (asDuplicate ? !stopped : wrongly)
      result.wrong.push({ kind: child.by.join(' '), before: (taken ?? parent).text, after: child.text });
    if (!asDuplicate && !stopped) meet(child.text, parent.origin);
  }
  return result;
}

function bred(
  { text, origin }: { text: string; origin: Origin },
  texts: readonly { text: string; origin: Origin }[],
  draw: ReturnType<typeof random>,
): { text: string; by: string[] } | undefined {
  const operator = draw.pick(operators);
  const donor = draw.pick(texts.filter((each) => each.origin === origin));
  const elite = (id: string, code: string): Elite => ({
    id,
    source: { 'program.js': code },
    outcome: {
      status: 'scored',
      score: 0,
      measures: {},
      verdicts: [],
      feedback: '',
    } as unknown as Elite['outcome'],
    parents: [],
    arm: { operator: 'bench' },
    size: code.length,
  });
  const done = operator
    .propose(
      taskOf({
        problem: { name: 'bench', brief: '', language: 'javascript', entry: origin.entry },
        parents: [elite('a', text), elite('b', donor.text)].slice(0, operator.parents),
        random: draw,
      }),
    )
    .next();
  if (!done.done || 'malformed' in done.value) return undefined;
  return { text: mainFile(done.value.source as Source).text, by: [operator.name] };
}

/** Whether nothing but numbers moved, and those by less than 0.5 %: a near-duplicate by definition. */
function onlyNudged(before: string, after: string): boolean {
  const numeral = /\b\d+\.?\d*(?:e[+-]?\d+)?/g;
  if (before.replace(numeral, '0') !== after.replace(numeral, '0')) return false;
  const [a, b] = [before, after].map((text) => text.match(numeral)?.map(Number) ?? []);
  return a!.every((x, i) => Math.abs(x - b![i]!) <= 0.005 * Math.abs(x));
}

/** The seeds of the problems that are shipped. */
export function seeds(): Origin[] {
  return globSync('problems/*/seed.js').map((path) => {
    const text = readFileSync(path, 'utf8');
    const [, entry, list] = /export function (\w+)\((.*)\)/.exec(text)!;
    const names = list!.split(', ').filter(Boolean);
    const value = (name: string) =>
      name === 'v' && entry === 'priority' ? [0, 1, 2, 2, 1, 0, 1, 2] : name === 'n' ? 8 : 1.5;
    return { text, entry: entry!, inputs: [names.map(value)] };
  });
}
