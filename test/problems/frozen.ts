/** Text that freezes what the language itself provides, as the sandbox does before a guest comes in. */
export const frozen = `
for (const name of Object.getOwnPropertyNames(globalThis)) {
  const value = globalThis[name];
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null || value === globalThis)) continue;
  Object.freeze(value);
  if (typeof value === 'function' && value.prototype) Object.freeze(value.prototype);
}
Object.freeze(Object.getPrototypeOf(Int8Array));
Object.freeze(Object.getPrototypeOf(Int8Array).prototype);
`;
