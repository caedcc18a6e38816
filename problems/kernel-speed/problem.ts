import type { ProblemDraft } from '../../core/problem.ts';
import type { Source } from '../../core/program.ts';
import { splits } from '../splits.ts';
import { instrumented } from './instrument.ts';
import { type Below, below, drive, judge } from './sieve.ts';

const entry = 'countPrimes';
/** From where numbers are drawn, evenly on a logarithmic scale: held-out ones are larger than any that is searched on. */
const ranges = { shown: [1000, 10_000], scored: [1000, 10_000], 'held-out': [10_000, 20_000] } as const;

/** A kernel made fast, its time counted in operations: primes below n (docs/decisions/0006). */
export default {
  name: 'kernel-speed',
  brief: `Make \`countPrimes(n)\` fast: it returns how many primes are below n. Time is counted in operations, whatever the machine:
an arithmetic, bitwise or logical operator 1, a store to a variable 1 (so \`x += y\` 2), an element read or written 1, \`length\` 1,
each test of an if, ?:, && or || or loop 1 besides its operators, a call 1 and 1 for each argument, a function of Math 1 for
each argument, a new typed array 1 and 1 for each 8 bytes. Reading variables and literals is free.
Only this much of JavaScript: function declarations at the top, let and const, if, for, while, do, break, continue, return,
numbers and booleans, operators on them, \`new Uint8Array(length)\` and its like where a variable is declared, elements
\`a[i]\` and \`a.length\`, calls of your own functions (an array may be handed to one) and of Math's. No strings, objects, array
literals, methods, labels, switch, closures, imports; no name declared twice within reach. At most 4,000 characters. All of
it runs anew for each n. The answer must be right for every n, larger ones than you are shown too. The score is
log2(operations of the seed / yours), averaged.`,
  language: 'javascript',
  entry,
  cases: splits<Below>('kernel-speed', { shown: 4, scored: 4, 'held-out': 8 }, (random, use) => {
    const [low, high] = ranges[use];
    return below(Math.floor(low * (high / low) ** random.next()));
  }),
  drive,
  judge,
  prepare: (source: Source) => instrumented(source, entry),
  // Operations run out long before: the clock is there for what the sandbox compiles slowly.
  limits: { wallMs: 4000, cpuMs: 900, memoryMb: 64, outputBytes: 1000 },
  show: (score: number) => `${(2 ** score).toFixed(3)} times as fast as the seed`,
  references: [
    { name: 'crossing out the multiples of every number (the seed)', score: 0, source: 'by definition' },
    { name: 'Eratosthenes, from the square and up to the root', score: 1.8129, source: 'our held-out cases' },
    { name: 'the same on odd numbers only', score: 3.3435, source: 'our held-out cases' },
  ],
} satisfies Omit<ProblemDraft<Below, unknown>, 'seeds'>;
