import assert from 'node:assert/strict';
import { stripTypeScriptTypes } from 'node:module';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { javascript } from '../../../../../core/languages/javascript/javascript.ts';
import { builtin } from '../../../../../core/languages/javascript/operators/builtin.ts';
import { parse } from '../../../../../core/languages/javascript/parse.ts';
import { type Elite, mainFile } from '../../../../../core/search/program.ts';
import { random } from '../../../../../core/search/random.ts';
import type { Operator, Proposal } from '../../../../../core/search/roles.ts';
import { sameOutside } from '../../../../../core/text/regions.ts';
import { drill } from '../../../../support/drill.ts';
import { taskOf } from '../../../prompts/task.ts';
import { elite, type Parent, parents } from './parents.ts';

const operators = builtin(0);
const lineages = drill(12, 40);
const depth = 12;

function child(
  operator: Operator,
  parent: Parent,
  from: readonly Elite[],
  ...key: (string | number)[]
): Proposal {
  const task = taskOf({
    problem: { name: 'p', brief: '', language: parent.language, entry: parent.entry },
    parents: from.slice(0, operator.parents),
    maxProgramSize: 5000,
    random: random(...key),
  });
  const result = operator.propose(task).next();
  assert.ok(result.done, 'a mutation runs nothing');
  return result.value;
}

/** The name of what a program throws on the parent's inputs; `timeout`, or undefined when it ends well. */
function thrown(text: string, parent: Parent): string | undefined {
  const plain = parent.language === 'typescript' ? stripTypeScriptTypes(text) : text;
  const script = `${plain.replace(/export (const|function)/g, '$1')}\n;${JSON.stringify(parent.inputs)}.map((x) => ${parent.entry}(...x))`;
  for (let timeout = 200; ; timeout *= 4) {
    const before = process.threadCpuUsage().user;
    try {
      runInNewContext(script, {}, { timeout });
      return undefined;
    } catch (error) {
      if (!(error as { code?: string }).code) return (error as Error).name;
      // On a busy machine the timeout may pass with little of it spent on the program: it then gets more.
      if (process.threadCpuUsage().user - before > 100_000) return 'timeout';
    }
  }
}

/** Children of children, `visit` with each; a lineage goes on from a child that runs. */
function breed(
  name: string,
  parent: Parent,
  visit: (before: string, after: Proposal, operator: Operator) => boolean,
): void {
  for (let lineage = 0; lineage < lineages; lineage++) {
    let last = elite(parent);
    let donor = last;
    for (let step = 0; step < depth; step++) {
      const operator = random('which', name, lineage, step).pick(operators);
      const proposal = child(operator, parent, [last, donor], name, lineage, step);
      if (!visit(mainFile(last.source).text, proposal, operator) || 'malformed' in proposal) continue;
      donor = last;
      last = { ...last, source: proposal.source };
    }
  }
}

test('a child parses, differs from its parent, stays within the size and changes nothing outside the regions', () => {
  for (const [name, parent] of Object.entries(parents)) {
    breed(name, parent, (before, proposal, operator) => {
      if ('malformed' in proposal) return false;
      const after = mainFile(proposal.source).text;
      const what = `${name}, ${proposal.note}\n${after}`;
      assert.ok(proposal.note.startsWith(`${operator.name}: `) && !/[\r\n]/.test(proposal.note), what);
      assert.notEqual(after, before);
      assert.ok(after.length <= 5000, what);
      assert.ok('program' in parse(after, parent.language), what);
      assert.ok(sameOutside(before, after, javascript), what);
      if (name === 'windows') assert.ok(!/[^\r]\n/.test(after), what);
      return true;
    });
  }
});

test('hardly a child uses a name that means nothing, or a value as what it is not, or never ends', (t) => {
  const all: Record<string, number> = {};
  let children = 0;
  for (const [name, parent] of Object.entries(parents)) {
    const bad: Record<string, number> = {};
    let here = 0;
    breed(name, parent, (_, proposal) => {
      if ('malformed' in proposal) return false;
      here++;
      const kind = thrown(mainFile(proposal.source).text, parent);
      if (kind) bad[kind] = (bad[kind] ?? 0) + 1;
      return kind === undefined;
    });
    children += here;
    for (const [kind, count] of Object.entries(bad)) all[kind] = (all[kind] ?? 0) + count;
    const share = ((bad.ReferenceError ?? 0) + (bad.TypeError ?? 0)) / here;
    // A parameter of which nothing is known may be taken for an array by one child and summed up by the next.
    assert.ok(share < 0.03, `${name}: ${JSON.stringify(bad)} of ${here}`);
  }
  t.diagnostic(`${children} children, of which threw: ${JSON.stringify(all)}`);
  assert.equal(all.SyntaxError, undefined);
  assert.ok((all.timeout ?? 0) / children < 0.003, JSON.stringify(all));
});

test('the same task gives the same child, whatever was asked before', () => {
  const parent = parents.rules!;
  for (const operator of operators) {
    const from = [elite(parent), elite(parents.binPacking!)];
    const first = child(operator, parent, from, 'same');
    child(operator, parents.tsp!, [elite(parents.tsp!), elite(parent)], 'other');
    assert.deepEqual(child(operator, parent, from, 'same'), first);
  }
});

test('comments and layout around a change survive', () => {
  const parent = parents.rules!;
  for (let key = 0; key < 200; key++) {
    const proposal = child(
      operators.find((each) => each.name === 'constants')!,
      parent,
      [elite(parent)],
      key,
    );
    assert.ok('source' in proposal);
    const strip = (text: string) => text.replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/g, '#').replace(/\(#\)/g, '#');
    assert.equal(strip(mainFile(proposal.source).text), strip(parent.text));
  }
});

test('a program that does not parse, or leaves no room, is malformed and not an exception', () => {
  const broken = { ...parents.binPacking!, text: 'export function priority( {' };
  for (const operator of operators) {
    assert.ok('malformed' in child(operator, broken, [elite(broken), elite(broken)], 1));
  }
});

test('every operator finds children that no other draw found, from the smallest seeds', () => {
  for (const name of ['binPacking', 'capSetSeed']) {
    const parent = parents[name]!;
    const children = new Set<string>();
    for (let key = 0; key < 400; key++) {
      const proposal = child(operators[2 + (key % 2)]!, parent, [elite(parent)], name, key);
      if ('source' in proposal) children.add(mainFile(proposal.source).text);
    }
    assert.ok(children.size > 150, `${name}: ${children.size} different children of 400`);
  }
});
