/** The types of expressions that the grammar distinguishes. */
export type Kind = 'number' | 'boolean';

/** One production: an operator, a function, a name or a number. */
export interface Production {
  /** Unique in its grammar, such as `+`, `Math.sqrt` or `name dCur`. */
  readonly name: string;
  readonly kind: Kind;
  /** Types of its operands, left to right; empty for a leaf. */
  readonly below: readonly Kind[];
  /** Its prior weight; leaves are weighted among leaves, operators among operators. */
  readonly share: number;
  /** Required context: `old` a replaced expression, `numeral` a replaced number, `body` an enclosing sum over an array. */
  readonly only?: 'old' | 'numeral' | 'body';
  /** The kind of constant that it samples. */
  readonly draws?: 'fresh' | 'moved';
}

/** All productions of a problem, numbered; journaled actions are these numbers, so the order never changes. */
export interface Grammar {
  readonly productions: readonly Production[];
  /** Numbers of productions by name. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Names in a problem's seeds, by type. */
export interface Names {
  readonly numbers: readonly string[];
  readonly booleans: readonly string[];
  readonly arrays: readonly string[];
}

const n = 'number';
const b = 'boolean';

const operators: readonly Production[] = [
  ...['+', '-', '*', '/'].map((name): Production => ({ name, kind: n, below: [n, n], share: 3 })),
  ...['Math.min', 'Math.max'].map((name): Production => ({ name, kind: n, below: [n, n], share: 0.6 })),
  { name: 'negative', kind: n, below: [n], share: 0.4 },
  { name: 'square', kind: n, below: [n], share: 1 },
  { name: 'cube', kind: n, below: [n], share: 0.3 },
  ...['sqrt', 'log', 'exp', 'sin', 'cos'].map(
    (name): Production => ({ name: `Math.${name}`, kind: n, below: [n], share: 0.7 }),
  ),
  ...['abs', 'tanh', 'floor'].map(
    (name): Production => ({ name: `Math.${name}`, kind: n, below: [n], share: 0.3 }),
  ),
  { name: 'choose', kind: n, below: [b, n, n], share: 0.8 },
  ...['<', '>'].map((name): Production => ({ name, kind: b, below: [n, n], share: 3 })),
  { name: '===', kind: b, below: [n, n], share: 1 },
  ...['&&', '||'].map((name): Production => ({ name, kind: b, below: [b, b], share: 0.5 })),
];

const ends: readonly Production[] = [
  ...[0, 1, 2, 3, 0.5, 10, 100].map(
    (value): Production => ({
      name: `${value}`,
      kind: n,
      below: [],
      share: value === 1 || value === 2 ? 1 : 0.3,
    }),
  ),
  { name: 'fresh', kind: n, below: [], share: 1, draws: 'fresh' },
  { name: 'moved', kind: n, below: [], share: 6, draws: 'moved', only: 'numeral' },
  { name: 'old', kind: n, below: [], share: 3, only: 'old' },
  { name: 'old test', kind: b, below: [], share: 2, only: 'old' },
  { name: 'a local', kind: n, below: [], share: 1 },
  { name: 'element', kind: n, below: [], share: 2, only: 'body' },
  { name: 'index', kind: n, below: [], share: 1, only: 'body' },
];

/** The grammar of a problem whose seeds have these names. */
export function grammarOf({ numbers, booleans, arrays }: Names): Grammar {
  const share = 6 / Math.max(1, numbers.length);
  const productions = [
    ...operators,
    ...ends,
    ...numbers.map((name): Production => ({ name: `name ${name}`, kind: n, below: [], share })),
    ...booleans.map((name): Production => ({ name: `test ${name}`, kind: b, below: [], share: 1 })),
    ...arrays.flatMap((name): Production[] => [
      { name: `length ${name}`, kind: n, below: [], share: 0.5 },
      { name: `sum ${name}`, kind: n, below: [n], share: 1 },
    ]),
  ];
  return { productions, numbers: new Map(productions.map(({ name }, i) => [name, i])) };
}
