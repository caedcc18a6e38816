import { applyEdits } from '../../code/edit.ts';
import { mainFile, sizeOf, withMain } from '../../program.ts';
import type { Random } from '../../random.ts';
import type { Operator, Proposal, Reply, Step, Task } from '../../roles.ts';
import { climb } from './climb.ts';
import { literal, wrap } from './expression.ts';
import type { Numeral } from './numerals.ts';
import { type Outline, outline } from './outline.ts';

const most = 40;
const least = 12;

/** Fits the numbers of a program by running it with others in their place. `evaluations`: most runs it may use. */
export function tune(evaluations: number): Operator {
  return {
    name: 'tune',
    parents: 1,
    runs: { least: Math.min(least, evaluations), most: evaluations },
    *propose(task) {
      const parent = task.parents[0]!;
      const text = mainFile(parent.source).text;
      const program = outline(text, task.problem.language, task.problem.entry);
      if (typeof program === 'string') return { malformed: program };
      const numerals = choose(program, task.random);
      if (numerals.length === 0) return { malformed: 'no constants to tune' };
      return yield* fit(task, program, numerals, Math.min(evaluations, task.allowance - 1));
    },
  };
}

/** The numbers to fit: whole ones that count or index are left alone; at most 40, drawn anew each time. */
function choose(program: Outline, random: Random): Numeral[] {
  const free = program.numerals.filter((each) => !each.whole && !each.idle);
  while (free.length > most) free.splice(random.int(free.length), 1);
  return free;
}

function* fit(
  task: Task,
  program: Outline,
  numerals: readonly Numeral[],
  runs: number,
): Generator<Step, Proposal, Reply> {
  const parent = task.parents[0]!;
  const start = numerals.map((each) => each.value);
  const scales = start.map((x) => Math.max(Math.abs(x), 0.1));
  const write = (point: readonly number[]): string =>
    applyEdits(
      program.text,
      numerals.map(({ site }, i) => {
        const value = start[i]! + scales[i]! * point[i]!;
        return { start: site.start, end: site.end, text: wrap(literal(value, 8), site.slot) };
      }),
    );
  let best = { text: program.text, score: parent.outcome.score };
  const search = climb(numerals.length, best.score, runs, task.random);
  for (let used = 0; used < runs; ) {
    const texts = search
      .ask()
      .slice(0, runs - used)
      .map(write);
    const reply: Reply = yield { run: texts.map((each) => withMain(parent.source, each)) };
    used += texts.length;
    const scores = texts.map((_, i) => (reply[i]?.status === 'scored' ? reply[i].score : -Infinity));
    scores.forEach((score, i) => {
      if (score > best.score) best = { text: texts[i]!, score };
    });
    if (reply.some((each) => each.status === 'refused')) break;
    search.tell(scores);
  }
  if (best.text === program.text) return { malformed: 'no better constants found' };
  const source = withMain(parent.source, best.text);
  if (sizeOf(source) > task.sizeLimit) return { malformed: `longer than ${task.sizeLimit} characters` };
  return {
    source,
    note: `tune: ${numerals.length} constants, score ${parent.outcome.score} becomes ${best.score}`,
  };
}
