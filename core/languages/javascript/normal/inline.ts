import { effectsIn, isPure } from './effects.ts';
import type { Loop, Names, Occurrence, Variable } from './names.ts';

/**
 * The variables that can be replaced by their first value wherever they are read: set once, to a pure value, none of
 * whose sources changes before the last use.
 */
export function inlinable(names: Names): ReadonlySet<Variable> {
  const inlined = new Set<Variable>();
  for (const each of names.all)
    if (each.role === 'let' && each.init && each.writes.length === 0) inlined.add(each);
  const effectsOf = effectsIn(names, inlined);
  for (const each of [...inlined]) {
    if (isRoutine(each)) continue;
    const effects = effectsOf(each.init!);
    if (!isPure(effects)) inlined.delete(each);
    else if (!stable(each, effects.reads)) inlined.delete(each);
  }
  return inlined;
}

function isRoutine(variable: Variable): boolean {
  return /Function/.test(variable.init!.type);
}

/** Whether no use of a variable can follow a change of a source of its value. */
function stable(variable: Variable, sources: ReadonlySet<Variable>): boolean {
  const from = variable.declared;
  for (const source of sources) {
    for (const write of source.writes) {
      if (write.routine !== from.routine) {
        if (source.scope.routine === from.routine) return false;
        continue;
      }
      if (variable.reads.some((use) => between(from, write, use))) return false;
    }
  }
  return true;
}

/** Whether a change may happen after a declaration and before a use. */
function between(from: Occurrence, change: Occurrence, use: Occurrence): boolean {
  if (use.start === from.start) return false;
  if (use.routine !== from.routine) return change.start > from.start || shares(from.loop, change);
  if (change.start > from.start && change.start < use.start) return true;
  // A loop around the use but not around the declaration repeats a change below the use.
  for (let loop = use.loop; loop && loop.start > from.start; loop = loop.outer)
    if (change.start >= loop.start && change.start < loop.end) return true;
  return false;
}

function shares(loop: Loop | undefined, change: Occurrence): boolean {
  return loop !== undefined && change.start >= loop.start && change.start < loop.end;
}
