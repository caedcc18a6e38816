import { random } from 'atoll/toolbox';

// EVOLVE-BLOCK-START
/** Walks from the standard algorithm, each with chance of its own; the shortest decomposition of all. */
export function decompose() {
  let best = standard();
  for (let k = 0; k < 2; k++) {
    const found = walk(standard(), random(1 + k), 80000, 50000);
    if (found.length < best.length) best = found;
  }
  return best.map((term) => term.map(vector));
}

/**
 * A walk in the flip graph: at each step a term is drawn and another that shares its factor `m` is sought; the two
 * are flipped, and a term with a factor 0 is dropped. After `patience` steps without gain a term is split instead.
 * @param {number[][]} start
 * @param {{ next(): number }} chance
 * @param {number} steps
 * @param {number} patience
 */
function walk(start, chance, steps, patience) {
  let terms = start;
  let best = start;
  let since = 0;
  for (let step = 0; step < steps; step++) {
    const i = Math.floor(chance.next() * terms.length);
    const m = Math.floor(chance.next() * 3);
    const from = Math.floor(chance.next() * terms.length);
    since++;
    if (since > patience && terms.length < best.length + 2) {
      const parts = split(terms[i], terms[from], m);
      if (i === from || !parts) continue;
      terms = terms.filter((_, k) => k !== i && k !== from).concat(parts);
      since = 0;
      continue;
    }
    const j = partner(terms, i, m, from);
    const flipped = j < 0 ? undefined : flip(terms[i], terms[j], m, chance.next() < 0.5);
    if (!flipped) continue;
    terms = terms.slice();
    terms[i] = flipped[0];
    terms[j] = flipped[1];
    if (terms[i].includes(0) || terms[j].includes(0)) terms = terms.filter((term) => !term.includes(0));
    if (terms.length < best.length) {
      best = terms;
      since = 0;
    }
  }
  return best;
}

// EVOLVE-BLOCK-END

/** Another term with the same factor `m` as term `i`, or its negative, looked for from `from` on; -1 if none has. */
function partner(terms, i, m, from) {
  const same = terms[i][m];
  const opposite = negative(same);
  for (let k = 0; k < terms.length; k++) {
    const j = (from + k) % terms.length;
    if (j !== i && (terms[j][m] === same || terms[j][m] === opposite)) return j;
  }
  return -1;
}

/** u v w + u v' w' = u (v + v') w + u v' (w' - w), or with v - v' and w' + w. */
function flip(a, b, m, minus) {
  const p = (m + 1) % 3;
  const q = (m + 2) % 3;
  const v = sum(a[p], minus ? negative(b[p]) : b[p]);
  const w = sum(b[q], minus === (a[m] === b[m]) ? a[q] : negative(a[q]));
  return v < 0 || w < 0 ? undefined : [place(a, p, v), place(b, q, w)];
}

/** u v w + u' v' w' = u (v + v') w + u v' (w' - w) + (u' - u) v' w': one term more, and new neighbours. */
function split(a, b, m) {
  const p = (m + 1) % 3;
  const q = (m + 2) % 3;
  const u = sum(b[m], negative(a[m]));
  const v = sum(a[p], b[p]);
  const w = sum(b[q], negative(a[q]));
  if (!(u > 0 && v > 0 && w > 0)) return undefined;
  return [place(a, p, v), place(place(b, m, a[m]), q, w), place(b, m, u)];
}

/**
 * Matrices of -1, 0 and 1 are numbers: the places of 1 in the low nine bits, those of -1 in the next nine. The sum of
 * two; -1 if it has an entry 2 or -2.
 */
function sum(a, b) {
  if (a & b) return -1;
  const plus = (a | b) & 511;
  const minus = (a | b) >> 9;
  return (plus & ~minus) | ((minus & ~plus) << 9);
}

function negative(a) {
  return ((a & 511) << 9) | (a >> 9);
}

/** The nine entries of a matrix, row by row. */
function vector(a) {
  return Array.from({ length: 9 }, (_, k) => ((a >> k) & 1) - ((a >> (k + 9)) & 1));
}

function place(term, m, value) {
  const copy = term.slice();
  copy[m] = value;
  return copy;
}

/** The 27 products of the definition: entry ij of A and jk of B, into entry ik of the product. */
function standard() {
  const terms = [];
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      for (let k = 0; k < 3; k++) terms.push([1 << (3 * i + j), 1 << (3 * j + k), 1 << (3 * i + k)]);
    }
  }
  return terms;
}
