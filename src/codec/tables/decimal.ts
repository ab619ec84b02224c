/**
 * Decimal commas, as half of the world writes them: 1.234,5 is 1234.5. Where the delimiter is no comma, a column of numbers some of
 * which have a comma has decimal commas.
 */
const point = '.'
const comma = ','
export type DecimalMark = typeof point | typeof comma

/** A number with a decimal comma, or none; its thousands apart by points, or not. */
const withComma = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?:[eE][+-]?\d+)?$/
/** Cells that say that there is no number. */
const missing: ReadonlySet<string> = new Set(['', '-', '?', 'NA', 'N/A', 'NaN', 'nan', 'null'])

/** Whether the column holds such numbers, one with its comma among them. */
const hasCommas = (rows: readonly (readonly string[])[], column: number): boolean => {
  const cells = rows.map((row) => (row[column] ?? '').trim()).filter((cell) => !missing.has(cell))
  return cells.some((cell) => cell.includes(comma)) && cells.every((cell) => withComma.test(cell))
}

/** The number as it is written with a decimal point; what is none as it is. */
const withPoint = (cell: string): string => {
  const trimmed = cell.trim()
  return withComma.test(trimmed) ? trimmed.replaceAll(point, '').replace(comma, point) : cell
}

/** The columns whose numbers have decimal commas. */
export const commaColumns = (rows: readonly (readonly string[])[], columns: number): readonly number[] =>
  Array.from({ length: columns }, (_, i) => i).filter((i) => hasCommas(rows, i))

/** Rows whose numbers in these columns have decimal points. */
export const withPoints = (rows: readonly (readonly string[])[], columns: ReadonlySet<number>): readonly (readonly string[])[] =>
  rows.map((row) => row.map((cell, i) => (columns.has(i) ? withPoint(cell) : cell)))
