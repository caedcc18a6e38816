import assert from 'node:assert/strict';
import { stripTypeScriptTypes } from 'node:module';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { move } from '../../../../../core/languages/javascript/operators/move.ts';
import { mainFile } from '../../../../../core/search/program.ts';
import { random } from '../../../../../core/search/random.ts';
import { taskOf } from '../../../prompts/task.ts';
import { elite, type Parent, parents } from './parents.ts';

function child(
  parent: Parent,
  text: string,
  ...key: (string | number)[]
): { text: string; note: string } | undefined {
  const { language, entry } = parent;
  const task = taskOf({
    problem: { name: 'p', brief: '', language, entry },
    parents: [elite({ ...parent, text })],
    maxProgramSize: 3000,
    random: random('move', ...key),
  });
  const { value: proposal } = move.propose(task).next();
  return proposal && 'source' in proposal
    ? { text: mainFile(proposal.source).text, note: proposal.note }
    : undefined;
}

function run(parent: Parent, text: string): string {
  const plain = (parent.language === 'typescript' ? stripTypeScriptTypes(text) : text).replace(
    /export (const|function)/g,
    '$1',
  );
  const script = `${plain}\n;JSON.stringify(${JSON.stringify(parent.inputs)}.map((x) => ${parent.entry}(...x)))`;
  // Only an endless loop takes this long, however busy the machine is.
  return runInNewContext(script, {}, { timeout: 30_000 });
}

/** The children of a program from a number of draws. */
function children(parent: Parent, draws: number): { text: string; note: string }[] {
  return Array.from({ length: draws }, (_, key) => child(parent, parent.text, key)).filter(
    (each) => each !== undefined,
  );
}

test('no name is read before it is declared and no loop runs on, whatever moves where, ten moves long', () => {
  const wrong: Record<string, number> = {};
  let made = 0;
  for (const [name, parent] of Object.entries(parents)) {
    for (let lineage = 0; lineage < 25; lineage++) {
      let { text } = parent;
      for (let step = 0; step < 10; step++) {
        const next = child(parent, text, name, lineage, step);
        if (!next) continue;
        made++;
        try {
          run(parent, next.text);
          text = next.text;
        } catch (error) {
          const kind = (error as { code?: string }).code ?? (error as Error).name;
          wrong[kind] = (wrong[kind] ?? 0) + 1;
          if (kind !== 'TypeError') assert.fail(`${next.note}\n${text}\n${next.text}\n${error}`);
        }
      }
    }
  }
  assert.ok(made > 1000, `${made} children`);
  // A grown expression may take a number for an array.
  assert.ok((wrong.TypeError ?? 0) < 0.01 * made, JSON.stringify(wrong));
});

const blocks: Parent = {
  language: 'javascript',
  entry: 'f',
  inputs: [
    [1, [3, 4]],
    [5, [0, 2, 9]],
  ],
  text: `export function f(x, v) {
  let sum = 0;
  const twice = () => later * 2;
  const later = x + 1;
  let k = 0;
  while (k < v.length) {
    k++;
    if (v[k - 1] > 3) continue;
    sum += v[k - 1];
  }
  if (sum > x) {
    sum *= 3;
  }
  for (const each of v) {
    sum += each;
  }
  v.push(sum);
  return sum + twice();
}
`,
};

test('statements trade places, go into blocks and out of them, and come twice', () => {
  const all = children(blocks, 800);
  const texts = all.map((each) => each.text);
  const some = (pattern: RegExp) =>
    assert.ok(
      texts.some((each) => pattern.test(each)),
      String(pattern),
    );
  some(/sum \*= 3;\s+}[\s\S]*while/);
  some(/while[^}]*sum \*= 3;/);
  some(/}\s+sum \*= 3;/);
  some(/if \(sum > x\) {\s+v\.push\(sum\);/);
  some(/sum \+= each;\s+sum \+= each;/);
  for (const { text, note } of all) {
    assert.match(text, /return sum \+ twice\(\);\n}\n$|return [^;]*;\n}\n$/, note);
    // What closes over a name may be called as soon as it is there, so that neither moves.
    if (!/later is replaced/.test(note)) assert.match(text, /twice = [\s\S]*later = [\s\S]*while/, note);
    assert.doesNotMatch(text, /if \(v\[k - 1\] > 3\) continue;\s+k\+\+/, note);
    assert.doesNotMatch(text, /for \(const each of v\) {[^}]*v\.push/, note);
    assert.doesNotMatch(text, /k\+\+;[^}]*k\+\+;/, note);
  }
});

const repeated: Parent = {
  language: 'javascript',
  entry: 'f',
  inputs: [
    [1, 2],
    [-3, 0.5],
  ],
  text: `export function f(x, y) {
  const gap = x - y * 2;
  let best = gap;
  if (Math.abs(x * y + 3) > 2) best += Math.abs(x * y + 3);
  x += 1;
  return best - gap * Math.abs(x * y + 3);
}
`,
};

test('an expression gets a name in the places where it is worth the same, and none where it is not', () => {
  let shared = 0;
  for (const { text, note } of children(repeated, 400)) {
    const made = /const t = (.*);\n/.exec(text);
    if (!made) continue;
    shared++;
    assert.match(note, /in 2 places becomes t$/);
    const restored = ['Math.abs(x * y + 3)', 'x * y + 3', 'x * y'].map((each) =>
      text.replace(`const t = ${made[1]};`, `const t = ${each};`),
    );
    assert.ok(
      restored.some((each) => run(repeated, each) === run(repeated, repeated.text)),
      text,
    );
  }
  assert.ok(shared > 20, `${shared} were shared`);
});

test('a name is replaced by its value only where nothing that the value depends on has changed', () => {
  for (const { note } of children(repeated, 400)) assert.doesNotMatch(note, /gap is replaced/);
  const still = { ...repeated, text: repeated.text.replace('  x += 1;\n', '') };
  const inlined = children(still, 400).filter(({ note }) =>
    /gap is replaced by x - y \* 2 in 2 places/.test(note),
  );
  assert.ok(inlined.length > 20, `${inlined.length} were inlined`);
  for (const { text } of inlined) {
    assert.doesNotMatch(text, /\bgap\b/);
    const [, first] = /let best = (.*);/.exec(text)!;
    const [, second] = /return best - (.*) \* Math\.abs\(x/.exec(text)!;
    const same = text.replace(`= ${first}`, '= x - y * 2').replace(`best - ${second}`, 'best - (x - y * 2)');
    assert.equal(run(still, same), run(still, still.text), text);
  }
});
