import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../../core/languages/javascript/parse.ts';
import { grammarFor } from '../../../../core/languages/javascript/policy/grammar-for.ts';
import { logProbabilityOf } from '../../../../core/learning/policy/odds.ts';
import type { Place } from '../../../../core/learning/policy/place.ts';
import { blankTable, tableDistribution } from '../../../../core/learning/policy/table.ts';
import { grow, maxDepth, type Tree } from '../../../../core/learning/policy/walk.ts';
import { random } from '../../../../core/search/random.ts';
import { findProblem } from '../../../../ui/run/find-problem.ts';
import { drawn, grammar, open, prior } from './draws.ts';

const distribution = tableDistribution(blankTable(grammar));

test('every expression that is drawn parses and runs, whatever its kind and place', () => {
  const draw = random('parses');
  let finite = 0;
  for (let i = 0; i < 3000; i++) {
    const kind = i % 3 === 0 ? 'boolean' : 'number';
    const { text } = drawn(prior, { ...open, kind }, draw);
    const program = `export const f = (x, y, odd, list, gap) => (${text});`;
    assert.ok(!('error' in parse(program, 'javascript')), text);
    const value = new Function('x', 'y', 'odd', 'list', 'gap', `return ${text};`)(1.5, 2, true, [3, 4], 0.5);
    assert.equal(typeof value, kind, text);
    if (Number.isFinite(value)) finite++;
  }
  assert.ok(finite > 1500, `${finite} of 2,000 numbers are finite`);
});

test('no expression is deeper than the grammar allows', () => {
  const depth = (tree: Tree): number => 1 + Math.max(0, ...tree.below.map(depth));
  const draw = random('deep');
  for (let i = 0; i < 1000; i++) assert.ok(depth(drawn(prior, open, draw).tree) <= maxDepth + 2);
});

test('a name that is not in scope, an old expression and a move are drawn only where they mean something', () => {
  const y = grammar.numbers.get('name y')!;
  const place: Place = { ...open, closed: [y], old: false, numeral: false };
  const draw = random('scope');
  const texts = Array.from({ length: 2000 }, () => drawn(prior, place, draw).text).join('\n');
  assert.doesNotMatch(texts, /\by\b|x \+ y/);
  assert.match(texts, /\bx\b/);
  // Elements and indexes stand inside a sum only.
  for (const text of texts.split('\n')) {
    if (/\beach\b|\bi\b/.test(text)) assert.match(text, /list\.reduce\(\(sum, each, i\) => /);
  }
});

test('what was drawn can be told again: the same tree, and the probability with which it was drawn', () => {
  const draw = random('again');
  for (let i = 0; i < 500; i++) {
    const { actions, logProbability, tree } = drawn(prior, open, draw);
    assert.ok(Math.abs(logProbabilityOf(distribution, { place: open, actions }) - logProbability) < 1e-9);
    let at = 0;
    const again = grow(grammar, open, {
      production: () => actions[at++]!,
      amount: () => actions[at++]!,
    });
    assert.deepEqual(again, tree);
    assert.equal(at, actions.length);
  }
});

test('the probabilities of all that may be drawn at a state add up to one', () => {
  const draw = random('one');
  grow(grammar, open, {
    production(state, allowed) {
      const p = distribution.probabilities(state, allowed);
      assert.ok(Math.abs(p.reduce((sum, each) => sum + each, 0) - 1) < 1e-12);
      assert.ok(p.every((each) => each > 0));
      return allowed[draw.weighted([...p])]!;
    },
    amount: () => 0,
  });
});

for (const [name, wanted] of [
  ['symbolic-regression', ['name u', 'name v', 'name c']],
  ['bin-packing-or3', ['name item', 'name remaining', 'name capacity', 'name gap', 'test fresh']],
  ['tsp-construct-50', ['name dCur', 'name closest', 'name left']],
] as const) {
  test(`the grammar of ${name} has the names of its seed`, async () => {
    const { numbers } = grammarFor((await findProblem(name)).problem);
    for (const each of wanted) assert.ok(numbers.has(each), `${each} of ${[...numbers.keys()]}`);
  });
}
