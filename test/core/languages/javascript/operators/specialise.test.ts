import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { analyse } from '../../../../../core/languages/javascript/operators/analysis/analyse.ts';
import type { Analysis } from '../../../../../core/languages/javascript/operators/analysis/types.ts';
import { specialise } from '../../../../../core/languages/javascript/operators/specialise.ts';
import { mainFile } from '../../../../../core/search/program.ts';
import { random } from '../../../../../core/search/random.ts';
import { applyEdits } from '../../../../../core/text/edit.ts';
import { taskOf } from '../../../prompts/task.ts';
import { elite } from './parents.ts';

const helpers = `const half = (x) => { return x / 2 + 0.25; };
function late(gap, share) {
  if (gap < 4.5) return share * gap;
  return gap - share;
}
`;
const main = `export function f(x, y) {
  const first = late(x, 0.5) + half(y);
  return first * (late(y, 3) - half(x - 1)) + Math.max(x * y, 2);
}
`;
const inputs = [
  [1, 2],
  [7, 3],
  [-4, 20],
];
const values = (text: string) =>
  JSON.stringify(
    runInNewContext(`${text.replace('export ', '')};${JSON.stringify(inputs)}.map((each) => f(...each))`),
  );
const read = (text: string): Analysis => {
  const found = analyse(text, 'javascript', 'f');
  assert.ok(typeof found !== 'string', String(found));
  return found;
};
const functionOf = (text: string, name: string) =>
  read(text).functions.find((each) => each.name === name)!.node;
const sliceOf = (text: string, { start, end }: { start: number; end: number }) => text.slice(start, end);

/** Children of a program whose notes say the given, with their notes. */
function children(text: string, kind: RegExp): { text: string; note: string }[] {
  const found: { text: string; note: string }[] = [];
  for (let key = 0; key < 400; key++) {
    const task = taskOf({
      parents: [elite({ text, language: 'javascript', entry: 'f', inputs })],
      random: random('specialise', key),
    });
    const { value: proposal } = specialise.propose(task).next();
    if (!proposal || !('source' in proposal) || !kind.test(proposal.note)) continue;
    found.push({ text: mainFile(proposal.source).text, note: proposal.note });
  }
  assert.ok(found.length > 20, `${found.length} children`);
  return found;
}

test('a copy serves one call, is changed itself, and with its old body does what the parent does', () => {
  const text = helpers + main;
  for (const { text: child, note } of children(text, /a copy (\w+) of (\w+)/)) {
    const [, copy, of] = /a copy (\w+) of (\w+)/.exec(note)!;
    const calls = (name: string) => child.split(`${name}(`).length;
    assert.equal(calls(of!), of === 'late' ? 3 : 2, child);
    const body = functionOf(child, copy!).body;
    const own = /const (\w+) = (-?[\d.e-]+);/.exec(sliceOf(child, body));
    assert.equal(own !== null, / of its own$/.test(note), child);
    const given = own && (own[1] === 'share' ? [0.5, 3] : [0, 1]);
    const old = sliceOf(text, functionOf(text, of!).body);
    const back = (value: unknown) =>
      values(
        applyEdits(child, [{ ...body, text: own ? `{ const ${own[1]} = ${value};${old.slice(1)}` : old }]),
      );
    const restored = given ? given.map(back) : [back(0)];
    assert.ok(restored.includes(values(text)), child);
    assert.notEqual(sliceOf(child, body), old);
  }
});

test('a number becomes a parameter that every call hands over, one of them with another value', () => {
  const text = helpers + main;
  for (const { text: child, note } of children(text, /becomes its parameter k/)) {
    const [, value, of] = /: (\S+) in (\w+) becomes/.exec(note)!;
    const calls = read(child).uses.filter((each) => each.key === 'callee' && each.node.name === of);
    assert.equal(calls.length, 2);
    const handed = calls.map((each) => each.under.arguments.at(-1));
    const texts = handed.map((each) => sliceOf(child, each));
    assert.ok(texts.includes(value!), child);
    const restored = applyEdits(
      child,
      handed.map(({ start, end }) => ({ start, end, text: value! })),
    );
    assert.equal(values(restored), values(text), child);
  }
});

test('an expression becomes a function of the names it reads, which does the same with the old expression', () => {
  const single = children(
    main.replace('late(x, 0.5) + half(y)', 'x / (y + 1.5)').replace(/\(late.*1\)\)/, '(x - y)'),
    /becomes a function part$/,
  );
  for (const { text: child } of single) {
    const text = main.replace('late(x, 0.5) + half(y)', 'x / (y + 1.5)').replace(/\(late.*1\)\)/, '(x - y)');
    const body = functionOf(child, 'part').body.body[0].argument;
    const from = child.search(/\(?part\(/);
    const [call] = /^\(?part\([\w, ]*\)\)?/.exec(child.slice(from))!;
    const rest = child.slice(from + call.length, child.indexOf('\n\nfunction part'));
    const candidates = [call, call.slice(0, -1)].flatMap((each) => {
      const after = child.slice(from + each.length, child.indexOf('\n\nfunction part'));
      return text.trimEnd().endsWith(after) ? [text.slice(from, text.trimEnd().length - after.length)] : [];
    });
    assert.ok(candidates.length > 0, `${child}${rest}`);
    const same = candidates.some((old) => {
      try {
        return values(applyEdits(child, [{ start: body.start, end: body.end, text: old }])) === values(text);
      } catch {
        return false;
      }
    });
    assert.ok(same, child);
    assert.ok(read(child).functions.find((each) => each.name === 'part')!.node.params.length > 0);
  }
});

test('a second call has arguments that mean something where it goes, and never ends in recursion', () => {
  const text = helpers + main;
  for (const { text: child } of children(text, /a second time/))
    assert.doesNotThrow(() => values(child), child);
});
