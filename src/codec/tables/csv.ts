/** Files of comma-separated values, each row decoded by a codec of io-ts. */
import { chain, type Either, left, right, traverseArray } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'
import { DecodeError, didYouMean, shown } from '../../error/index.js'
import type { TableOptions } from './options.js'
import { decodedRow, prototypeName, type RowCodec, wantsCodec } from './rows.js'
import { type Table, tableReader } from './table.js'

/** How many names of columns are compared with one that is missing, and how long they may be: a file may have millions. */
const mostNames = 100
const longestName = 60

/** What does not fit: a cell, a column that is not there, or the whole row. */
const misfit =
  (who: string, where: string, columns: readonly string[], line: number | undefined) =>
  ({ value, context, message }: t.ValidationError): DecodeError => {
    const last = context.at(-1)
    const column = context.map(({ key }) => key).find((key) => columns.includes(key))
    const place = { who, where: `${where}, line ${line}` }
    if (message !== undefined) return new DecodeError({ ...place, expected: 'a row that the codec decodes', received: message })
    const expected = (last?.type.name ?? 'another value').slice(0, 60)
    if (column !== undefined) return new DecodeError({ ...place, expected: `${expected} in the column ${column}`, received: shown(value) })
    if (value !== undefined || last === undefined) return new DecodeError({ ...place, expected, received: shown(value) })
    const hint = didYouMean(last.key, columns.filter(({ length }) => length <= longestName).slice(0, mostNames))
    return new DecodeError({ who, where, expected: `a column ${last.key}`, received: `the columns ${shown(columns)}`, ...hint })
  }

/** A table of whose rows records can be made: whoever copied one with a field `__proto__` would set its prototype. */
export const ofRecords = <T extends Table>(who: string, where: string, table: T): Either<DecodeError, T> => {
  const at = table.columns.indexOf(prototypeName)
  if (at < 0) return right(table)
  const place = `${where}, column ${at + 1}`
  return left(new DecodeError({ who, where: place, expected: 'columns that a record can have', received: prototypeName }))
}

/** The i-th row of a table, as a codec decodes it. */
export const rowAt =
  <A>(who: string, row: RowCodec<A>, where: string, { columns, rows, lines }: Table) =>
  (i: number): Either<DecodeError, A> =>
    pipe(Object.fromEntries(columns.map((column, j) => [column, rows[i]?.[j]])), decodedRow(row, misfit(who, where, columns, lines[i])))

/**
 * The rows of a file of comma-separated values, each a record of its cells by the names of columns, decoded by a codec.
 *
 * @param row      a codec of io-ts: cells are texts, of which `NumberFromString` and the like make values; columns that it does not name
 *                 are let be
 * @param options  as `readTable`'s: what is not said is found by looking
 * @error `DecodeError` that names file, line and column, as `readTable`, and for a cell that the codec refuses; `ValueError` for options
 *        that there are not
 * @example
 * const flowers = csv(t.type({ sepalLength: NumberFromString, species: t.string }))
 * flowers('iris.csv')(bytes) // Either<DecodeError, readonly { sepalLength: number, species: string }[]>
 */
export const csv = <A>(
  row: RowCodec<A>,
  options: Partial<TableOptions> = {},
): ((where: string) => (file: Uint8Array | string) => Either<DecodeError, readonly A[]>) => {
  wantsCodec('csv', row)
  const read = tableReader('csv', options)
  return (where) => {
    const table = read(where)
    return (file) =>
      pipe(
        table(file),
        chain((found) => ofRecords('csv', where, found)),
        chain((found) => traverseArray(rowAt('csv', row, where, found))([...found.rows.keys()])),
      )
  }
}
