import type { Loss, Sequence } from './objective.ts';

/** One of two answers to the same prompt, with its log-probabilities under the reference policy. */
export interface Answered extends Pick<Sequence, 'logprobs' | 'mask'> {
  readonly reference: readonly number[];
}

/** The regulariser: KL(policy || reference), the Jensen-Shannon divergence, or KL(reference || policy). */
type Divergence = 'reverse-kl' | 'js' | 'forward-kl';

/** The hyperparameters of DPO. */
export interface Preference {
  /** Strength of the regularisation, above 0. */
  readonly beta: number;
  readonly divergence?: Divergence;
  /** Weight of the chosen answer's own likelihood, at least 0 (Pang 2024). */
  readonly rpo?: number;
}

/** Beyond it exp overflows, so the forward divergence is treated as constant there. */
const most = 700;

/** h(u) and its slope, u = log policy - log reference of a whole answer (Wang 2023). */
const links: Record<Divergence, (u: number) => { h: number; slope: number }> = {
  'reverse-kl': (u) => ({ h: u, slope: 1 }),
  js: (u) => ({ h: -softplus(-u), slope: sigmoid(-u) }),
  'forward-kl': (u) =>
    u < -most ? { h: -Math.exp(most), slope: 0 } : { h: -Math.exp(-u), slope: Math.exp(-u) },
};

/**
 * Direct preference optimisation: L = mean over pairs of -log sigmoid(beta (h(u_w) - h(u_l))) - rpo / |y_w| log p(y_w),
 * w the chosen and l the rejected answer; h(u) = u (Rafailov 2023), log sigmoid(u) for `js`, -exp(-u) for `forward-kl`
 * (Wang 2023; what EvoTune uses, with beta 0.4: Surina 2025).
 */
export function dpo(
  pairs: readonly { readonly chosen: Answered; readonly rejected: Answered }[],
  { beta, divergence = 'reverse-kl', rpo = 0 }: Preference,
): Loss<{ chosen: number[][]; rejected: number[][] }> {
  const link = links[divergence];
  const share = 1 / Math.max(1, pairs.length);
  const result = { loss: 0, gradient: { chosen: [] as number[][], rejected: [] as number[][] } };
  for (const { chosen, rejected } of pairs) {
    const w = link(total(chosen, chosen.logprobs) - total(chosen, chosen.reference));
    const l = link(total(rejected, rejected.logprobs) - total(rejected, rejected.reference));
    const margin = beta * (w.h - l.h);
    const pull = -share * beta * sigmoid(-margin);
    const likelihood = rpo / Math.max(1, total(chosen, chosen.mask.map(Number)));
    result.loss += share * (softplus(-margin) - likelihood * total(chosen, chosen.logprobs));
    result.gradient.chosen.push(chosen.mask.map((own) => (own ? pull * w.slope - share * likelihood : 0)));
    result.gradient.rejected.push(rejected.mask.map((own) => (own ? -pull * l.slope : 0)));
  }
  return result;
}

/** Sum over the tokens that are not masked. */
function total({ mask }: Answered, values: readonly number[]): number {
  return values.reduce((sum, each, t) => (mask[t] ? sum + each : sum), 0);
}

function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** log(1 + e^x). */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
