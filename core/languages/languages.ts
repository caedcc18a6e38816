/** The languages that come with Atoll: one line each. */
export { javascript } from './javascript/javascript.ts';
export { typescript } from './javascript/typescript.ts';
