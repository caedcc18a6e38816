import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInThisContext } from 'node:vm';
import { scriptOf } from '../../core/languages/javascript/script/module.ts';
import { toolbox } from '../../evaluators/javascript/library.ts';
import { openPool } from '../../evaluators/javascript/pool.ts';
import {
  add,
  anneal,
  augmented,
  axpy,
  type Constrained,
  cholesky,
  distance,
  dot,
  eigen,
  lbfgs,
  leastSquares,
  norm,
  random,
  scale,
  solve,
  subtract,
} from '../../evaluators/javascript/toolbox/toolbox.ts';
import { doubling, outcomeIn } from './doubling.ts';

/** A valley that bends (Rosenbrock 1960), in as many dimensions as `x` has; least at all ones. */
function valley(x: Float64Array, gradient: Float64Array): number {
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const bend = x[i + 1]! - x[i]! ** 2;
    value += 100 * bend ** 2 + (1 - x[i]!) ** 2;
    gradient[i]! -= 400 * bend * x[i]! + 2 * (1 - x[i]!);
    gradient[i + 1]! += 200 * bend;
  }
  return value;
}

/** Half the sum of squares of x - 1, with weights from 1 to `condition`. */
const bowl = (condition: number) => (x: Float64Array, gradient: Float64Array) => {
  let value = 0;
  for (let i = 0; i < x.length; i++) {
    const weight = condition ** (i / (x.length - 1));
    value += (weight * (x[i]! - 1) ** 2) / 2;
    gradient[i] = weight * (x[i]! - 1);
  }
  return value;
};

const far = (x: Float64Array, from: number) => Math.max(...x.map((each) => Math.abs(each - from)));
const near = (a: ArrayLike<number>, b: ArrayLike<number>, off: number) => {
  assert.equal(a.length, b.length);
  for (let i = 0; i < a.length; i++) assert.ok(Math.abs(a[i]! - b[i]!) <= off, `${i}: ${a[i]} and ${b[i]}`);
};
const times = (A: ArrayLike<ArrayLike<number>>, x: ArrayLike<number>) => Array.from(A, (row) => dot(row, x));

/** A matrix of normal draws. */
function drawn(rows: number, columns: number, seed: number): number[][] {
  const stream = random(seed);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => stream.normal()));
}

/** A B, for matrices by rows. */
function product(A: number[][], B: number[][]): number[][] {
  return A.map((row) => B[0]!.map((_, j) => row.reduce((sum, each, k) => sum + each * B[k]![j]!, 0)));
}
const transposed = (A: number[][]) => A[0]!.map((_, j) => A.map((row) => row[j]!));

test('L-BFGS finds the end of a bent valley in 2 and in 50 dimensions, in no more evaluations than are usual', () => {
  for (const [n, most] of [
    [2, 60],
    [50, 450],
  ] as const) {
    let calls = 0;
    const counted = (x: Float64Array, gradient: Float64Array) => {
      calls++;
      return valley(x, gradient);
    };
    const start = Array.from({ length: n }, (_, i) => (i % 2 ? 1 : -1.2));
    const { x, value, iterations } = lbfgs(counted, start, { iterations: 1000 });
    assert.ok(far(x, 1) < 1e-9 && value < 1e-18, `${n}: ${value}`);
    assert.ok(calls < most && iterations < calls, `${n}: ${iterations} steps, ${calls} calls`);
  }
});

test('L-BFGS ends exactly at the bottom of a bowl ten thousand times as steep one way as another', () => {
  const found = lbfgs(bowl(1e4), new Array(50).fill(-3), { iterations: 3000 });
  assert.ok(far(found.x, 1) < 1e-8, `${far(found.x, 1)}`);
  assert.ok(found.iterations < 2000, `${found.iterations}`);
});

test('L-BFGS never rises, stays where the function is a number, and ends when it can do no better', () => {
  const values: number[] = [];
  const barrier = (x: Float64Array, gradient: Float64Array) => {
    gradient[0] = 1 - 1 / x[0]!;
    return x[0]! - Math.log(x[0]!);
  };
  for (const start of [1e-6, 0.5, 1e6]) near(lbfgs(barrier, [start]).x, [1], 1e-6);
  for (let iterations = 0; iterations < 40; iterations++)
    values.push(lbfgs(valley, [-1.2, 1, 2], { iterations }).value);
  assert.deepEqual(
    values,
    values.toSorted((a, b) => b - a),
  );
  const nothing = () => Number.NaN;
  assert.deepEqual([...lbfgs(nothing, [1, 2]).x], [1, 2]);
  const corner = (x: Float64Array, gradient: Float64Array) => {
    gradient[0] = Math.sign(x[0]!);
    return Math.abs(x[0]!);
  };
  assert.ok(lbfgs(corner, [0.7]).value < 1e-3);
  const downhill = (x: Float64Array, gradient: Float64Array) => {
    gradient[0] = 1;
    return x[0]!;
  };
  assert.ok(lbfgs(downhill, [0]).value < -1e6);
});

