import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineProblem } from '../../../../core/languages/define-problem.ts';
import { languageNamed, registerLanguage } from '../../../../core/languages/registry.ts';
import { configure } from '../../../../core/search/configure.ts';
import type { Event } from '../../../../core/search/event.ts';
import { finalProgram } from '../../../../core/search/final.ts';
import { open } from '../../../../core/search/open.ts';
import { outcomeOf } from '../../../../core/search/outcome.ts';
import { casesFor, type Problem } from '../../../../core/search/problem.ts';
import { mainFile } from '../../../../core/search/program.ts';
import { random } from '../../../../core/search/random.ts';
import type { Evaluator } from '../../../../core/search/roles.ts';
import { search } from '../../../../core/search/search.ts';
import { initialState } from '../../../../core/search/state.ts';
import { sourceMarkup } from '../../../../ui/report/code.ts';
import { compose } from '../../../../ui/run/compose.ts';
import { openModels } from '../../../../ui/run/open-models.ts';
import { highlight } from '../../../../ui/text/highlight.ts';
import { textOf } from '../../../../ui/text/markup.ts';
import { languageContract } from '../../../contracts/language.ts';
import { openModelServer } from '../../../fixtures/model-server.ts';
import { runStack, stack } from './stack.ts';

registerLanguage(stack);

languageContract(stack, {
  entry: 'f',
  programs: ['dup *\n1 +\n', 'dup +\n3 -\n', '2 *\ndup if\n'],
  same: ['dup * 1 +', '\\ a square\ndup   *\n\\ and one\n1.0 +'],
  broken: ['', 'dup dop', 'export function f(x) {'],
  harness: { good: '2 * dup', bad: ['f(x)', 7, () => 1] },
});

/** Numbers mapped to `3 x + 4`; the harness, a text in the language, runs before the program and adds one. */
const problem = defineProblem<number, number>({
  name: 'line',
  brief: 'Find 3 x + 4, given x + 1.',
  language: 'stack',
  entry: 'f',
  seeds: [
    { 'program.stk': '\\ the input is on the stack\n\\ EVOLVE-BLOCK-START\n1 *\n\\ EVOLVE-BLOCK-END\n' },
  ],
  harness: '1 +',
  cases: [0, 1, 2, 5].map((input) => ({ id: `x-${input}`, input, use: 'shown' })),
  judge: (x, y) => (Number.isFinite(y) ? { score: -Math.abs(3 * x + 4 - y) } : { invalid: 'no number' }),
});

/** Runs Stack programs in this process, and remembers them by their canonical forms. */
function openStackEvaluator(given: Problem<number, number>): Evaluator & { readonly ran: string[] } {
  const ran: string[] = [];
  const evaluator: Evaluator = {
    async evaluate(source, use) {
      ran.push(JSON.stringify(stack.canonical(source)));
      const text = `${given.harness ?? ''}\n${mainFile(source).text}`;
      const cases = casesFor(given, use);
      const verdicts = cases.map(({ id, input }) => ({
        case: id,
        ...given.judge(input as number, runStack(text, input as number)),
      }));
      const bad = verdicts.find((each) => 'invalid' in each);
      return { outcome: bad ? { status: 'invalid', feedback: bad.case } : outcomeOf(verdicts) };
    },
    measure: (source, use, job) => evaluator.evaluate(source, use, job),
    async [Symbol.asyncDispose]() {},
  };
  return { ...evaluator, ran };
}

/** A model that adds a word to the region or takes one away, in the form that it is asked for, or rambles. */
function reply(prompt: string): string {
  const draw = random(prompt);
  const programs = [...prompt.matchAll(/```stack\n([\s\S]*?)```/g)].map(([, text]) => text!);
  const program = programs.findLast((text) => text.includes('EVOLVE-BLOCK-START'))!;
  const [head, region, tail] = program.split(/(?<=START\n)|(?=\\ EVOLVE-BLOCK-END)/) as [
    string,
    string,
    string,
  ];
  const words = region.trim().split(/\s+/);
  const at = draw.int(words.length + 1);
  const fresh = draw.pick(['1 +', '3 *', '1 -']);
  words.splice(at, draw.next() < 0.3 ? 2 : 0, ...fresh.split(' '));
  const child = words.join(' ');
  const distraction = '```python\nprint(1)\n```\n\n```js\nexport const f = 1;\n```\n\n';
  if (prompt.includes('State the change as one or more SEARCH/REPLACE'))
    return `NOTE: ${fresh}\n\n<<<<<<< SEARCH\n${region}=======\n${child}\n>>>>>>> REPLACE\n`;
  return `${distraction}NOTE: ${fresh}\n\n\`\`\`stack\n${head}${child}\n${tail}\`\`\`\n`;
}

