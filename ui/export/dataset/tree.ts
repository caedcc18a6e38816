import { isSeed } from './cut.ts';
import type { Example, Kind, RenderedTrial } from './kind.ts';
import { publicArm } from './private.ts';

/**
 * Lineages with rewards: a program, and all that was made of it and of that, each as the edit that makes it out of its
 * first parent. What tree rollouts with advantages by depth are computed from (BranchGRPO, Li 2025).
 */
export const tree: Kind = {
  name: 'tree',
  what: 'lineages: a program and its descendants, as edits with rewards',
  takes: 'have a program that was evaluated',
  compares: false,
  accepts: ({ source, outcome, verdict }) =>
    source !== undefined && outcome !== undefined && verdict !== 'duplicate',
  plans: (marks, { into }) =>
    into
      .keep(
        marks,
        'unstated',
        'trials',
        'a change that no edit states exactly',
        ({ keys }) => keys.standing !== undefined,
      )
      // A limit takes the latest: without its ancestors a program would stand alone.
      .map((mark) => ({ marks: [mark], told: 'standing', worth: -mark.at })),
  rows: (_, told) => treesOf(told),
};

/** The trees that some trials make up, in the order of their roots. */
export function treesOf(told: readonly RenderedTrial[]): Example[] {
  const ids = new Set(told.map(({ mark }) => mark.id));
  const trees = new Map<string, RenderedTrial[]>();
  const rootOf = new Map<string, string>();
  for (const each of told) {
    const [parent] = each.mark.parents as [string];
    const root = ids.has(parent) ? rootOf.get(parent)! : parent;
    rootOf.set(each.mark.id, root);
    const nodes = trees.get(root);
    if (nodes) nodes.push(each);
    else trees.set(root, [each]);
  }
  return Array.from(trees, ([id, nodes]) => treeOf(id, nodes));
}

function treeOf(id: string, nodes: readonly RenderedTrial[]): Example {
  const { account } = nodes[0]!;
  const { origin, parents } = account;
  const root = parents[0]!;
  const depths = new Map([[id, 0]]);
  const list = nodes.map(({ mark, account, views }) => {
    const { form, completion } = views.standing!;
    const depth = depths.get(mark.parents[0]!)! + 1;
    depths.set(mark.id, depth);
    const {
      id,
      parents: [parent, ...others],
      rung,
      reward,
      score,
    } = mark;
    return {
      id,
      parent,
      others,
      depth,
      arm: publicArm(account.arm),
      form,
      completion,
      rung,
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
  return { row, proof: { form: 'diff', base: root.source, answers: [] } };
}
