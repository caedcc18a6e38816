/** A sweep as Markdown: medians and quartiles beside the literature, tests, and what each part contributes. */
import type { Problem } from '../../core/search/problem.ts';
import { holdsOut, numberOf, rounded, unitOf } from '../../ui/text/numbers.ts';
import { ahead, holm, mannWhitney, median, quantile } from '../statistics.ts';
import { named, type StrategyName, strategies } from './plan.ts';
import type { Scores, Searched } from './records.ts';

/** Level at which a difference counts, once p is adjusted for all the tests of its table. */
const level = 0.05;

/** The searches of one problem with one budget. */
export interface Group {
  readonly problem: Problem;
  readonly budget: string;
  readonly records: readonly Searched[];
}

/** The figure that counts: on held-out cases where there are some. What failed there is below all else. */
export function figure({ score, test }: Scores): number {
  return test === undefined ? score : (test ?? Number.NEGATIVE_INFINITY);
}

/** The engine beside one strategy. */
interface Comparison {
  readonly group: Group;
  readonly strategy: StrategyName;
  /** By how much the engine is ahead. */
  readonly lead: number;
  readonly p: number;
  /** Adjusted for all the comparisons that are read together. */
  readonly adjusted: number;
  /** Seeds on which the engine is ahead, and on which it is behind. */
  readonly wins: number;
  readonly losses: number;
}

/** All tables that the records are good for. */
export function tables(groups: readonly Group[]): string {
  const counted = groups.filter(({ records }) => records[0]!.minutes === null);
  const timed = groups.filter(({ records }) => records[0]!.minutes !== null);
  const records = groups.flatMap((group) => group.records);
  const parts = [provenance(records)];
  if (counted.length > 0) {
    const comparisons = compare(counted, named('baseline', 'extra'));
    parts.push(...counted.map((group) => strategyTable(group, comparisons)));
    parts.push(verdicts(comparisons), ablations(counted));
  }
  if (timed.length > 0) parts.push(byTheClock(timed));
  return parts.filter(Boolean).join('\n\n');
}

function provenance(records: readonly Searched[]): string {
  const engines = new Set(records.map(({ version, commit }) => `${version} (${commit})`));
  const hours = records.reduce((sum, each) => sum + (each.cpuSeconds ?? 0), 0) / 3600;
  return `${records.length} searches, ${rounded(hours, 2)} processor hours, Atoll ${[...engines].join(', ')}.`;
}

function of({ records }: Group, strategy: StrategyName): Searched[] {
  return records.filter((each) => each.strategy === strategy).sort((a, b) => a.seed - b.seed);
}

function compare(groups: readonly Group[], others: readonly StrategyName[]): Comparison[] {
  const raw = groups.flatMap((group) => {
    const ours = of(group, 'atoll');
    return others.flatMap((strategy) => {
      const theirs = of(group, strategy);
      if (ours.length === 0 || theirs.length === 0) return [];
      const [a, b] = [ours, theirs].map((list) => list.map(({ best }) => figure(best))) as [
        number[],
        number[],
      ];
      const pairs = ours.flatMap((mine) => {
        const other = theirs.find(({ seed }) => seed === mine.seed);
        return other ? [[figure(mine.best), figure(other.best)] as const] : [];
      });
      const wins = pairs.filter(([x, y]) => x > y).length;
      const losses = pairs.filter(([x, y]) => x < y).length;
      return [{ group, strategy, lead: ahead(a, b), p: mannWhitney(a, b).p, wins, losses }];
    });
  });
  const adjusted = holm(raw.map(({ p }) => p));
  return raw.map((each, i) => ({ ...each, adjusted: adjusted[i]! }));
}

/** The winner of a comparison: 1 the engine, -1 the other, 0 neither. */
function side({ lead, adjusted }: Comparison): number {
  return adjusted < level ? Math.sign(lead) : 0;
}

function strategyTable(group: Group, comparisons: readonly Comparison[]): string {
  const { problem, budget, records } = group;
  const published = records.find(({ best }) => best.published)?.best.published?.file;
  const means = records.some(({ best }) => best.published?.excessOfMeans !== undefined);
  const head = [
    'strategy',
    'median',
    'quartiles',
    'Atoll ahead by',
    'p',
    'seeds won, lost',
    ...(published ? [`median on ${published}`] : []),
    ...(means ? ['as excess of means'] : []),
  ];
  const rows = named('engine', 'baseline', 'extra').flatMap((strategy) => {
    const found = of(group, strategy);
    if (found.length === 0) return [];
    const values = found.map(({ best }) => figure(best));
    const versus = comparisons.find((each) => each.group === group && each.strategy === strategy);
    const write = (score: number): string => numberOf(problem, score);
    const there = found.map(({ best }) => best.published?.score ?? Number.NEGATIVE_INFINITY);
    const excess = found.map(({ best }) => best.published?.excessOfMeans ?? Number.POSITIVE_INFINITY);
    const row = [
      strategies[strategy].title,
      `${strategy === 'atoll' ? '**' : ''}${write(median(values))}${strategy === 'atoll' ? '**' : ''}`,
      `${write(quantile(values, 0.25))} to ${write(quantile(values, 0.75))}`,
      versus ? signed(versus.lead) : '',
      versus ? pWords(versus.p) : '',
      versus ? `${versus.wins}, ${versus.losses}` : '',
      ...(published ? [write(median(there))] : []),
      ...(means ? [rounded(median(excess), 4)] : []),
    ];
    return [row];
  });
  const seeds = new Set(records.map(({ seed }) => seed)).size;
  const baseline = records[0]!.baseline;
  const known = [
    `the seed program ${numberOf(problem, figure(baseline))}`,
    ...(problem.references ?? []).map(
      ({ name, score, source }) => `${name} ${numberOf(problem, score)}, ${source}`,
    ),
  ];
  const where = holdsOut(problem) ? ', on cases that no search saw' : '';
  return [
    `### ${problem.name}: ${unitOf(problem)}`,
    `${budget}, ${seeds} seeds${where}.`,
    markdown(head, rows),
    `Beside it: ${known.join('; ')}.`,
  ].join('\n\n');
}

