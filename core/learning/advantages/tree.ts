/** A node of a tree of rollouts, with the edge that leads to it and its children. */
export interface Branch {
  /** Natural log-probability of the edge from its parent. */
  readonly logprob: number;
  readonly children: readonly Branch[];
  /** Set for leaves only. */
  readonly reward?: number;
}

/** A node with the advantage of the edge that leads to it. */
export interface Valued {
  readonly branch: Branch;
  readonly depth: number;
  /** The reward of a leaf, otherwise the mean of the children's values, weighted by their relative probability. */
  readonly value: number;
  /** (value - mean) / (deviation + 1e-8) among the nodes of its depth: the advantage of the edge that leads to it. */
  readonly advantage: number;
  /** Whether it counts in the loss. */
  readonly kept: boolean;
}

/** Nodes excluded from the loss, but not from means and deviations; none by default. */
export interface Pruning {
  /** Whether only the best and the worst child of a node count. */
  readonly width?: boolean;
  /** Depths that do not count, from 1 for the children of the root. */
  readonly depths?: readonly number[];
}

/**
 * Dense credit in a tree of rollouts with shared prefixes (BranchGRPO, Li 2025): the value of an inner node is
 * sum_c softmax(logprob_c) value(c), and edges are compared depth by depth. Returns the nodes in order of depth without the
 * root, to which no edge leads. `root` has at least one child, and every leaf a reward.
 */
export function treeAdvantages(root: Branch, { width = false, depths = [] }: Pruning = {}): Valued[] {
  const result: Valued[] = [];
  let level = [root];
  for (let depth = 1; level.length > 0; depth++) {
    const nodes = level.flatMap(({ children }) => {
      const values = children.map(nodeValue);
      const ends = [Math.max(...values), Math.min(...values)].map((each) => values.indexOf(each));
      return children.map((branch, i) => ({
        branch,
        value: values[i]!,
        kept: (!width || ends.includes(i)) && !depths.includes(depth),
      }));
    });
    const mean = nodes.reduce((sum, { value }) => sum + value, 0) / nodes.length;
    const deviation = Math.sqrt(
      nodes.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / nodes.length,
    );
    result.push(
      ...nodes.map((node) => ({ ...node, depth, advantage: (node.value - mean) / (deviation + 1e-8) })),
    );
    level = nodes.map(({ branch }) => branch);
  }
  return result;
}

function nodeValue({ children, reward = 0 }: Branch): number {
  if (children.length === 0) return reward;
  const most = Math.max(...children.map(({ logprob }) => logprob));
  const weights = children.map(({ logprob }) => Math.exp(logprob - most));
  const sum = weights.reduce((total, each) => total + each, 0);
  return children.reduce((total, child, i) => total + (weights[i]! / sum) * nodeValue(child), 0);
}
