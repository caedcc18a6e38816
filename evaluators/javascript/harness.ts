import { guest, hasher, loader, worded } from './guest.ts';
import { freeze, harden, seal } from './realm.ts';

/**
 * The text that builds a sandbox's world, once for a snapshot that its contexts start from.
 * @param drive - text of an expression: `(entry, input, anew) => output`
 */
export function harness(drive: string): string {
  return `(() => {
'use strict';
(${harden})('__reseed');
const reseed = globalThis.__reseed;
const shut = globalThis.__shut;
delete globalThis.__reseed;
delete globalThis.__shut;
const drive = (${drive});
(${freeze})();
const words = (${worded})();
const hashed = (${hasher})();
const seal = ${seal};
globalThis.__made = {
  load: () => { seal(); return (${loader})(drive.length > 2, words, hashed, reseed, shut); },
  guest: () => { shut(); seal(); return (${guest})(drive, words, hashed); },
};
})();`;
}

/**
 * The text that makes a fresh context of that snapshot ready. In the context of the drive, which stays, its value is
 * the Guest; in that of a program, which is new for each, what loads the program.
 */
export function enter(as: 'guest' | 'load'): string {
  return `'use strict';
const make = globalThis.__made.${as};
delete globalThis.__made;
make();`;
}