test('what is given is not written to, and plain and typed arrays give the same', () => {
  const start = [-1.2, 1];
  const typed = new Float64Array(start);
  assert.deepEqual(lbfgs(valley, start), lbfgs(valley, typed));
  const A = drawn(4, 4, 1);
  const before = JSON.stringify([A, start, [...typed]]);
  solve(A, [1, 2, 3, 4]);
  leastSquares(A, [1, 2, 3, 4]);
  eigen(product(A, transposed(A)));
  cholesky(A);
  assert.equal(JSON.stringify([A, start, [...typed]]), before);
});

/** The least x + y in a disc: at (-1, -1). */
const disc: Constrained = {
  value(x, gradient) {
    gradient.fill(1);
    return x[0]! + x[1]!;
  },
  constraints: 1,
  fill(x, c) {
    c[0] = x[0]! ** 2 + x[1]! ** 2 - 2;
  },
  pull(x, weights, gradient) {
    for (let i = 0; i < 2; i++) gradient[i]! += weights[0]! * 2 * x[i]!;
  },
};

test('the augmented Lagrangian stops at the constraint that binds, and does not heed one that does not', () => {
  for (const start of [
    [3, 0.2],
    [0.1, 0.3],
    [-1, 5],
  ]) {
    const { x, value, violation } = augmented(disc, start);
    near(x, [-1, -1], 1e-6);
    assert.ok(violation >= 0 && violation < 1e-9, `${violation}`);
    assert.ok(Math.abs(value + 2) < 1e-9, `${value}`);
  }
  const loose: Constrained = {
    ...disc,
    value: (x, gradient) => {
      gradient.set(x);
      return (x[0]! ** 2 + x[1]! ** 2) / 2 - 7;
    },
  };
  const { x, value, violation } = augmented(loose, [1.4, 1.4]);
  near(x, [0, 0], 1e-8);
  assert.equal(violation, 0);
  assert.equal(value, -7);
});

test('the augmented Lagrangian solves problem 43 of Hock and Schittkowski: -44 at (0, 1, 2, -1)', () => {
  const rosenSuzuki: Constrained = {
    value(x, gradient) {
      const [a, b, c, d] = x as unknown as [number, number, number, number];
      gradient.set([2 * a - 5, 2 * b - 5, 4 * c - 21, 2 * d + 7]);
      return a * a + b * b + 2 * c * c + d * d - 5 * a - 5 * b - 21 * c + 7 * d;
    },
    constraints: 3,
    fill(x, out) {
      const [a, b, c, d] = x as unknown as [number, number, number, number];
      out[0] = a * a + b * b + c * c + d * d + a - b + c - d - 8;
      out[1] = a * a + 2 * b * b + c * c + 2 * d * d - a - d - 10;
      out[2] = 2 * a * a + b * b + c * c + 2 * a - b - d - 5;
    },
    pull(x, w, gradient) {
      const [a, b, c, d] = x as unknown as [number, number, number, number];
      const [u, v, z] = w as unknown as [number, number, number];
      gradient[0]! += u * (2 * a + 1) + v * (2 * a - 1) + z * (4 * a + 2);
      gradient[1]! += u * (2 * b - 1) + v * 4 * b + z * (2 * b - 1);
      gradient[2]! += u * (2 * c + 1) + v * 2 * c + z * 2 * c;
      gradient[3]! += u * (2 * d - 1) + v * (4 * d - 1) - z;
    },
  };
  const { x, value, violation } = augmented(rosenSuzuki, [0, 0, 0, 0]);
  near(x, [0, 1, 2, -1], 1e-6);
  assert.ok(Math.abs(value + 44) < 1e-8 && violation < 1e-9, `${value} ${violation}`);
});

test('the example of docs/toolbox.md does what the page says', () => {
  const page = readFileSync(new URL('../../docs/toolbox.md', import.meta.url), 'utf8');
  const text = /## An example[\s\S]*```js\n([\s\S]*?)```/.exec(page)![1]!;
  const made = scriptOf({ 'p.js': text }, 'javascript', 'apart', toolbox);
  assert.ok('script' in made, JSON.stringify(made));
  const { x, violation } = runInThisContext(made.script)();
  assert.ok(Math.abs(x[10] - Math.SQRT1_2) < 1e-8 && violation < 1e-9, `${x[10]} ${violation}`);
});

