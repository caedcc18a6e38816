import { isSeed } from './cut.ts';
import type { Example, Kind, RenderedTrial } from './kind.ts';
import { publicArm } from './private.ts';

/**
 * Lineages with rewards: a program and its descendants, each as an edit of its first parent. Input for tree rollouts with
 * advantages by depth (BranchGRPO, Li 2025).
 */
export const tree: Kind = {
  name: 'tree',
  what: 'lineages: a program and its descendants, as edits with rewards',
  takes: 'have a program that was evaluated',
  compares: false,
  accepts: ({ source, outcome, verdict }) =>
    source !== undefined && outcome !== undefined && verdict !== 'duplicate',
  plans: (summaries, { into }) =>
    into
      .keep(
        summaries,
        'unstated',
        'trials',
        'a change that no edit states exactly',
        ({ keys }) => keys.synthetic !== undefined,
      )
      // A limit removes the latest trials, since a program needs its ancestors.
      .map((summary) => ({ summaries: [summary], textKind: 'synthetic', priority: -summary.at })),
  rows: (_, rendered) => treesOf(rendered),
};

/** The trees of some trials, in the order of their roots. */
export function treesOf(rendered: readonly RenderedTrial[]): Example[] {
  const ids = new Set(rendered.map(({ summary }) => summary.id));
  const trees = new Map<string, RenderedTrial[]>();
  const rootOf = new Map<string, string>();
  for (const each of rendered) {
    const [parent] = each.summary.parents as [string];
    const root = ids.has(parent) ? rootOf.get(parent)! : parent;
    rootOf.set(each.summary.id, root);
    const nodes = trees.get(root);
    if (nodes) nodes.push(each);
    else trees.set(root, [each]);
  }
  return Array.from(trees, ([id, nodes]) => treeOf(id, nodes));
}

function treeOf(id: string, nodes: readonly RenderedTrial[]): Example {
  const { record } = nodes[0]!;
  const { origin, parents } = record;
  const root = parents[0]!;
  const depths = new Map([[id, 0]]);
  const list = nodes.map(({ summary, record, views }) => {
    const { form, completion } = views.synthetic!;
    const depth = depths.get(summary.parents[0]!)! + 1;
    depths.set(summary.id, depth);
    const {
      id,
      parents: [parent, ...others],
      tier,
      reward,
      score,
    } = summary;
    return {
      id,
      parent,
      others,
      depth,
      arm: publicArm(record.arm),
      form,
      completion,
      rung: tier,
      reward,
      score: score ?? null,
    };
  });
  const row = {
    problem: origin.problem.name,
    problem_hash: origin.hash,
    root: { id, seed: isSeed(id), score: root.outcome.score, files: JSON.stringify(root.source) },
    nodes: list,
  };
  return { row, provenance: { form: 'diff', base: root.source, answers: [] } };
}
