/** What the command says of laws, without how long they took: `    12 ms` in a column of nine, and ` (0.8 s)` at the end. */
export const withoutTimes = (text: string): string => text.replaceAll(/ [ \d]{5} ms(?= {2})| \(\d+\.\d s\)$/gm, '')
