import assert from 'node:assert/strict';
import { it, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import {
  interpret,
  type Lookup,
  undeclared,
  unknown,
} from '../../../../core/languages/javascript/interpret.ts';
import { type Node, parse } from '../../../../core/languages/javascript/parse.ts';

const names: Record<string, unknown> = {
  a: 2.5,
  b: -3,
  zero: 0,
  yes: true,
  no: false,
  word: 'abc',
  nothing: null,
  v: [1, 2, 0.5, -1],
  m: [[1, 2], [3]],
  point: { x: 4, deep: { y: [7, 8] } },
};
const lookup: Lookup = (name) => (Object.hasOwn(names, name) ? names[name] : undeclared);

function read(text: string, steps = 1000): unknown {
  const parsed = parse(`(${text});`, 'javascript');
  assert.ok('program' in parsed, text);
  return interpret(parsed.program.body[0].expression as Node, lookup, { left: steps });
}

/** Texts of expressions of all kinds, including those that throw and those that only a run can determine. */
const { expression } = fc.letrec<{ expression: string; leaf: string }>((tie) => {
  const part = tie('expression');
  const of = (...parts: readonly (string | typeof part)[]) =>
    fc
      .tuple(...parts.map((each) => (typeof each === 'string' ? fc.constant(each) : each)))
      .map((all) => all.join(''));
  const operator = fc.constantFrom(
    ...[
      '+',
      '-',
      '*',
      '/',
      '%',
      '<',
      '<=',
      '>',
      '>=',
      '===',
      '!==',
      '==',
      '!=',
      '&',
      '|',
      '^',
      '<<',
      '>>',
      '>>>',
    ],
    ...['&&', '||', '??', '**'],
  );
  const ofMath = fc.constantFrom(
    'abs',
    'sqrt',
    'max',
    'min',
    'floor',
    'hypot',
    'atan2',
    'sign',
    'imul',
    'nosuch',
  );
  return {
    leaf: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'zero', 'yes', 'no', '2', 'v[1]', 'point.x') },
      fc.constantFrom(...Object.keys(names), 'Infinity', 'NaN', 'undefined', 'Math.PI'),
      fc.constantFrom(
        '1',
        '0.25',
        '-7',
        '1e308',
        '"3"',
        'null',
        'true',
        '10n',
        '/x/',
        'v.length',
        'word.length',
      ),
      fc.constantFrom(
        'point.x',
        'point.none',
        'point.toString',
        'word[1]',
        'Math.random()',
        '`t`',
        '() => 1',
        'v.map',
      ),
    ),
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      of('(', part, ')', operator, '(', part, ')'),
      of(fc.constantFrom('!', '-', '+', '~', 'typeof ', 'void '), '(', part, ')'),
      of('(', part, ') ? (', part, ') : (', part, ')'),
      of('Math.', ofMath, '(', part, ', ', part, ')'),
      of(fc.constantFrom('v', 'm', 'm[0]', 'point.deep.y', 'word'), '[', part, ']'),
      of('(', part, ').length'),
      of('[', part, ', ', part, '][', part, ']'),
    ),
  };
});

it('says what running says, or nothing', () => {
  let known = 0;
  fc.assert(
    fc.property(expression, (text) => {
      const value = read(text);
      if (value === unknown) return;
      known++;
      let real: unknown;
      try {
        real = runInNewContext(`(${text})`, structuredClone(names));
      } catch (error) {
        assert.fail(`${text} throws ${error}, and not ${String(value)}`);
      }
      // What a context makes has its own prototypes: as JSON, with what JSON has no word for, it compares.
      const plain = (of: unknown) =>
        JSON.stringify(of, (_, each) =>
          typeof each === 'number' ? String(Object.is(each, -0) ? '-0' : each) : each,
        );
      assert.equal(typeof value, typeof real, text);
      assert.equal(plain(value), plain(real), text);
    }),
    { numRuns: 4000, seed: 7 },
  );
  assert.ok(known > 1000, `${known} of 4000 were known`);
});

test('what cannot be known is unknown, and only where it is needed', () => {
  for (const text of [
    'f(1)',
    'a = 1',
    'x',
    'v.map(Math.abs)',
    'Math.random()',
    'nothing.x',
    'v === v',
    'word + 1',
  ])
    assert.equal(read(text), unknown, text);
  assert.equal(read('no && f(1)'), false);
  assert.equal(read('yes ? a : f(1)'), 2.5);
  assert.equal(read('a + f(1)'), unknown);
});

test('a name that hides Math is no Math', () => {
  const parsed = parse('Math.abs(-1);', 'javascript');
  assert.ok('program' in parsed);
  assert.equal(
    interpret(parsed.program.body[0].expression, () => ({ abs: 3 }), { left: 100 }),
    unknown,
  );
});

test('it ends after the steps it is given', () => {
  const sum = Array.from({ length: 400 }, () => 'a').join(' + ');
  assert.equal(read(sum, 500), unknown);
  assert.equal(read(sum, 800), 1000);
});
