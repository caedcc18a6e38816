import { defineLanguage } from '../define.ts';
import type { LanguagePlugin } from '../plugin.ts';
import { canonical } from './canonical.ts';
import { comments } from './comments.ts';
import { importing, outlineOf, usedIn } from './declarations.ts';
import { highlight } from './highlight.ts';
import { sketch } from './normal/sketch.ts';
import { builtin } from './operators/builtin.ts';
import { type Dialect, syntaxError } from './parse.ts';
import { grammarFor } from './policy/grammar-for.ts';
import { learned } from './policy/operator.ts';
import { placesOf } from './script/load.ts';
import { Refused, unitOf } from './script/module-unit.ts';

/** What `atoll/toolbox` exports (evaluators/javascript/toolbox). */
const toolbox =
  'anneal, augmented, eigen, lbfgs, cholesky, leastSquares, solve, random, add, axpy, distance, dot, norm, scale, subtract';

/** JavaScript or TypeScript, which share all but their types. */
export function dialect(
  name: Dialect,
  own: Pick<LanguagePlugin, 'title' | 'extensions' | 'fences' | 'template'>,
): LanguagePlugin {
  return defineLanguage({
    name,
    ...own,
    comments,
    seedFile: /^seed.*(?<!\.d)\.[jt]s$/,
    isCode: (path) => /\.[cm]?[jt]s$/.test(path),
    // A single word would parse as a module too.
    codeLine:
      /^[ \t]*(?:export|async|function|class|const|let|var|interface|type|enum|abstract)[ \t]+[\w${[]/m,
    syntaxError: (text) => syntaxError(text, name),
    canonical: (source) => canonical(source, name),
    sketch: (source) => sketch(source, name),
    harnessError: (harness) =>
      typeof harness === 'function' ? undefined : `a ${typeof harness}, which is no function`,
    highlight,
    branches: (text) => text.match(/\b(?:if|for|while|case)\b|\?/g)?.length ?? 0,
    imports: (path, text) =>
      specifiersIn(path, text, name)
        .map((specifier) => ({ specifier, paths: placesOf(specifier, path, name) ?? [] }))
        .filter(({ paths }) => paths.length > 0),
    prompt: {
      program: (path, entry) =>
        `a ${own.title} module (${path}) that exports \`${entry}\`. Keep the signature of \`${entry}\``,
      imports: `the module \`atoll/toolbox\` (${toolbox}), and no other`,
      example: {
        note: 'break ties by the smaller index, so that equal items keep their order',
        before: '  return a.value - b.value;',
        after: '  return a.value - b.value || a.index - b.index;',
      },
    },
    parts: {
      outline: (text) => outlineOf(text, name),
      uses: usedIn,
      importing,
      kinds: 'top-level functions, classes and variables',
      example: 'function compare(a, b) {\n  return a.value - b.value || a.index - b.index;\n}',
    },
    // The searches that were measured did better without them (docs/baselines.md).
    disabled: ['move', 'specialise', 'exchange'],
    builtin: ({ tuneEvaluations, without, comparable }) => builtin(tuneEvaluations, without, comparable),
    policy: { grammar: grammarFor, operator: learned },
  });
}

/** The specifiers that a file imports; none when a sandbox would refuse the file, which then says why. */
function specifiersIn(path: string, text: string, name: Dialect): string[] {
  if (/\.json$/.test(path)) return [];
  try {
    return unitOf(text, name).requests.map((each) => each.specifier);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
}
