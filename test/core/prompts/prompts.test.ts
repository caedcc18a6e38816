import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { javascript } from '../../../core/languages/javascript/javascript.ts';
import { wholeLines } from '../../../core/prompts/describe.ts';
import { goalsOf } from '../../../core/prompts/goals.ts';
import { lessonPrompt } from '../../../core/prompts/lesson.ts';
import { asking, usualWays, wayNames } from '../../../core/prompts/operators.ts';
import { tokensIn } from '../../../core/prompts/tokens.ts';
import type { Message } from '../../../core/search/model.ts';
import { outcomeOf } from '../../../core/search/outcome.ts';
import { type Elite, type Source, sizeOf } from '../../../core/search/program.ts';
import { random } from '../../../core/search/random.ts';
import type { Attempt, Task } from '../../../core/search/roles.ts';
import { settings } from '../../../core/search/settings.ts';
import * as toolbox from '../../../evaluators/javascript/toolbox/toolbox.ts';
import { taskOf } from './task.ts';

const program = (body: string): Source => ({
  'program.js': `// EVOLVE-BLOCK-START\nexport function f(x) {\n  ${body}\n}\n// EVOLVE-BLOCK-END\n`,
});
const elite = (id: string, body: string, ...scores: number[]): Elite => {
  const verdicts = scores.map((score, i) => ({ case: `c-${i}`, score, measures: { speed: i } }));
  const outcome = outcomeOf(verdicts.map((each, i) => (i === 1 ? { ...each, feedback: 'too slow' } : each)));
  const source = program(body);
  return {
    id,
    source,
    outcome: outcome as Elite['outcome'],
    parents: [],
    arm: { operator: 'diff' },
    size: sizeOf(source),
  };
};
const parent = elite('trial-3', 'return x * 2;', 0.1, 0.30000000000000004, 0.2);
const other = elite('trial-9', 'return x * 3; // ```not a fence', 0.4, 0.1, 0.2);
const attempt = (given: Partial<Attempt>): Attempt => ({
  trial: 7,
  island: 0,
  arm: { operator: 'diff', model: 'm' },
  parent,
  note: 'doubled x',
  verdict: 'scored',
  feedback: '',
  ...given,
});
const attempts = [
  attempt({ score: 0.19, note: 'halved x' }),
  attempt({ verdict: 'failed', feedback: 'case c-1: TypeError: x is no function\n at f', note: 'called x' }),
  attempt({ verdict: 'malformed', feedback: 'SEARCH text not found', note: '' }),
  attempt({ parent: other, score: 0.5, verdict: 'best', note: 'squared x' }),
];
const task = (given: Partial<Task> = {}): Task =>
  taskOf({
    problem: {
      name: 'p',
      brief: 'Find f.\nHigher is better.',
      language: 'javascript',
      entry: 'f',
      limits: { wallMs: 2000, cpuMs: 1000, memoryMb: 64, outputBytes: 1e6 },
      references: [
        { name: 'doubling', score: 0.2, source: 'folklore' },
        { name: 'squaring', score: 0.6, on: 'held-out', source: 'folklore' },
      ],
      target: 1,
      shown: [
        { id: 'c-1', use: 'shown', input: { args: [Array.from({ length: 30 }, (_, i) => i)], want: 5 } },
      ],
    },
    parents: [parent, other],
    inspirations: [other],
    attempts,
    lesson: '- Multiplying helps.',
    random: random('golden'),
    ...given,
  });

/** The prompt that a way opens with. */
const opening = (name: string, given: Partial<Task> = {}): readonly Message[] => {
  const [operator] = asking('m', [name]);
  const repaired = attempt({
    source: program('return x();'),
    verdict: 'failed',
    feedback: 'case c-1: TypeError: x is not a function',
  });
  const missed = attempt({ source: program('return x * 1.9;'), score: 0.19, note: 'nearly the same factor' });
  const second = { repair: { attempt: repaired }, refine: { attempt: missed } }[name] ?? {};
  const story = operator!.propose(task({ ...second, ...given }));
  let step = story.next().value!;
  if ('ask' in step && step.purpose === 'plan') {
    step = story.next({ text: '<think>Hm.</think>1. Square x.', ended: 'stop' }).value!;
  }
  assert.ok('ask' in step && step.purpose === 'propose');
  return step.ask;
};

const folder = new URL('../../fixtures/prompts/', import.meta.url);
const golden = (name: string, messages: readonly Message[]): void => {
  const text = messages.map((each) => `<<< ${each.role} >>>\n${each.text}\n`).join('\n');
  const file = new URL(`${name}.md`, folder);
  if (process.env.ATOLL_GOLDEN === 'write') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  assert.equal(text, readFileSync(file, 'utf8'), 'ATOLL_GOLDEN=write npm test writes the golden files');
};

for (const name of wayNames) {
  test(`the prompt of ${name} is the golden one`, () => golden(name, opening(name)));
}
test('the help of the setting names every way there is, and says which are optional', () => {
  const optional = wayNames.filter((name) => !usualWays.includes(name));
  assert.equal(
    settings['operators.prompts'].what,
    `How models are asked: ${wayNames.join(', ')}; usual: all of them but ${optional.join(', ')}.`,
  );
  assert.deepEqual(optional, ['plan']);
});

test('the prompt for a lesson is the golden one', () => golden('lesson', lessonPrompt(task())));

test('a prompt of a program in several files names them, and one without markers speaks of none', () => {
  const source = {
    'main.js': "import { k } from './lib.js';\nexport const f = (x) => k * x;\n",
    'lib.js': 'export const k = 2;\n',
  };
  const messages = opening('diff', {
    parents: [{ ...parent, source }],
    inspirations: [],
    attempts: [],
    lesson: '',
  });
  golden('files', messages);
  assert.ok(!messages.some(({ text }) => text.includes('EVOLVE-BLOCK')));
});

