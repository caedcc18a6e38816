import { output } from '../text/output.ts';
/** Whether the terminal can show a screen, and the user wants one. */
export function screenWanted(
  { json, plain }: { readonly json?: boolean; readonly plain?: boolean },
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  const { TERM, CI } = env;
  if (json || plain || TERM === 'dumb' || (CI && CI !== 'false' && CI !== '0')) return false;
  return Boolean(output.isTTY && process.stdin.isTTY);
}
