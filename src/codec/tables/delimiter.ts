/** What stands between the cells of a table, found by looking at its first lines. */

/** What a table may be delimited by, unless it is said: those first that stand less often inside of cells. */
export const delimiters = ['\t', ';', '|', ','] as const

/** How much is looked at. @unit characters */
const head = 2 ** 16

/** The first lines, without what is quoted, without the last where it was cut. */
const linesOf = (text: string): readonly string[] => {
  const lines = text
    .slice(0, head)
    .replace(/"[^"]*"?/g, '')
    .split(/\r\n|\n|\r/)
  return (text.length > head && lines.length > 1 ? lines.slice(0, -1) : lines).filter((line) => line.trim() !== '')
}

/**
 * The delimiter of a table: one that stands equally often in every line, or else the one that stands most often in the line that has
 * fewest; a comma where there is none.
 *
 * @example
 * delimiterOf('a;b\n1,5;2,5') // => ';'
 */
export const delimiterOf = (text: string): string => {
  const lines = linesOf(text)
  const found = delimiters.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1)
    const least = counts.reduce((a, b) => Math.min(a, b), counts[0] ?? 0)
    return { delimiter, least, even: least > 0 && counts.every((count) => count === least) }
  })
  const often = found.reduce((best, next) => (next.least > best.least ? next : best), { delimiter: ',', least: 0, even: false })
  return (found.find(({ even }) => even) ?? often).delimiter
}
