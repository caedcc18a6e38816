/** Where text goes: as much of a stream as a log needs. Columns and rows are unknown where it is no terminal. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** Whether what is beyond ASCII can be shown: a locale of UTF-8, in the order in which POSIX asks, and no dumb terminal. */
export function unicodeIn({ TERM, LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
  return TERM !== 'dumb' && /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}
