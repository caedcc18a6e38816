import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LanguagePlugin } from '../../core/languages/plugin.ts';
import { languageNamed, languageOfFile } from '../../core/languages/registry.ts';
import { bareTask } from '../../core/prompts/bare.ts';
import { asking } from '../../core/prompts/operators.ts';
import { seedArm } from '../../core/search/arm.ts';
import type { Elite } from '../../core/search/program.ts';
import { random } from '../../core/search/random.ts';
import { applyReply, type Form } from '../../core/text/patch/patch.ts';
import { decode, similarity } from '../../core/text/sketch.ts';
import { taskOf } from '../core/prompts/task.ts';

/** Programs of a language, each the text of one file without markers. */
export interface LanguageSamples {
  /** The exported function that `programs` have, if the language has such. */
  readonly entry: string;
  /** Two or more programs of several lines that do different things, and have entries of one name. */
  readonly programs: readonly [string, string, ...string[]];
  /** Texts that say the same as `programs[0]`, in another layout or with other comments. */
  readonly same: readonly string[];
  /** Texts that do not parse. */
  readonly broken: readonly string[];
  /** One harness in the language, and values that are none. */
  readonly harness: { readonly good: unknown; readonly bad: readonly unknown[] };
}

/** What every language keeps to; it is registered already. */
export function languageContract(language: LanguagePlugin, samples: LanguageSamples): void {
  const { name, title, fences, comments, extensions, parts } = language;
  const { programs, entry } = samples;
  const path = `program${extensions[0]}`;
  const hashOf = (text: string): string => {
    const form = language.canonical({ [path]: text });
    return 'hash' in form ? form.hash : assert.fail(form.error);
  };
  const [first, second] = programs;
  const eliteOf = (text: string): Elite => ({
    id: 'seed-1',
    source: { [path]: text },
    outcome: {
      status: 'scored',
      score: 1,
      measures: {},
      verdicts: [{ case: 'only', score: 1 }],
      feedback: '',
    },
    parents: [],
    arm: seedArm,
    size: text.length,
  });
  const apply = (form: Form, reply: string, parent = first) =>
    applyReply(form, { [path]: parent }, reply, language, false);
  const made = (form: Form, reply: string, parent = first): string => {
    const child = apply(form, reply, parent);
    return 'source' in child ? child.source[path]! : assert.fail(child.malformed);
  };

  test(`${name} is found by its name and by the endings of its files`, () => {
    assert.equal(languageNamed(name), language);
    for (const ending of extensions) assert.equal(languageOfFile(`a/b${ending}`), language);
    assert.match(`seed${extensions[0]}`, language.seedFile);
    assert.ok(language.isCode(path));
  });

  test(`${name}: what parses has no error, what does not has one in words`, () => {
    for (const text of [...programs, ...samples.same])
      assert.equal(language.syntaxError(text), undefined, text);
    for (const text of samples.broken) assert.match(language.syntaxError(text)!, /\w/, text);
  });

  test(`${name}: programs that say the same have one canonical form, others have not`, () => {
    for (const text of samples.same) assert.equal(hashOf(text), hashOf(first), text);
    assert.equal(new Set(programs.map(hashOf)).size, programs.length);
    const data = (text: string) => language.canonical({ [path]: first, 'data.txt': text });
    assert.notDeepEqual(data('a'), data('b'), 'a file of data counts');
    for (const text of samples.broken) {
      const form = language.canonical({ [path]: text });
      assert.ok('error' in form && form.error.startsWith(`${path}: `), text);
    }
  });

  test(`${name}: a sketch finds what says the same, and is less like what does not`, () => {
    const sketch = (text: string) => decode(language.sketch({ [path]: text })!);
    for (const text of samples.same) assert.equal(similarity(sketch(text), sketch(first)), 1, text);
    assert.ok(similarity(sketch(first), sketch(second)) < 1);
    for (const text of samples.broken) assert.equal(language.sketch({ [path]: text }), undefined, text);
  });

  test(`${name}: no text makes it throw, and display leaves out and adds nothing`, () => {
    const pieces = [...first, ...comments, '\n', '"', "'", '`', '${', '}', '(', '0x', '\\', 'é'];
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...pieces)).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        language.syntaxError(any);
        language.canonical({ [path]: any });
        language.sketch({ [path]: any });
        assert.equal(
          language
            .highlight(any)
            .map((token) => token.text)
            .join(''),
          any,
        );
      }),
    );
  });

  for (const comment of comments) {
    const marked = (inside: string, outside = first) =>
      `${outside}\n${comment} EVOLVE-BLOCK-START\n${inside}\n${comment} EVOLVE-BLOCK-END\n`;
    test(`${name}: only what stands between markers after ${comment} may change`, () => {
      const keeps = (before: string, after: string) =>
        language.keepsFixed({ [path]: before }, { [path]: after });
      assert.equal(keeps(marked('a'), marked('b')), true);
      assert.match(String(keeps(marked('a'), marked('a', second))), /outside the marked regions/);
      assert.equal(keeps(first, second), true);
    });
  }

  test(`${name}: a whole answer counts in a fence with each of its tags or none, and not in one of another language`, () => {
    const foreign = ['python', 'js', 'cpp', 'bash', 'json'].filter((tag) => !fences.includes(tag));
    for (const tag of ['', ...fences, fences[0]!.toUpperCase()]) {
      const others = foreign.map((each) => `\`\`\`${each}\n${first.trim()} \n\`\`\``).join('\n\n');
      const reply = `NOTE: better\n\n${others}\n\n\`\`\`${tag}\n${second.trim()}\n\`\`\`\n\n${others}`;
      assert.equal(made('whole', reply).trim(), second.trim(), tag);
    }
    for (const tag of foreign)
      assert.ok('malformed' in apply('whole', `\`\`\`${tag}\n${second}\n\`\`\``), tag);
    for (const text of samples.broken) {
      assert.ok('malformed' in apply('whole', `\`\`\`${fences[0]}\n${text}\n\`\`\``), text);
    }
  });

  test(`${name}: a comment that stands for code left out is refused`, () => {
    const left = `${comments[0]} ... the rest as before ...`;
    assert.match(JSON.stringify(apply('whole', `\`\`\`\n${second}\n${left}\n\`\`\``)), /abbreviates code/);
  });

  test(`${name}: a SEARCH/REPLACE block changes the lines that it names`, () => {
    const [line] = first.trim().split('\n') as [string];
    const reply = `<<<<<<< SEARCH\n${line}\n=======\n${comments[0]} why\n${line}\n>>>>>>> REPLACE\n`;
    assert.equal(made('diff', reply), first.replace(line, `${comments[0]} why\n${line}`));
  });

  test(`${name}: single declarations are ${parts ? 'replaced by name' : 'refused, and the reason names the language'}`, () => {
    const reply = `\`\`\`${fences[0]}\n${second}\n\`\`\``;
    if (parts) assert.equal(hashOf(made('part', reply)), hashOf(second));
    else
      assert.match(JSON.stringify(apply('part', reply)), new RegExp(`declarations of ${title} are not read`));
  });

  test(`${name}: prompts name it, its entry and its file, and show programs in its fence`, () => {
    const problem = { name: 'p', brief: 'b', language: name, entry };
    for (const way of parts ? ['diff', 'whole', 'part'] : ['diff', 'whole']) {
      const [operator] = asking('any', [way]);
      const { value } = operator!.propose(bareTask(problem, language, [eliteOf(first)])).next();
      assert.ok('ask' in value);
      const text = value.ask.map((message) => message.text).join('\n');
      assert.ok(text.includes(`The program is ${language.prompt.program(path, entry)}.`), text);
      for (const part of [title, path, entry]) assert.ok(language.prompt.program(path, entry).includes(part));
      assert.ok(text.includes(`\`\`\`${fences[0]}\n${first.trim()}\n\`\`\``), text);
      assert.doesNotMatch(text, /undefined/);
    }
  });

  test(`${name}: a harness is in the language, and anything else is refused in words`, () => {
    assert.equal(language.harnessError(samples.harness.good), undefined);
    for (const bad of samples.harness.bad) assert.match(language.harnessError(bad)!, /\w/);
  });

  test(`${name}: what \`atoll new\` writes parses, if it has a template`, () => {
    if (!language.template) return;
    assert.equal(language.syntaxError(language.template.seed), undefined);
    assert.ok(language.template.harness.trim());
  });

  test(`${name}: children of operators without a model parse, if it has such operators`, () => {
    const operators = language.builtin?.({ tuneEvaluations: 0, without: [], comparable: false }) ?? [];
    const parents = [eliteOf(first), eliteOf(second)];
    let children = 0;
    for (const operator of operators) {
      for (let i = 0; i < 10; i++) {
        const problem = { name: 'p', brief: 'b', language: name, entry };
        const task = taskOf({
          parents: parents.slice(0, operator.parents),
          language,
          problem,
          random: random(operator.name, i),
        });
        const { value, done } = operator.propose(task).next();
        if (!done || !('source' in value)) continue;
        children += 1;
        assert.equal(language.syntaxError(value.source[path]!), undefined, value.source[path]);
        assert.equal(language.keepsFixed(parents[0]!.source, value.source), true);
      }
    }
    assert.ok(operators.length === 0 || children > 0);
  });
}
