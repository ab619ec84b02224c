/** Rows as columns. */
import { wantsList, wantsRecord } from '../../error/index.js'

/** A list of every field of these rows. */
export type ColumnsOf<R extends object> = { readonly [K in keyof R]: readonly R[K][] }

const who = 'columnsOf'

/**
 * The columns of rows, as transforms of columns take them: of every field of the first a list.
 *
 *     columnsOf(rows)[k][i] = rows[i][k]
 *
 * @error  `ValueError` for what is no list of records
 * @example
 * columnsOf([{ length: 5.1, species: 'setosa' }, { length: 7, species: 'versicolor' }]) // => { length: [5.1, 7], species: ['setosa', 'versicolor'] }
 */
export const columnsOf = <R extends object>(rows: readonly R[]): ColumnsOf<R> => {
  const records = Array.from(wantsList(who, 'a list of records', rows), (row) => wantsRecord(who, 'a list of records', row))
  const fields = Object.keys(records[0] ?? {}) as (keyof R & string)[]
  return Object.fromEntries(fields.map((field) => [field, records.map((row) => row[field])])) as unknown as ColumnsOf<R>
}