test('solve and Cholesky undo a product, and say when there is nothing to undo', () => {
  const A = drawn(9, 9, 4);
  const x = drawn(1, 9, 5)[0]!;
  near(solve(A, times(A, x))!, x, 1e-10);
  near(
    solve(
      [
        [0, 1],
        [1, 0],
      ],
      [2, 3],
    )!,
    [3, 2],
    0,
  );
  assert.equal(
    solve(
      [
        [1, 2],
        [2, 4],
      ],
      [1, 2],
    ),
    undefined,
  );
  const L = cholesky(product(A, transposed(A)))!.map((row) => [...row]);
  assert.ok(L.every((row, i) => row.slice(i + 1).every((each) => each === 0)));
  product(L, transposed(L)).forEach((row, i) => {
    near(row, product(A, transposed(A))[i]!, 1e-12);
  });
  assert.equal(
    cholesky([
      [1, 2],
      [2, 1],
    ]),
    undefined,
  );
});

test('least squares leaves a rest that no column can lessen, also where columns depend on each other', () => {
  near(
    leastSquares(
      [
        [1, 1],
        [1, 2],
        [1, 3],
        [1, 4],
      ],
      [6, 5, 7, 10],
    ),
    [3.5, 1.4],
    1e-12,
  );
  const A = drawn(12, 5, 6);
  const twice = A.map((row) => [...row, row[0]! + row[1]!]);
  const b = drawn(1, 12, 7)[0]!;
  for (const matrix of [A, twice]) {
    const rest = subtract(times(matrix, leastSquares(matrix, b)), b);
    near(times(transposed(matrix), rest), new Array(matrix[0]!.length).fill(0), 1e-12);
  }
  assert.ok(leastSquares(twice, b).some((each) => each === 0));
  const wide = drawn(2, 4, 8);
  near(times(wide, leastSquares(wide, [1, 2])), [1, 2], 1e-12);
});

test('eigenvectors are turned by nothing but their eigenvalues, which rise', () => {
  const B = drawn(12, 12, 9);
  const S = product(B, transposed(B)).map((row, i) => row.map((each, j) => each - (i === j ? 3 : 0)));
  const { values, vectors } = eigen(S);
  assert.deepEqual(
    [...values],
    [...values].sort((a, b) => a - b),
  );
  vectors.forEach((vector, k) => {
    near(times(S, vector), scale(vector, values[k]!), 1e-11);
    vectors.forEach((other, j) => {
      assert.ok(Math.abs(dot(vector, other) - (j === k ? 1 : 0)) < 1e-12);
    });
  });
  assert.deepEqual(
    [
      ...eigen([
        [0, 0],
        [0, 0],
      ]).values,
    ],
    [0, 0],
  );
});

test('vectors are added, scaled and measured', () => {
  assert.deepEqual([...add([1, 2], [3, 5])], [4, 7]);
  assert.deepEqual([...subtract([1, 2], [3, 5])], [-2, -3]);
  assert.deepEqual([...scale([1, 2], -2)], [-2, -4]);
  const y = new Float64Array([1, 1]);
  assert.equal(axpy(3, [1, 2], y), y);
  assert.deepEqual([...y], [4, 7]);
  assert.deepEqual([norm([3, 4]), distance([1, 1], [4, 5]), dot([1, 2], [3, 4])], [5, 5, 11]);
});

test('draws are even, the same for a seed, and different for another, whole or not', () => {
  for (const seed of [0, 1, 0.5, -3e300]) {
    const stream = random(seed);
    const counts = new Array(10).fill(0);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < 20_000; i++) {
      counts[stream.int(10)]++;
      const each = stream.normal();
      sum += each;
      squares += each * each;
    }
    assert.ok(
      counts.every((each) => Math.abs(each - 2000) < 200),
      `${counts}`,
    );
    assert.ok(Math.abs(sum / 20_000) < 0.03 && Math.abs(squares / 20_000 - 1) < 0.05);
  }
  const firsts = [0, 1, 2, 0.5, 0.25, -1, 1e9].map((seed) => random(seed).next());
  assert.equal(new Set(firsts).size, firsts.length);
  assert.equal(random(7).next(), random(7).next());
  const list = [1, 2, 3, 4, 5];
  const mixed = random(3).shuffle(list);
  assert.deepEqual(list, [1, 2, 3, 4, 5]);
  assert.notDeepEqual(mixed, list);
  assert.deepEqual(mixed.toSorted(), list);
  assert.ok(list.includes(random(4).pick(list)));
});

test('annealing leaves a valley for a deeper one that descent would not reach, and keeps the best it met', () => {
  const energy = (x: number) => 0.1 * (x - 7) ** 2 + 3 * Math.cos(3 * x);
  const neighbour = (x: number, stream: ReturnType<typeof random>, share: number) =>
    x + (1.5 - share) * stream.normal();
  const task = { start: -6, energy, neighbour, steps: 4000, hot: 5, cold: 0.01 };
  const found = anneal({ ...task, random: random(1) });
  assert.ok(found.energy < -2.8, `${found.best} ${found.energy}`);
  assert.equal(found.energy, energy(found.best));
  assert.deepEqual(anneal({ ...task, random: random(1) }), found);
});

