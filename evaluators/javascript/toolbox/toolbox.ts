/** What programs may import as `atoll/toolbox`: docs/toolbox.md. */
export { type Annealing, anneal } from './anneal.ts';
export { augmented, type Constrained, type Pressure, type Settled } from './augmented.ts';
export { type Eigen, eigen } from './eigen.ts';
export { type Descent, lbfgs, type Minimum } from './lbfgs.ts';
export type { Smooth } from './line.ts';
export { cholesky, leastSquares, type Matrix, solve } from './linear.ts';
export { type Random, random } from './random.ts';
export { add, axpy, distance, dot, norm, scale, subtract, type Vector } from './vectors.ts';
