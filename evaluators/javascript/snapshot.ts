import { guest, hasher, loader, worded } from './guest.ts';
import { freeze, harden, seal } from './realm.ts';

/**
 * The text that builds a sandbox's world, run once for the snapshot from which its contexts start.
 * @param harness - text of an expression: `(entry, input, freshLoad) => output`
 */
export function snapshotCode(harness: string): string {
  return `(() => {
'use strict';
(${harden})('__reseed');
const reseed = globalThis.__reseed;
const shut = globalThis.__shut;
delete globalThis.__reseed;
delete globalThis.__shut;
const harness = (${harness});
(${freeze})();
const words = (${worded})();
const hashed = (${hasher})();
const seal = ${seal};
globalThis.__made = {
  load: () => { seal(); return (${loader})(harness.length > 2, words, hashed, reseed, shut); },
  guest: () => { shut(); seal(); return (${guest})(harness, words, hashed); },
};
})();`;
}

/**
 * The text that prepares a fresh context of that snapshot. Its value is the Guest in the context of the harness, which
 * stays, and the Load in that of a program, which is new for each.
 */
export function enter(as: 'guest' | 'load'): string {
  return `'use strict';
const make = globalThis.__made.${as};
delete globalThis.__made;
make();`;
}
