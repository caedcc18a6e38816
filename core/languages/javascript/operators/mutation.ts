import { mainFile, sizeOf, withMain } from '../../../search/program.ts';
import type { Random } from '../../../search/random.ts';
import type { Operator, Proposal, Task } from '../../../search/roles.ts';
import { applyEdits, type Edit } from '../../../text/edit.ts';
import { sameOutside } from '../../../text/regions.ts';
import { analyse } from './analysis/analyse.ts';
import type { Analysis } from './analysis/types.ts';

/** Edits that make a child, and a line that says what they do; undefined when the draw found no change. */
export type Change = { readonly edits: readonly Edit[]; readonly note: string } | undefined;

/** One draw of a change. `donor` is the second parent, of an operator that takes two. */
export type Mutate = (parent: Analysis, random: Random, donor: Analysis, task: Task) => Change;

const attempts = 12;

/** An operator that changes the text of its first parent in one step, without a run. */
export function mutation(name: string, parents: 1 | 2, mutate: Mutate): Operator {
  return {
    name,
    parents,
    runs: { least: 0, most: 0 },
    // biome-ignore lint/correctness/useYield: it asks nothing of the world.
    *propose(task) {
      return change(task, mutate);
    },
  };
}

function change(task: Task, mutate: Mutate): Proposal {
  const { language, entry } = task.problem;
  const [first, second] = task.parents.map((each) => mainFile(each.source));
  const parent = analyse(first!.text, language, entry);
  const donor = analyse((second ?? first)!.text, language, entry);
  if (typeof parent === 'string') return { malformed: parent };
  if (typeof donor === 'string') return { malformed: donor };
  let why = 'found nothing to change';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const drawn = mutate(parent, task.random, donor, task);
    if (!drawn) continue;
    const text = applyEdits(parent.text, drawn.edits);
    if (text === parent.text) continue;
    const source = withMain(task.parents[0]!.source, text);
    const wrong =
      sizeOf(source) > task.maxProgramSize
        ? `longer than ${task.maxProgramSize} characters`
        : flaw(parent, text, task);
    if (!wrong) return { source, note: drawn.note };
    why = wrong;
  }
  return { malformed: why };
}

function flaw(parent: Analysis, text: string, task: Task): string | undefined {
  if (!sameOutside(parent.text, text, task.language)) return 'changes what is outside the marked regions';
  return task.language.syntaxError(text);
}
