/** What the columns of a table are, found by looking at their cells; and why, for whoever wants to know. */

import type { Table } from '../../codec/tables/index.js'
import type { CategoricalColumn, NumericColumn } from '../../data/index.js'

/** What a column is. Those of the last three kinds say nothing that could be learned from. */
export type Kind = 'numeric' | 'date' | 'categorical' | 'identifier' | 'constant' | 'empty'
export interface Column {
  readonly name: string
  readonly kind: Kind
  readonly reason: string
  readonly cells: readonly (string | undefined)[]
}

/** How people write that there is nothing. */
const missing = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-', 'missing'])
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const date = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/
const millisecondsInDay = 86_400_000

const isNumber = (cell: string): boolean => number.test(cell) && Number.isFinite(Number(cell))
const isDate = (cell: string): boolean => date.test(cell) && !Number.isNaN(Date.parse(cell))
/** Whole numbers, each one more than the one before: what a table's rows are counted by. */
const counts = (cells: readonly string[]): boolean =>
  cells.every((cell, i) => Number.isSafeInteger(Number(cell)) && (i === 0 || Number(cell) === Number(cells[i - 1]) + 1))

const kindOf = (cells: readonly (string | undefined)[]): Pick<Column, 'kind' | 'reason'> => {
  const given = cells.filter((cell) => cell !== undefined)
  const distinct = new Set(given).size
  if (given.length === 0) return { kind: 'empty', reason: 'no cell has a value' }
  if (distinct === 1) return { kind: 'constant', reason: `every value is ${given[0]?.slice(0, 40)}` }
  if (given.every(isNumber))
    return given.length > 2 && given.length === cells.length && counts(given)
      ? { kind: 'identifier', reason: 'it counts the rows' }
      : { kind: 'numeric', reason: 'every value is a number' }
  if (given.every(isDate)) return { kind: 'date', reason: 'every value is a date' }
  return distinct > 20 && distinct > 0.9 * given.length
    ? { kind: 'identifier', reason: `${distinct} of ${given.length} values are different` }
    : { kind: 'categorical', reason: `${distinct} different values` }
}

/** The columns of a table, in order. */
export const columnsOf = ({ columns, rows }: Pick<Table, 'columns' | 'rows'>): readonly Column[] =>
  columns.map((name, j) => {
    const cells = rows.map((row) => row[j]?.trim() ?? '').map((cell) => (missing.has(cell.toLowerCase()) ? undefined : cell))
    return { name, cells, ...kindOf(cells) }
  })

/** Whether every value of a column is a number, even if they only count the rows. */
export const areNumbers = ({ cells }: Pick<Column, 'cells'>): boolean => cells.every((cell) => cell === undefined || isNumber(cell))

/** The numbers of a column; a date is the number of days since 1970. What is neither is missing. */
export const numbersIn = ({ kind, cells }: Pick<Column, 'kind' | 'cells'>): NumericColumn =>
  cells.map((cell) => {
    if (cell === undefined) return undefined
    const x = kind === 'date' ? Date.parse(cell) / millisecondsInDay : isNumber(cell) ? Number(cell) : Number.NaN
    return Number.isFinite(x) ? x : undefined
  })
/** The categories of a column. */
export const categoriesIn = ({ cells }: Pick<Column, 'cells'>): CategoricalColumn => cells
/** Whether something can be learned from a column. */
export const isFeature = ({ kind }: Pick<Column, 'kind'>): boolean => kind === 'numeric' || kind === 'date' || kind === 'categorical'
