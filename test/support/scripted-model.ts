import { createHash } from 'node:crypto';
import { builtin } from '../../core/languages/javascript/operators/builtin.ts';
import { seedArm } from '../../core/search/arm.ts';
import type { Message } from '../../core/search/model.ts';
import type { Elite, Source } from '../../core/search/program.ts';
import { type Random, random } from '../../core/search/random.ts';
import { taskOf } from '../core/prompts/task.ts';

/** What a scripted model is like. */
export interface Manner {
  readonly seed: number;
  /** Share of replies that cannot be used: prose alone, a text that is not there, a program that breaks off. */
  readonly clumsy: number;
}

/**
 * A model without a mind: it reads the program in the prompt, makes one or two random edits of its tree, and states
 * them in the form it is asked for. Like a real one it uses the prompt: asked to repair a program that failed, it
 * starts half the time from the one that works; shown other programs, it crosses with one of them a third of the time.
 * The same prompt, met for the n-th time, gets the same answer.
 */
export function scripted({ seed, clumsy }: Manner): (messages: readonly Message[]) => string {
  const met = new Map<string, number>();
  return (messages) => {
    const key = createHash('sha256').update(JSON.stringify(messages)).digest('hex');
    const time = (met.get(key) ?? 0) + 1;
    met.set(key, time);
    return answer(messages, random(seed, key, time), clumsy);
  };
}

function answer(messages: readonly Message[], draw: Random, clumsy: number): string {
  const [system, user] = messages as [Message, Message];
  if (system.text.includes('You keep the notes')) return '- Small edits of the constants pay most.';
  const [base, second] = programsIn(user.text, subjects);
  const [works] = programsIn(user.text, ['The parent program']);
  const shown = programsIn(user.text, [
    'The other program',
    'Another program',
    ...[1, 2, 3, 4].map((i) => `Another program ${i}`),
  ]);
  const entry = /exports `(\w+)`/.exec(system.text)?.[1];
  if (!base || !entry) return 'I see no program.';
  if (draw.next() < clumsy) return clumsyAnswer(base, draw);
  const from = works !== undefined && user.text.includes('It failed') && draw.next() < 0.5 ? works : base;
  const other = second ?? (shown.length > 0 && draw.next() < 1 / 3 ? draw.pick(shown) : undefined);
  const child = edited(from, other, entry, draw);
  if (child === undefined) return 'NOTE: nothing to change\n\nI would leave it as it is.';
  return system.text.includes('<<<<<<< SEARCH') ? asDiff(base, child) : asWhole(child);
}

/** Where the program to change is found, and a second one to cross it with. */
const subjects = [
  'The program to improve',
  'The program to change',
  'The first program',
  'The second program',
];

/** The programs under these headings. */
function programsIn(prompt: string, titles: readonly string[]): string[] {
  return titles.flatMap((title) => {
    const at = prompt.indexOf(`# ${title}\n`);
    const code = at < 0 ? null : /(`{3,})\w*\n([\s\S]*?\n)\1/.exec(prompt.slice(at));
    return code ? [code[2]!] : [];
  });
}

const operators = builtin(0);
const crossover = operators.find(({ parents }) => parents === 2)!;
const mutations = operators.filter(({ parents }) => parents === 1);

/** The program after one or two random edits, the first a crossing if there is another; undefined where ten draws changed nothing. */
function edited(base: string, other: string | undefined, entry: string, draw: Random): string | undefined {
  for (let attempt = 0; attempt < 10; attempt++) {
    let text = base;
    const edits = 1 + draw.int(2);
    for (let edit = 0; edit < edits; edit++) {
      const task = taskOf({
        problem: { name: 'p', brief: '', language: 'javascript', entry },
        parents: [elite(text), elite(other ?? text)],
        random: draw,
      });
      const operator = other !== undefined && edit === 0 ? crossover : draw.pick(mutations);
      const { value } = operator.propose(task).next();
      if (value && 'source' in value) text = (value.source as Source)['program.js']!;
    }
    if (text !== base) return text;
  }
  return undefined;
}

function elite(text: string): Elite {
  const outcome = { status: 'scored', score: 0, measures: {}, verdicts: [], feedback: '' } as const;
  return {
    id: 'seed-1',
    source: { 'program.js': text },
    outcome,
    parents: [],
    arm: seedArm,
    size: text.length,
  };
}

/** The lines that differ, with enough lines before and after that they occur once. */
function asDiff(before: string, after: string): string {
  const [was, is] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < was.length && head < is.length && was[head] === is[head]) head++;
  let tail = 0;
  while (tail < was.length - head && tail < is.length - head && was.at(-1 - tail) === is.at(-1 - tail))
    tail++;
  const once = (from: number, to: number): boolean => {
    const lines = was.slice(from, to).join('\n');
    let times = 0;
    for (let at = 0; at + to - from <= was.length; at++) {
      if (was.slice(at, at + to - from).join('\n') === lines) times++;
    }
    return times === 1;
  };
  let [from, rest] = [head, tail];
  while ((from === was.length - rest || !once(from, was.length - rest)) && (from > 1 || rest > 1)) {
    if (from > 1) from--;
    if (rest > 1) rest--;
  }
  const search = was.slice(from, was.length - rest).join('\n');
  const replace = is.slice(from, is.length - rest).join('\n');
  return `NOTE: an edit at line ${head + 1}\n\n<<<<<<< SEARCH\n${search}\n=======\n${replace}${replace ? '\n' : ''}>>>>>>> REPLACE\n`;
}

function asWhole(text: string): string {
  return `NOTE: rewritten\n\n\`\`\`js\n${text}\`\`\`\n`;
}

function clumsyAnswer(base: string, draw: Random): string {
  return draw.pick([
    'The program looks good to me; a change of the constants may help.',
    '<<<<<<< SEARCH\n  const nowhere = 1;\n=======\n  const nowhere = 2;\n>>>>>>> REPLACE\n',
    `\`\`\`js\n${base.slice(0, base.length / 2)}\n`,
  ]);
}
