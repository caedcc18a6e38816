/** A law of physics with the ranges that its variables are drawn from, uniformly (Udrescu 2020). */
export interface Law {
  /** Lower case, digits and hyphens. */
  readonly id: string;
  /** Number of the equation in the Feynman lectures, as the database has it. */
  readonly equation: string;
  readonly variables: readonly Variable[];
  readonly formula: string;
  value(...x: number[]): number;
}

interface Variable {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** Variables from one range, by name. */
const from = (low: number, high: number, names: string): Variable[] =>
  names.split(' ').map((name) => ({ name, low, high }));

/** Ten of the Feynman equations, roughly from easy to hard. */
export const laws: readonly Law[] = [
  {
    id: 'centre-of-mass',
    equation: 'I.18.4',
    variables: from(1, 5, 'm1 m2 r1 r2'),
    formula: '(m1 r1 + m2 r2) / (m1 + m2)',
    value: (m1, m2, r1, r2) => (m1! * r1! + m2! * r2!) / (m1! + m2!),
  },
  {
    id: 'lens',
    equation: 'I.27.6',
    variables: from(1, 5, 'd1 d2 n'),
    formula: '1 / (1/d1 + n/d2)',
    value: (d1, d2, n) => 1 / (1 / d1! + n! / d2!),
  },
  {
    id: 'velocity-addition',
    equation: 'I.16.6',
    variables: from(1, 5, 'u v c'),
    formula: '(u + v) / (1 + u v / c^2)',
    value: (u, v, c) => (u! + v!) / (1 + (u! * v!) / (c! * c!)),
  },
  {
    id: 'distance',
    equation: 'I.8.14',
    variables: from(1, 5, 'x1 x2 y1 y2'),
    formula: 'sqrt((x2 - x1)^2 + (y2 - y1)^2)',
    value: (x1, x2, y1, y2) => Math.sqrt((x2! - x1!) ** 2 + (y2! - y1!) ** 2),
  },
  {
    id: 'relativistic-mass',
    equation: 'I.10.7',
    variables: [...from(1, 5, 'm0'), ...from(1, 2, 'v'), ...from(3, 10, 'c')],
    formula: 'm0 / sqrt(1 - v^2 / c^2)',
    value: (m0, v, c) => m0! / Math.sqrt(1 - (v! * v!) / (c! * c!)),
  },
  {
    id: 'lorentz-force',
    equation: 'I.12.11',
    variables: from(1, 5, 'q E B v theta'),
    formula: 'q (E + B v sin(theta))',
    value: (q, E, B, v, theta) => q! * (E! + B! * v! * Math.sin(theta!)),
  },
  {
    id: 'isothermal-work',
    equation: 'I.44.4',
    variables: from(1, 5, 'n k T V1 V2'),
    formula: 'n k T ln(V2 / V1)',
    value: (n, k, T, V1, V2) => n! * k! * T! * Math.log(V2! / V1!),
  },
  {
    id: 'interference',
    equation: 'I.29.16',
    variables: from(1, 5, 'x1 x2 theta1 theta2'),
    formula: 'sqrt(x1^2 + x2^2 - 2 x1 x2 cos(theta1 - theta2))',
    value: (x1, x2, theta1, theta2) =>
      Math.sqrt(x1! ** 2 + x2! ** 2 - 2 * x1! * x2! * Math.cos(theta1! - theta2!)),
  },
  {
    id: 'gaussian',
    equation: 'I.6.2',
    variables: from(1, 3, 'sigma theta'),
    formula: 'exp(-(theta / sigma)^2 / 2) / (sqrt(2 pi) sigma)',
    value: (sigma, theta) => Math.exp(-((theta! / sigma!) ** 2) / 2) / (Math.sqrt(2 * Math.PI) * sigma!),
  },
  {
    id: 'anharmonic-oscillator',
    equation: 'I.50.26',
    variables: from(1, 3, 'x1 omega t alpha'),
    formula: 'x1 (cos(omega t) + alpha cos(omega t)^2)',
    value: (x1, omega, t, alpha) => x1! * (Math.cos(omega! * t!) + alpha! * Math.cos(omega! * t!) ** 2),
  },
];