/** What a program answers to 2 in a pool of its own. */
async function answers(...texts: string[]): Promise<string[]> {
  const judge = (_input: unknown, output: unknown) => ({ score: 1, feedback: JSON.stringify(output) });
  const cases = [{ id: 'two', input: 2, use: 'scored' as const }];
  const problem = doubling({ judge, cases, limits: { wallMs: 5000, cpuMs: 4000 } });
  await using pool = await openPool(problem, { workers: 1, isolation: 'context' });
  const result: string[] = [];
  for (const text of texts) {
    const { feedback } = await outcomeIn(pool, { 'p.js': text }, 'scored');
    result.push(feedback.replace(/^.*?: /, ''));
  }
  return result;
}

test('a program in the sandbox gets from the toolbox what this process gets, to the last digit', async () => {
  const body = `
    const start = Array.from({ length: 12 }, (_, i) => (i % 2 ? 1 : -1.2));
    const A = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (_, j) => 1 / (i + j + 1)));
    const stream = random(0.1);
    return [[...lbfgs(valley, start).x], augmented(disc, [3, 0.2]).value, [...eigen(A).values],
      [...solve(A, [1, 2, 3, 4, 5])], [...leastSquares(A, [1, 1, 1, 1, 1])], [...cholesky(A)[4]], stream.normal()];`;
  const model = `const valley = ${valley}; const disc = { ${[disc.value, disc.fill, disc.pull].join(', ')}, constraints: 1 };`;
  const names = { augmented, cholesky, eigen, lbfgs, leastSquares, random, solve };
  const here = new Function(...Object.keys(names), model + body)(...Object.values(names));
  const imports = `import { ${Object.keys(names)} } from 'atoll/toolbox';`;
  const [there] = await answers(`${imports}\n${model}\nexport function f() {${body}}`);
  assert.deepEqual(JSON.parse(there!), JSON.parse(JSON.stringify(here)));
});

test('what one program does to the toolbox, no other sees', async () => {
  const wreck = `import * as all from 'atoll/toolbox'; import { lbfgs, dot } from 'atoll/toolbox';
    export const f = () => { lbfgs.mark = 1; dot.call = () => 9; try { all.dot = 1 } catch { return [lbfgs.mark, Object.isExtensible(all)] } };`;
  const look = `import { lbfgs, dot } from 'atoll/toolbox';
    export const f = () => [String(lbfgs.mark), dot.call(0, [1, 2], [3, 4])];`;
  assert.deepEqual(await answers(look, wreck, look), ['["undefined",11]', '[1,false]', '["undefined",11]']);
});

test('the toolbox hands a program nothing that it does not have without it', async () => {
  const probe = `import * as all from 'atoll/toolbox';
    const other = [];
    for (const [name, each] of Object.entries(all))
      if (each.constructor !== Function || each.constructor('return this')() !== globalThis) other.push(name);
    export const f = () => {
      const seen = new Set();
      for (const [name, each] of Object.entries(all)) {
        for (const key of Reflect.ownKeys(each)) if (!/^(length|name|prototype)$/.test(String(key))) other.push(key);
        try { if (each.caller || each.arguments) other.push(name) } catch {}
        all.lbfgs(function trap() { try { seen.add(String(trap.caller)) } catch { seen.add('none') } return 0 }, [1]);
      }
      return [other, [...seen], Object.keys(all).length > 10, Object.keys(globalThis), typeof process, typeof require];
    };`;
  assert.deepEqual(await answers(probe), ['[[],["none"],true,[],"undefined","undefined"]']);
});

test('an error that a program makes in the toolbox names the line of the program', async () => {
  const text = "import { lbfgs } from 'atoll/toolbox';\nexport const f = () =>\n  lbfgs(undefined, [1]);";
  const [said] = await answers(text);
  assert.match(said!, /TypeError: .* \(p\.js:3:3\)$/);
});

test('a program of TypeScript may import the toolbox with its types', () => {
  const text =
    "import { dot, type Vector } from 'atoll/toolbox';\nexport function f(v: Vector): number { return dot(v, v) }";
  const made = scriptOf({ 'p.ts': text }, 'typescript', 'f', toolbox);
  assert.ok('script' in made, JSON.stringify(made));
});

test('the package offers the toolbox, of the same file, to the best program in plain Node', () => {
  const root = new URL('../../', import.meta.url);
  const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const { types, default: code } = exports['./toolbox'];
  const source = './evaluators/javascript/toolbox/toolbox';
  assert.deepEqual([types, code], [`./dist${source.slice(1)}.d.ts`, `./dist${source.slice(1)}.js`]);
  assert.ok(existsSync(new URL(`${source}.ts`, root)));
});
