import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Node, parse } from '../../../../core/languages/javascript/parse.ts';
import { childrenOf, contains, walk } from '../../../../core/languages/javascript/walk.ts';

function tree(text: string): Node {
  const parsed = parse(text, 'typescript');
  assert.ok('program' in parsed, text);
  return parsed.program;
}

test('the children of a node come in the order of the text, holes left out, each with its key', () => {
  const [statement] = tree('do [a, , b] = c; while (d)').body;
  assert.deepEqual(
    childrenOf(statement).map(({ node, key }) => `${key} ${node.type}`),
    ['body ExpressionStatement', 'test Identifier'],
  );
  assert.deepEqual(
    childrenOf(statement.body.expression.left).map(({ node, key }) => `${key} ${node.name}`),
    ['elements a', 'elements b'],
  );
});

test('a walk meets every node once, parents first, and says what is above each', () => {
  const met: string[] = [];
  const program = tree('f(x as number, [y, ...z]);');
  walk(program, (node, parent) => met.push(`${parent?.type ?? '-'} > ${node.type}`));
  assert.deepEqual(met, [
    '- > Program',
    'Program > ExpressionStatement',
    'ExpressionStatement > CallExpression',
    'CallExpression > Identifier',
    'CallExpression > TSAsExpression',
    'TSAsExpression > Identifier',
    'TSAsExpression > TSNumberKeyword',
    'CallExpression > ArrayExpression',
    'ArrayExpression > Identifier',
    'ArrayExpression > SpreadElement',
    'SpreadElement > Identifier',
  ]);
});

test('a node contains what is below it, and itself', () => {
  const program = tree('if (a) { while (b) { break; } }');
  assert.ok(contains(program, ({ type }) => type === 'BreakStatement'));
  assert.ok(contains(program.body[0], ({ type }) => type === 'IfStatement'));
  assert.ok(!contains(program.body[0].test, ({ type }) => type === 'BreakStatement'));
});
