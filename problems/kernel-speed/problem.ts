import type { ProblemDraft } from '../../core/search/problem.ts';
import type { Source } from '../../core/search/program.ts';
import { splits } from '../splits.ts';
import { instrumented } from './instrument.ts';
import { type Below, below, harness, judge } from './sieve.ts';

const entry = 'sumPrimes';
/** From where n is drawn, evenly on a logarithmic scale: what is held out is larger than any that is searched on. */
const ranges = {
  shown: [40_000, 80_000],
  scored: [40_000, 80_000],
  validation: [80_000, 100_000],
  'held-out': [100_000, 200_000],
} as const;

/** A kernel made fast, its time counted in operations: primes below n, summed (docs/decisions/0006). */
export default {
  name: 'kernel-speed',
  brief: `Make \`sumPrimes(n, m)\` fast: it returns the sum of p * p % m over all primes p below n. Time is counted in operations, whatever
the machine:
an arithmetic, bitwise or logical operator 1, a store to a variable 1 (so \`x += y\` 2), an element read or written 1, \`length\` 1,
each test of an if, ?:, && or || or loop 1 besides its operators, a call 1 and 1 for each argument, a function of Math 1 for
each argument, a new typed array 1 and 1 for each 8 bytes. Reading variables and literals is free.
Only this much of JavaScript: function declarations at the top, let and const, if, for, while, do, break, continue, return,
numbers and booleans, operators on them, \`new Uint8Array(length)\` and its like where a variable is declared, elements
\`a[i]\` and \`a.length\`, calls of your own functions (an array may be handed to one) and of Math's. No strings, objects, array
literals, methods, labels, switch, closures, imports; no name declared twice within reach. At most 2,000 characters: a table
of primes does not pay. The whole program runs again for each case. The answer must be right for every n and m, larger n than you are
shown too; n is from 40,000 to 200,000 and m from 10,000 to 100,000. The score is log2(operations of the seed / yours), averaged.`,
  language: 'javascript',
  entry,
  cases: splits<Below>(
    'kernel-speed',
    { shown: 2, scored: 2, validation: 4, 'held-out': 8 },
    (random, use) => {
      const [low, high] = ranges[use];
      return below(
        Math.floor(low * (high / low) ** random.next()),
        10_000 + Math.floor(90_000 * random.next()),
      );
    },
  ),
  harness,
  judge,
  prepare: (source: Source) => instrumented(source, entry),
  // Operations run out long before: the clock is there for what the sandbox compiles slowly.
  limits: { wallMs: 6000, cpuMs: 2000, memoryMb: 64, outputBytes: 1000 },
  show: (score: number) => `${(2 ** score).toFixed(3)} times as fast as the seed`,
  references: [
    { name: 'crossing out the multiples of every number (the seed)', score: 0, source: 'by definition' },
    {
      name: 'Eratosthenes, from the square and up to the root',
      score: 1.9785,
      on: 'held-out',
      source: 'our held-out cases',
    },
    { name: 'the same on odd numbers only', score: 3.114, on: 'held-out', source: 'our held-out cases' },
    { name: 'and without the multiples of 3', score: 3.3905, on: 'held-out', source: 'our held-out cases' },
  ],
} satisfies Omit<ProblemDraft<Below, unknown>, 'seeds'>;
