/** How sharply the best of a group are sought. */
export interface Sharpness {
  /** Nats that the weights lie from equal ones, above 0; from ln K on, of K rewards, only the best counts. */
  readonly divergence: number;
  /** Most that a weight (`entropic`) or an advantage (`leaveOneOut`) may be, above 0. */
  readonly cap: number;
}

/**
 * Best-seeking advantages of finite rewards: A_i = min(w_i, cap) - 1/K with w = softmax(beta R), where beta is such that
 * KL(w || uniform) = divergence. With log-probabilities it makes the gradient of log E exp(beta R) (Yuksekgonul
 * 2026), less the mean. One lucky sample moves a policy by no more than the cap. The scale and the origin of rewards do
 * not matter. All zero where all rewards are equal; they add up to zero where the cap holds nothing back.
 */
export function entropic(rewards: readonly number[], { divergence, cap }: Sharpness): number[] {
  const powers = tilt(rewards, divergence);
  const sum = powers.reduce((total, each) => total + each, 0);
  if (flat(powers)) return rewards.map(() => 0);
  return powers.map((each) => Math.min(each / sum, cap) - 1 / powers.length);
}

/**
 * The estimator of TTT-Discover (Yuksekgonul 2026, divergence ln 2): A_i = e_i / mean_{j != i} e_j - 1 with
 * e = exp(beta R) and beta as above. In a small group the best stands against next to nothing: with 3 rewards 1, 0, 0
 * its advantage is 16.3, so there is a cap, which is ours. At least -1; all zero where all rewards are equal.
 */
export function leaveOneOut(rewards: readonly number[], { divergence, cap }: Sharpness): number[] {
  const powers = tilt(rewards, divergence);
  if (flat(powers)) return rewards.map(() => 0);
  const sum = powers.reduce((total, each) => total + each, 0);
  return powers.map((own, i) => {
    // The best one's own share would drown the others in rounding.
    const others = own < 1 ? sum - own : powers.reduce((total, each, j) => total + (j === i ? 0 : each), 0);
    return Math.min((own * (powers.length - 1)) / others - 1, cap);
  });
}

function flat(powers: readonly number[]): boolean {
  return powers.every((each) => each === 1);
}

/** exp(beta (R - max R)) for the beta of that divergence: 1 for the best. All 1 where all are equal. */
function tilt(rewards: readonly number[], divergence: number): number[] {
  const most = rewards.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const least = rewards.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  // Halves, so that rewards at both ends of the number range do not overflow.
  const range = most / 2 - least / 2;
  if (!(range > 0)) return rewards.map(() => 1);
  const below = rewards.map((reward) => (reward / 2 - most / 2) / range);
  const best = below.filter((each) => each === 0).length;
  // However sharp, those that share the best reward share the weight.
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
