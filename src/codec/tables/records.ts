/**
 * A text cut into rows of cells by RFC 4180: a cell that begins with a quote ends with one, and inside of it delimiters and line ends
 * stand for themselves and a quote is doubled. A row ends with CRLF, LF or CR; a line that is blank is none.
 *
 * The only place that knows the parser. It is the build for browsers, which brings what it uses of Node along, and is there and in Node
 * the same.
 *
 * @source Shafranovich (2005), RFC 4180
 */
import { CsvError, parse } from 'csv-parse/browser/esm/sync'
import { bimap, type Either, tryCatch } from 'fp-ts/lib/Either.js'
import { identity, pipe } from 'fp-ts/lib/function.js'
import { scanLeft } from 'fp-ts/lib/ReadonlyArray.js'
import { DecodeError, shown } from '../../error/index.js'

/** Rows of cells, and the line that each begins in. */
export interface Records {
  readonly rows: readonly (readonly string[])[]
  readonly lines: readonly number[]
}
export interface RecordOptions {
  readonly delimiter: string
  /** Whether white space around cells is none of theirs. */
  readonly trim: boolean
  /** The number of the first line. */
  readonly line: number
}

type Row = readonly string[]
const lineEnd = /\r\n|\n|\r/

/** The rows of a text, or of its beginning. */
const parsed = (text: string, { delimiter, trim }: RecordOptions, to = -1): readonly Row[] =>
  to === 0
    ? []
    : parse(new TextEncoder().encode(text), {
        delimiter,
        trim,
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        ...(to < 0 ? {} : { to }),
      })

/** How many lines a row takes. */
const linesIn = (row: Row): number => row.reduce((sum, cell) => sum + cell.split(lineEnd).length - 1, 1)
/** The lines that rows begin in, and the one after the last. */
const starts = (rows: readonly Row[], line: number): readonly number[] => scanLeft(line, (at, row: Row) => at + linesIn(row))(rows)

const isBlank = ([cell, ...rest]: Row): boolean => cell !== undefined && rest.length === 0 && cell.trim() === ''

/** The rows that are no blank lines. A quoted cell is there, also if nothing is in it. */
const withoutBlanks = (text: string, rows: readonly Row[], first: number): Records => {
  const lines = starts(rows, first)
  if (!rows.some(isBlank)) return { rows, lines: lines.slice(0, -1) }
  const written = text.split(lineEnd)
  const kept = rows.flatMap((row, i) => {
    const line = lines[i] ?? first
    return isBlank(row) && written[line - first]?.trim() === '' ? [] : [{ row, line }]
  })
  return { rows: kept.map(({ row }) => row), lines: kept.map(({ line }) => line) }
}

const expectations: Readonly<Record<string, readonly [expected: string, received: string]>> = {
  CSV_QUOTE_NOT_CLOSED: ['a quote at the end of a cell that begins with one', 'the end of the file'],
  INVALID_OPENING_QUOTE: ['quotes around a whole cell, doubled inside of it', 'one amid a cell'],
  CSV_INVALID_CLOSING_QUOTE: ['quotes around a whole cell, doubled inside of it', 'one amid a cell'],
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: ['quotes around a whole cell, doubled inside of it', 'one amid a cell'],
}

/** The sentence of what the parser refuses, with the line that its row begins in. */
const refusal = (who: string, where: string, text: string, options: RecordOptions, error: unknown): DecodeError => {
  if (!(error instanceof CsvError)) return new DecodeError({ who, expected: 'a table', received: shown(error), where })
  const [expected, received] = expectations[error.code] ?? ['a table', shown(error)]
  const line = starts(parsed(text, options, Number(error['records'])), options.line).at(-1)
  return new DecodeError({ who, expected, received, where: `${where}, line ${line}, column ${Number(error['column']) + 1}` })
}

/**
 * The rows of a text.
 *
 * @error `DecodeError` for a quote amid a cell, or one that is not closed
 */
export const recordsOf =
  (who: string, where: string, options: RecordOptions) =>
  (text: string): Either<DecodeError, Records> =>
    pipe(
      tryCatch(() => parsed(text, options), identity),
      bimap(
        (error) => refusal(who, where, text, options, error),
        (rows) => withoutBlanks(text, rows, options.line),
      ),
    )
