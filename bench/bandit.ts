import { thompson, ucb, uniform } from '../islands/selection/bandit.ts';
import { average, scenarios } from '../test/support/bandit-scenarios.ts';

/** Prints, for each scenario and policy, the share of trials of each arm and the share of the possible gain. */
function main(): void {
  const price = { per: 'dollar', thrift: 0.5 } as const;
  const policies = { 'ucb 0.5': ucb(0.5, price), thompson: thompson(price), uniform: uniform() };
  for (const scenario of Object.values(scenarios)) {
    console.log(`\n${scenario.name} (${scenario.trials} trials, 8 in flight, 50 seeds)`);
    for (const [name, bandit] of Object.entries(policies)) {
      const { shares, earned } = average(bandit, scenario, 50);
      const list = shares.map((share) => `${(100 * share).toFixed(0)}%`).join(' ');
      console.log(`  ${name.padEnd(9)} earned ${(100 * earned).toFixed(0).padStart(3)}%  shares ${list}`);
    }
  }
}

if (import.meta.main) main();