test('notes of the user are placed beside the lesson, before all that may be left out', () => {
  const notes = ['Try sorting first.', 'No recursion.'];
  const [, user] = opening('diff', { notes });
  const [, without] = opening('diff');
  const section = `# Notes of the user who runs this search\n\n- Try sorting first.\n- No recursion.\n\n`;
  assert.equal(user!.text.replace(section, ''), without!.text);
  const place = user!.text.indexOf(section);
  assert.ok(
    user!.text.indexOf('# Recent changes of this') < place &&
      place < user!.text.indexOf('# The program to improve'),
  );
  const inspirations = Array.from({ length: 20 }, () => elite('trial-8', 'x + '.repeat(400), 1, 1, 1));
  assert.ok(opening('diff', { notes, inspirations, maxPromptTokens: 1500 })[1]!.text.includes(section));
});

test('scores are given in full, and a fence in a program closes no other', () => {
  const [, user] = opening('diff');
  assert.match(user!.text, /Score: 0\.20000000000000004|Score: 0\.2\n/);
  assert.match(user!.text, /- c-1: 0\.30000000000000004/);
  assert.match(user!.text, /````js\n[^`]*```not a fence/);
});

test('a prompt keeps within its tokens by leaving out what matters least, and never the program', () => {
  const long = elite('trial-8', `return ${'x + '.repeat(400)}1;`, 1, 1, 1);
  const inspirations = [long, other, long];
  for (const promptLimit of [500, 1000, 1500, 3000]) {
    const messages = opening('whole', { inspirations, maxPromptTokens: promptLimit });
    const tokens = messages.reduce((sum, { text }) => sum + tokensIn(text), 0);
    const bare = opening('whole', {
      inspirations: [],
      attempts: [],
      lesson: '',
      maxPromptTokens: promptLimit,
    });
    const least = bare.reduce((sum, { text }) => sum + tokensIn(text), 0);
    assert.ok(tokens <= Math.max(promptLimit + 10, least), `${tokens} of ${promptLimit}`);
    assert.ok(messages[1]!.text.includes('return x * 2;'));
  }
  assert.ok(opening('whole', { inspirations, maxPromptTokens: 100_000 })[1]!.text.includes('x + x + x'));
});

test('the rules name all that the toolbox exports, and nothing else', () => {
  const [, names = ''] = /`atoll\/toolbox` \((.*)\)/.exec(javascript.prompt.imports)!;
  assert.deepEqual(names.split(', ').sort(), Object.keys(toolbox).sort());
});

test('a prompt quotes the feedback on shown cases in whole lines, and of scored ones tells the score alone', () => {
  const verdicts = [
    { case: 'c-1', score: 0.5, feedback: 'want 5, got 4' },
    { case: 'hidden', score: 0, feedback: 'want 7, got 9' },
  ];
  const [, user] = opening('diff', {
    parents: [{ ...parent, outcome: outcomeOf(verdicts) as Elite['outcome'] }],
    inspirations: [],
  });
  assert.match(user!.text, /- hidden: 0\n- c-1: 0\.5\n {2}Feedback: want 5, got 4\n/);
  assert.doesNotMatch(user!.text, /want 7/);
  const missed = attempt({ source: program('return 1;'), score: 0.19, outcome: outcomeOf(verdicts) });
  assert.doesNotMatch(opening('refine', { attempt: missed })[1]!.text, /want 7/);
});

test('what is too long is cut at the end of a line', () => {
  assert.equal(wholeLines('one\ntwo\nthree', 7), 'one\ntwo\n…');
  assert.equal(wholeLines('one\ntwo\nthree', 13), 'one\ntwo\nthree');
  assert.equal(wholeLines('one\ntwo\nthr…', 100), 'one\ntwo');
  assert.equal(wholeLines('longer', 4), 'lon…');
});

test('an instruction is given only where it fits: nothing to combine with, to choose, to restructure, no weak case', () => {
  const requests = (given: Partial<Task>): Set<string> =>
    new Set(
      Array.from(
        { length: 60 },
        (_, i) => opening('whole', { ...given, random: random('fits', i) })[1]!.text.split('# Now\n\n')[1]!,
      ),
    );
  const bare = elite('seed-1', 'return 0;', 1);
  const only = requests({ parents: [bare], inspirations: [] });
  assert.deepEqual(
    [...only].map((each) => each.split('.')[0]),
    ['Rewrite the program on a different principle'],
  );
  const body = `${'let a = 1.5 * x + 7;\n  '.repeat(20)}return a > 0.25 ? 3 : 12;`;
  const rich = elite('trial-4', body, 0.1, 0.4);
  assert.equal(requests({ parents: [rich], inspirations: [other] }).size, 5);
  assert.equal(requests({ parents: [rich], inspirations: [other], maxPromptTokens: 100 }).size, 4);
});

test('a problem with objectives and constraints tells the model each with its direction or bound', () => {
  const goals = {
    objectives: { error: 'minimize', speed: 'maximize' },
    constraints: { overlap: { atMost: 0 } },
  } as const;
  assert.deepEqual(goalsOf(goals), [
    {
      title: 'Objectives',
      text: [
        'Objectives, which the score joins into one number:',
        '- error: lower is better (minimize)',
        '- speed: higher is better (maximize)',
        'Hard constraints on every case; a program that violates one gets no score:',
        '- overlap: at most 0',
      ].join('\n'),
    },
  ]);
  assert.deepEqual(goalsOf({}), []);
});