test('a whole search in a language that only its folder knows improves on its seed, with a model behind HTTP', async () => {
  await using server = await openModelServer((prompt) => ({
    text: reply(prompt),
    usage: { input: 100, cached: 0, output: 20, reasoning: 0 },
  }));
  const model = `compatible:editor@${server.url}#price=1/4,tokens=2000`;
  const settings = configure(
    {
      calls: 80,
      archive: 'grid',
      novelty: 'near',
      islands: 1,
      reflectEvery: 0,
      order: 'strict',
      concurrency: 1,
    },
    true,
  );
  await using models = await openModels({ models: [model], settings });
  await using evaluator = openStackEvaluator(problem);
  const world = await compose(problem, settings, {
    workers: 1,
    secondsBefore: 0,
    models: models.all,
    askers: [model],
    evaluator,
  });
  // Single declarations and operators without a model are not offered: the language has neither.
  assert.deepEqual(
    [...world.operators.keys()].map((name) => name.split('@')[0]),
    ['diff', 'whole', 'cross', 'repair', 'refine'],
  );
  const { signal } = new AbortController();
  const opened = await open(world, settings, 'hash', signal);
  const state = initialState(opened);
  const events: Event[] = [opened];
  await search(state, world, { append: async () => {} }, (event) => events.push(event), signal);
  assert.deepEqual(events.at(-1), { type: 'closed', because: 'calls' });
  const arms = new Set(events.flatMap((event) => (event.type === 'begun' ? [event.arm.operator] : [])));
  assert.ok(arms.has('diff') && arms.has('whole'), [...arms].join());
  const { ran } = evaluator;
  assert.ok(ran.length > 10, `${ran.length} programs ran`);
  assert.equal(new Set(ran).size, ran.length, 'no program is run twice in another layout');
  const { source } = finalProgram(state);
  const { outcome: best } = await evaluator.evaluate(source, 'scored', 'best');
  const seed = opened.seeds[0]!.outcome;
  assert.ok(best.status === 'scored' && seed.status === 'scored' && best.score > seed.score);
  const systems = server.requests.map(({ body }) => String(body.messages[0].content));
  assert.ok(systems.some((text) => text.includes('The program is a Stack program (program.stk)')));
  assert.ok(systems.every((text) => !/JavaScript|```js|export (?:const|function)|\/\/ \.\.\./.test(text)));
});

test('a program in it is shown in colours, and its languages of other files stay plain', () => {
  assert.deepEqual(
    highlight('a.stk', '1 dup')
      .map(({ kind }) => kind)
      .filter((kind) => kind !== 'plain'),
    ['number'],
  );
  assert.deepEqual(highlight('a.unknown', '1 dup'), [{ kind: 'plain', text: '1 dup' }]);
  assert.match(textOf(sourceMarkup({ 'a.stk': '1 dup' })), /<i class="number">1<\/i>/);
});

test('a language whose name or file ending another has is refused', () => {
  registerLanguage(stack);
  assert.equal(languageNamed('stack'), stack);
  assert.throws(() => registerLanguage({ ...stack }), /^ConfigError: Expected language stack to have a name/);
  assert.throws(() => registerLanguage({ ...stack, name: 'other' }), /got `\.stk, which Stack has`/);
  assert.throws(() => languageNamed('fortran'), /Expected `language` to be .*stack.*, got `fortran`/);
});

test('a problem whose harness is not in its language is refused with the reason', () => {
  assert.throws(() => defineProblem({ ...problem, harness: 'no such' }), /harness.*Stack.*no such word/);
  assert.throws(() => defineProblem({ ...problem, harness: () => 1 }), /harness.*Stack.*a function/);
});
