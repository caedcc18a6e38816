/** What opens a comment in the files of a JavaScript program; `#` does in data files beside its code. */
export const comments: readonly string[] = ['//', '/*', '#'];