/** How the comparisons with each strategy came out, over the problems. */
function verdicts(comparisons: readonly Comparison[]): string {
  const rows = named('baseline', 'extra').flatMap((strategy) => {
    const its = comparisons.filter((each) => each.strategy === strategy);
    const names = (sign: number): string =>
      its
        .filter((each) => side(each) === sign)
        .map(({ group }) => group.problem.name)
        .join(', ');
    const count = (sign: number): string => {
      const number = its.filter((each) => side(each) === sign).length;
      return number === 0 ? '0' : `${number}: ${names(sign)}`;
    };
    return its.length > 0 ? [[strategies[strategy].title, count(1), count(-1), count(0)]] : [];
  });
  if (rows.length === 0) return '';
  return [
    '### Atoll against each',
    `Problems on which the test of Mann and Whitney tells the two apart, p below ${level} once adjusted for all ${comparisons.length} tests (Holm).`,
    markdown(['against', 'Atoll better', 'Atoll worse', 'undecided'], rows),
  ].join('\n\n');
}

/** What each part is worth: the engine beside the engine without it. */
function ablations(groups: readonly Group[]): string {
  const parts = named('ablation');
  const comparisons = compare(groups, parts);
  if (comparisons.length === 0) return '';
  const rows = groups.flatMap((group) => {
    const its = comparisons.filter((each) => each.group === group);
    if (its.length === 0) return [];
    return [
      [group.problem.name, ...parts.map((part) => cell(its.find(({ strategy }) => strategy === part)))],
    ];
  });
  const total = parts.map((part) => {
    const its = comparisons.filter(({ strategy }) => strategy === part);
    const count = (sign: number): number => its.filter((each) => side(each) === sign).length;
    return `helps ${count(1)}, harms ${count(-1)}, undecided ${count(0)}`;
  });
  return [
    '### What each part contributes',
    `By how much Atoll is ahead of itself without the part, in the problem's score, with p; bold where p is below ${level} once adjusted for all ${comparisons.length} tests (Holm).`,
    markdown(['problem', ...parts.map((part) => strategies[part].title)], [...rows, ['all', ...total]]),
  ].join('\n\n');
}

function cell(comparison: Comparison | undefined): string {
  if (!comparison) return '';
  const words = `${signed(comparison.lead)} (${pWords(comparison.p)})`;
  return side(comparison) === 0 ? words : `**${words}**`;
}

/** What the engine has reached by the clock. */
function byTheClock(groups: readonly Group[]): string {
  const moments = [
    ...new Set(groups.flatMap(({ records }) => records[0]!.marks!.map(({ minutes }) => minutes))),
  ];
  const rows = groups.map((group) => {
    const { problem } = group;
    const found = of(group, 'atoll');
    const after = (minutes: number): string => {
      const values = found.flatMap(({ marks }) =>
        marks!.filter((mark) => mark.minutes === minutes).map(figure),
      );
      return values.length > 0 ? numberOf(problem, median(values)) : '';
    };
    const published = found.map(({ best }) => best.published).filter((each) => each !== undefined);
    const there = published.map(({ score }) => score ?? Number.NEGATIVE_INFINITY);
    const excess = published.map(({ excessOfMeans }) => excessOfMeans ?? Number.POSITIVE_INFINITY);
    const means = Number.isFinite(median([...excess, 0])) && published[0]?.excessOfMeans !== undefined;
    const on = published[0]
      ? `${numberOf(problem, median(there))}${means ? ` (${rounded(median(excess), 4)} of means)` : ''} on ${published[0].file}`
      : '';
    return [
      `${problem.name}, ${unitOf(problem)}`,
      `${found.length}`,
      numberOf(problem, figure(found[0]!.baseline)),
      ...moments.map(after),
      on,
    ];
  });
  const head = [
    'problem',
    'seeds',
    'seed program',
    ...moments.map((each) => `${each} min`),
    'published instances',
  ];
  return [
    '### By the clock',
    `Median of the seeds, on ${groups[0]!.records[0]!.workers} cores.`,
    markdown(head, rows),
  ].join('\n\n');
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function signed(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'all' : '-all';
  return value === 0 ? '0' : `${value > 0 ? '+' : ''}${rounded(value, 3)}`;
}

function pWords(p: number): string {
  return p < 0.0001 ? '< 0.0001' : rounded(p, 2);
}
