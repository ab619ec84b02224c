/** Columns, checked: the first number or category that is none is named, with its row. */
import { shown, ValueError, wantsList } from '../../error/index.js'
import type { CategoricalColumn, NumericColumn } from './transform.js'

/** The place of a row, in what is named: `age, row 3`. */
export const rowOf = (where: string | undefined, row: number): string =>
  where === undefined ? `row ${row}` : `${typeof where === 'string' ? where : shown(where)}, row ${row}`

/** A column in which every row is as it should be, or the sentence that says which is not. */
const wantsColumn =
  <C extends readonly unknown[]>(expected: string, isGood: (value: unknown) => boolean) =>
  (who: string, column: C, where?: string): C => {
    const row = wantsList(who, `a column, a list of ${expected}`, column).findIndex((value) => !isGood(value))
    if (row < 0) return column
    throw new ValueError({ who, expected, received: shown(column[row]), where: rowOf(where, row) })
  }

/** A column of finite numbers, or missing ones. */
export const wantsNumericColumn = wantsColumn<NumericColumn>(
  'finite numbers, or undefined where one is missing',
  (value) => value === undefined || Number.isFinite(value),
)

/** A column of texts, or missing ones. */
export const wantsCategoricalColumn = wantsColumn<CategoricalColumn>(
  'texts, or undefined where one is missing',
  (value) => value === undefined || typeof value === 'string',
)
