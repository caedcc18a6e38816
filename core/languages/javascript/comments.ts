/** Openings of comments in the files of a JavaScript program; `#` is for data files beside its code. */
export const comments: readonly string[] = ['//', '/*', '#'];
