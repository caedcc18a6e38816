/** The comparison as Markdown: savings and costs of learning, paired by seed. */
import { centre, median } from '../statistics.ts';
import { type ArmName, againstOf, arms } from './plan.ts';
import type { Learned } from './records.ts';

/** All records of one problem with one budget. */
export function tableOf(problem: string, records: readonly Learned[]): string {
  const of = (arm: ArmName): Learned[] => records.filter((each) => each.arm === arm);
  const rows = (Object.keys(arms) as ArmName[]).flatMap((arm) => {
    const own = of(arm);
    if (own.length === 0) return [];
    const pairs = own.flatMap((mine) => {
      const other = of(againstOf(arm)).find(({ seed }) => seed === mine.seed);
      return other && againstOf(arm) !== arm ? [[mine, other] as const] : [];
    });
    return [`| ${[arms[arm].title, own.length, ...figures(own), ...versus(pairs)].join(' | ')} |`];
  });
  const [first] = records;
  const where = first?.direct ? 'in the process itself' : 'in sandboxes';
  const head =
    'arm | seeds | median best | held out | exact | CPU s | drawn | duplicates | promoted | evaluations to the final best of the search without, ratio | 95 % | ahead by | 95 % | won, lost | ahead by, at equal processor time | 95 %';
  return [
    `### ${problem}, ${first?.evaluations} evaluations, ${where}`,
    [`| ${head} |`, `| ${head.replace(/[^|]+/g, ' --- ')} |`, ...rows].join('\n'),
  ].join('\n\n');
}

function figures(own: readonly Learned[]): string[] {
  const drawn = sum(own.map(({ rollouts }) => rollouts));
  const trained = sum(own.map((each) => each.trained));
  return [
    median(own.map(({ score }) => score)).toFixed(4),
    median(own.map(({ test }) => test ?? Number.NEGATIVE_INFINITY)).toFixed(4),
    `${own.filter(({ because }) => because === 'target').length}`,
    median(own.map(({ cpuSeconds }) => cpuSeconds ?? Number.NaN)).toFixed(1),
    `${Math.round(drawn / own.length)}`,
    drawn > 0 ? `${Math.round((100 * sum(own.map(({ duplicates }) => duplicates))) / drawn)} %` : '',
    trained > 0 ? `${Math.round((100 * sum(own.map(({ promoted }) => promoted))) / trained)} %` : '',
  ];
}

/** Paired by seed: the ratio of evaluations that learning needs, and the difference at the end. */
function versus(pairs: readonly (readonly [Learned, Learned])[]): string[] {
  if (pairs.length === 0) return Array.from({ length: 7 }, () => '');
  const logs = centre(
    pairs.map(([mine, other]) => Math.log2(reach(mine, other.score) / reach(other, other.score))),
  );
  const lead = centre(pairs.map(([mine, other]) => mine.score - other.score));
  const timed = pairs.filter((pair) => pair.every(({ cpuSeconds }) => cpuSeconds !== null));
  const even = timed.length > 0 && centre(timed.map(([a, b]) => within(a, b) - within(b, a)));
  const times = (log: number): string => (Number.isFinite(log) ? (2 ** log).toFixed(2) : 'more');
  const won = pairs.filter(([mine, other]) => mine.score > other.score).length;
  const lost = pairs.filter(([mine, other]) => mine.score < other.score).length;
  return [
    times(logs.size),
    `${times(logs.low)} to ${times(logs.high)}`,
    lead.size.toPrecision(3),
    `${lead.low.toPrecision(3)} to ${lead.high.toPrecision(3)}`,
    `${won}, ${lost}`,
    even ? even.size.toPrecision(3) : '',
    even ? `${even.low.toPrecision(3)} to ${even.high.toPrecision(3)}` : '',
  ];
}

/** The best that a search had in the processor time that the other took too, each evaluation having cost it alike; both are known. */
export function within(
  { curve, used, cpuSeconds }: Pick<Learned, 'curve' | 'used' | 'cpuSeconds'>,
  other: Pick<Learned, 'cpuSeconds'>,
): number {
  const share = Math.min(1, other.cpuSeconds! / cpuSeconds!);
  return curve.findLast(([evaluations]) => evaluations <= Math.max(curve[0]![0], share * used))![1];
}

/** Evaluations after which a search had a score as good; infinite where it never had: more than its budget. */
export function reach({ curve }: Pick<Learned, 'curve'>, score: number): number {
  return curve.find((point) => point[1] >= score)?.[0] ?? Number.POSITIVE_INFINITY;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}
