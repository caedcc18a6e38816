import { laws } from './laws.ts';
import { regression, seedFor } from './regression.ts';

/** The law that the plain name stands for: three variables, rational, neither the easiest nor the hardest. */
const chosen = laws.find(({ id }) => id === 'velocity-addition')!;

/** Relativistic addition of velocities, to be found from its values (Udrescu 2020, I.16.6). */
export default regression(chosen, 'symbolic-regression');

/** All ten laws, each a problem with its seed: `symbolic-regression-<law>`. */
export const variants = laws.map((law) => ({ ...regression(law), seeds: [{ 'seed.js': seedFor(law) }] }));
