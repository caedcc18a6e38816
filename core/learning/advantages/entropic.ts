/** How strongly the weights concentrate on the best rewards of a group. */
export interface Sharpness {
  /** KL divergence of the weights from uniform, in nats, above 0; from ln K on, for K rewards, only the best one counts. */
  readonly divergence: number;
  /** Upper bound of a weight (`entropic`) or an advantage (`leaveOneOut`), above 0. */
  readonly cap: number;
}

/**
 * Best-seeking advantages of finite rewards: A_i = min(w_i, cap) - 1/K with w = softmax(beta R), where beta is such that
 * KL(w || uniform) = divergence. Multiplied by the gradients of the log-probabilities they give the gradient of
 * log E exp(beta R) (Yuksekgonul 2026), minus the mean. The cap bounds the effect of one lucky sample. Scale and origin of
 * the rewards do not matter. All are 0 where all rewards are equal; they sum to 0 where no weight reaches the cap.
 */
export function entropic(rewards: readonly number[], { divergence, cap }: Sharpness): number[] {
  const powers = tilt(rewards, divergence);
  const sum = powers.reduce((total, each) => total + each, 0);
  if (flat(powers)) return rewards.map(() => 0);
  return powers.map((each) => Math.min(each / sum, cap) - 1 / powers.length);
}

/**
 * The estimator of TTT-Discover (Yuksekgonul 2026, divergence ln 2): A_i = e_i / mean_{j != i} e_j - 1 with
 * e = exp(beta R) and beta as above. In a small group the mean of the others is almost 0: with the 3 rewards 1, 0, 0 the
 * best has advantage 16.3, so there is a cap, which is ours. At least -1; all 0 where all rewards are equal.
 */
export function leaveOneOut(rewards: readonly number[], { divergence, cap }: Sharpness): number[] {
  const powers = tilt(rewards, divergence);
  if (flat(powers)) return rewards.map(() => 0);
  const sum = powers.reduce((total, each) => total + each, 0);
  return powers.map((own, i) => {
    // Subtracting the best reward's own term would lose the others to rounding.
    const others = own < 1 ? sum - own : powers.reduce((total, each, j) => total + (j === i ? 0 : each), 0);
    return Math.min((own * (powers.length - 1)) / others - 1, cap);
  });
}

function flat(powers: readonly number[]): boolean {
  return powers.every((each) => each === 1);
}

/** exp(beta (R - max R)) for the beta of this divergence: 1 for the best reward; all 1 where all are equal. */
function tilt(rewards: readonly number[], divergence: number): number[] {
  const most = rewards.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const least = rewards.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  // Halved, so that rewards at both ends of the number range do not overflow.
  const range = most / 2 - least / 2;
  if (!(range > 0)) return rewards.map(() => 1);
  const below = rewards.map((reward) => (reward / 2 - most / 2) / range);
  const best = below.filter((each) => each === 0).length;
  // At any divergence, equal best rewards share the weight equally.
  if (divergence >= Math.log(rewards.length / best)) return below.map((each) => (each === 0 ? 1 : 0));
  const at = (beta: number): number[] => below.map((each) => Math.exp(beta * each));
  let high = 1;
  while (divergenceOf(at(high)) < divergence && high < 1e300) high *= 2;
  let low = high === 1 ? 0 : high / 2;
  for (let i = 0; i < 60; i++) {
    const middle = low + (high - low) / 2;
    if (divergenceOf(at(middle)) < divergence) low = middle;
    else high = middle;
  }
  return at(high);
}

/** KL(w || uniform) in nats of the weights w that are proportional to `powers`. */
function divergenceOf(powers: readonly number[]): number {
  const sum = powers.reduce((total, each) => total + each, 0);
  let result = Math.log(powers.length / sum);
  for (const each of powers) if (each > 0) result += (each / sum) * Math.log(each);
  return result;
}
