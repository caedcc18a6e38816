import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtin } from '../../../../../core/languages/javascript/operators/builtin.ts';
import { libraryOf } from '../../../../../core/languages/javascript/script/library.ts';
import { scriptOf } from '../../../../../core/languages/javascript/script/module.ts';
import { seedArm } from '../../../../../core/search/arm.ts';
import { type Elite, type Source, sizeOf } from '../../../../../core/search/program.ts';
import { random } from '../../../../../core/search/random.ts';
import type { Operator, Proposal, RunOutcome } from '../../../../../core/search/roles.ts';
import { sameOutsideAll } from '../../../../../core/text/regions.ts';

const imports = "import gap, { LIMIT, clamp as hold } from './lib.js';\nimport * as lib from './lib.js';\n";

import { javascript } from '../../../../../core/languages/javascript/javascript.ts';
import { taskOf } from '../../../prompts/task.ts';

const source: Source = {
  'program.js': `${imports}export { clamp } from './lib.js';
export function priority(item, remaining, capacity) {
  const left = gap(item, remaining);
  if (left * 2 < LIMIT) return hold(left, 0, capacity) - 1.5 * lib.LIMIT;
  return remaining - item;
}
`,
  'lib.js': `export const LIMIT = 12;
export const clamp = (x, low, high) => Math.min(high, Math.max(low, x));
export default (item, remaining) => remaining - item;
`,
};

const outcome = { status: 'scored', score: 0, measures: {}, verdicts: [], feedback: '' } as const;
const parent: Elite = { id: 'seed-1', source, outcome, parents: [], arm: seedArm, size: sizeOf(source) };

/** What an operator proposes when the children that it runs score by their length. */
function proposed(operator: Operator, from: Elite, key: number, donor = parent): Proposal {
  const task = taskOf({
    problem: { name: 'p', brief: '', language: 'javascript', entry: 'priority' },
    parents: [from, donor].slice(0, operator.parents),
    allowance: 20,
    maxProgramSize: 5000,
    random: random('files', operator.name, key),
  });
  const story = operator.propose(task);
  for (let turn = story.next(); ; ) {
    if (turn.done) return turn.value;
    assert.ok('run' in turn.value);
    const reply = turn.value.run.map(
      (each): RunOutcome => ({ status: 'scored', score: sizeOf(each) - sizeOf(from.source), cases: [] }),
    );
    turn = story.next(reply);
  }
}

for (const operator of builtin(12)) {
  test(`${operator.name} changes the main file of several and keeps what it imports`, () => {
    let made = 0;
    let last = parent;
    for (let key = 0; key < 60; key++) {
      const proposal = proposed(operator, last, key);
      if ('malformed' in proposal) continue;
      made++;
      const child = proposal.source;
      assert.equal(sameOutsideAll(source, child, javascript), true);
      assert.equal(child['lib.js'], source['lib.js']);
      assert.ok(child['program.js']!.startsWith(imports), child['program.js']);
      assert.ok('script' in scriptOf(child, 'javascript', 'priority'), child['program.js']);
      assert.doesNotMatch(child['program.js']!, /\b(gap|LIMIT|hold|lib)\b *([-+*/]?=[^=]|\+\+|--)/);
      last = key % 4 === 3 ? parent : { ...last, source: child };
    }
    assert.ok(made > 5, `${made} children`);
  });
}

test('an imported number is built with, once its use shows what it is', () => {
  const texts = Array.from({ length: 300 }, (_, key) => {
    const proposal = proposed(builtin(0).find((each) => each.name === 'insert')!, parent, key);
    return 'source' in proposal ? proposal.source['program.js']! : '';
  });
  assert.ok(texts.some((each) => (each.match(/(?<!\.)\bLIMIT\b/g)?.length ?? 0) > 2));
});

const numeric: Elite = {
  ...parent,
  source: {
    'program.js': `import { lbfgs as descend, dot } from 'atoll/toolbox';
export function priority(item, remaining, capacity) {
  const found = descend((x, gradient) => {
    gradient[0] = 2 * (x[0] - item);
    return (x[0] - item) ** 2 + 0.5;
  }, [capacity], { iterations: 20 });
  return dot(found.x, [1.5]) * found.value - remaining;
}
`,
  },
};
const bare: Elite = {
  ...parent,
  source: {
    'program.js':
      'export function priority(item, remaining, capacity) {\n  return remaining * 2 - item;\n}\n',
  },
};

for (const operator of builtin(12)) {
  test(`a child of ${operator.name} keeps the import of a library, and uses none that it does not import`, () => {
    const library = libraryOf(
      'atoll/toolbox',
      () => ({ 'toolbox.js': 'export const lbfgs = 1; export const dot = 2;' }),
      'javascript',
    );
    let made = 0;
    for (let key = 0; key < 120; key++) {
      const [first, second] = key % 2 ? [numeric, bare] : [bare, numeric];
      const proposal = proposed(operator, first, key, second);
      if ('malformed' in proposal) continue;
      made++;
      const text = proposal.source['program.js']!;
      const [line] = numeric.source['program.js']!.split('\n');
      if (first === numeric) assert.ok(text.startsWith(`${line}\n`), text);
      else assert.doesNotMatch(text, /descend|dot|toolbox/);
      assert.ok('script' in scriptOf(proposal.source, 'javascript', 'priority', library), text);
    }
    assert.ok(made > 10, `${made} children`);
  });
}
