/**
 * A table of text: named columns, and rows of cells, as a file of comma-separated values holds them. What stands between cells, how the
 * text is encoded and whether decimals have commas is found by looking.
 *
 * @source Shafranovich (2005), RFC 4180
 */
import { chain, type Either, left, map, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError, shown, wantsText } from '../../error/index.js'
import { commaColumns, type DecimalMark, withPoints } from './decimal.js'
import { delimiterOf } from './delimiter.js'
import { type Encoding, textOf } from './encoding.js'
import { type TableOptions, tableOptions } from './options.js'
import { type Records, recordsOf } from './records.js'

/** Named columns and rows of as many cells, and what the file was like. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** The line of the file that each row begins in. */
  readonly lines: readonly number[]
  readonly delimiter: string
  /** What fractions began with; in the cells of columns of numbers it is a point. */
  readonly decimal: DecimalMark
  readonly encoding: Encoding
}

/** Names, and the rows below them. */
type Named = Pick<Table, 'columns' | 'rows' | 'lines'>
type Refuse = (expected: string, received: string, place: string, hint?: string) => Either<DecodeError, never>

/** Names that name one column each. */
const checkedNames =
  (refuse: Refuse) =>
  (names: readonly string[], line: string): Either<DecodeError, readonly string[]> => {
    const hint = 'name the columns by the option columns'
    const last = new Map(names.map((name, i) => [name, i]))
    const odd = names.findIndex((name, i) => typeof name !== 'string' || name.trim() === '' || last.get(name) !== i)
    const name = names[odd]
    if (odd < 0) return right(names)
    if (typeof name !== 'string') return refuse('texts for columns', shown(name), line)
    return name.trim() === ''
      ? refuse('a name for every column', 'an empty one', `${line}, column ${odd + 1}`, hint)
      : refuse(
          'a name of its own for every column',
          `${shown(name)} twice`,
          `${line}, columns ${odd + 1} and ${(last.get(name) ?? 0) + 1}`,
          hint,
        )
  }

/** The rows under the names of their columns, as many cells in each. */
const named =
  (refuse: Refuse, { header, columns }: Pick<TableOptions, 'header' | 'columns'>) =>
  ({ rows, lines }: Records): Either<DecodeError, Named> => {
    const first = rows[0]
    if (first === undefined) return refuse(header ? 'a line of column names' : 'a row', 'an empty file', 'line 1')
    const line = `line ${lines[0]}`
    const below = header ? { rows: rows.slice(1), lines: lines.slice(1) } : { rows, lines }
    const own = header ? first : first.map((_, i) => `column${i + 1}`)
    if (columns !== undefined && columns.length !== first.length)
      return refuse(`${columns.length} cells, as there are names of columns`, String(first.length), line)
    const odd = below.rows.findIndex((row) => row.length !== first.length)
    return pipe(
      checkedNames(refuse)(columns ?? own, line),
      chain((names) =>
        odd < 0
          ? right({ columns: names, ...below })
          : refuse(`${first.length} cells, as the first line has`, String(below.rows[odd]?.length), `line ${below.lines[odd]}`),
      ),
    )
  }

/** Whose numbers have decimal commas, of the columns of a table. */
const commasIn = ({ rows, columns }: Named, delimiter: string, decimal: TableOptions['decimal']): ReadonlySet<number> => {
  if (decimal === '.' || (decimal === 'auto' && delimiter === ',')) return new Set()
  return new Set(decimal === ',' ? columns.keys() : commaColumns(rows, columns.length))
}

/** A table, and what else must be known to read on in its file: which columns have decimal commas. */
export interface Found extends Table {
  readonly commas: ReadonlySet<number>
}

/**
 * What is read of a text whose options are complete, on behalf of a function.
 *
 * @param line    the number of its first line
 * @param known   what was found before in the same file: there are no names any more, and nothing is to be found by looking
 */
export const found =
  (who: string, where: string, options: TableOptions, line = 1, known?: Found) =>
  (text: string, encoding: Encoding): Either<DecodeError, Found> => {
    const delimiter = known?.delimiter ?? (options.delimiter === 'auto' ? delimiterOf(text) : options.delimiter)
    const refuse: Refuse = (expected, received, place, hint) =>
      left(
        new DecodeError({
          who,
          expected,
          received,
          where: `${where}, ${place}`,
          ...(hint === undefined ? {} : { hint }),
        }),
      )
    return pipe(
      recordsOf(who, where, { delimiter, trim: options.trim, line })(text),
      chain(named(refuse, known === undefined ? options : { header: false, columns: known.columns })),
      map((own) => {
        const commas = known?.commas ?? commasIn(own, delimiter, options.decimal)
        const rows = commas.size === 0 ? own.rows : withPoints(own.rows, commas)
        return { ...own, rows, delimiter, decimal: commas.size === 0 ? '.' : ',', encoding, commas }
      }),
    )
  }

/** `readTable`, on behalf of another, which says so. */
export const tableReader = (
  who: string,
  options: Partial<TableOptions>,
): ((where: string) => (file: Uint8Array | string) => Either<DecodeError, Table>) => {
  const own = tableOptions(who, options)
  return (where) => {
    wantsText(who, 'the name of the file', where)
    return (file) =>
      pipe(
        textOf(who, own.encoding, where)(file),
        chain(({ text, encoding }) => found(who, where, own)(text, encoding)),
        map(({ commas: _, ...table }) => table),
      )
  }
}

/**
 * The table of a file of comma-separated values, or of semicolons, tabs or bars: names of columns, and rows of text, each with its line.
 *
 * A cell is what stands there, but for numbers with a decimal comma, whose comma becomes a point. A line that is blank is no row.
 *
 * @param where  the file's name, for the message
 * @error `DecodeError` that names file, line and column, for quotes that do not enclose a whole cell, rows of another length than the
 *        first, names of columns that are empty or the same, and bytes that are no text; `ValueError` for options that there are not
 * @source Shafranovich (2005), RFC 4180
 * @example
 * readTable('flowers.csv')('length;width\n5,1;3,5') // Right({ columns: ['length', 'width'], rows: [['5.1', '3.5']], lines: [2], … })
 */
export const readTable = (
  where: string,
  options: Partial<TableOptions> = {},
): ((file: Uint8Array | string) => Either<DecodeError, Table>) => tableReader('readTable', options)(where)
