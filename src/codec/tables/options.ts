/** What may be said of a table; what is not said is found by looking. */
import { optionsOf, shown, ValueError, wantsBoolean, wantsList } from '../../error/index.js'
import { fixed } from '../../shape/index.js'
import type { DecimalMark } from './decimal.js'
import { type Encoding, encodings } from './encoding.js'

export interface TableOptions {
  /** The character between cells; `auto` chooses among comma, semicolon, tab and bar. */
  readonly delimiter: string
  /** Whether the first line holds the names of columns. */
  readonly header: boolean
  /** Names of the columns, instead of those in the file; `undefined`: as there, or `column1`, `column2`, … */
  readonly columns: readonly string[] | undefined
  /** What the bytes are; `auto`: what their mark says, or UTF-8 where they can be, or windows-1252. */
  readonly encoding: Encoding | 'auto'
  /** What fractions begin with; `auto`: a comma where columns of numbers have one, and the delimiter is another. */
  readonly decimal: DecimalMark | 'auto'
  /** Whether white space around cells is left out. */
  readonly trim: boolean
}
export const tableDefaults: TableOptions = fixed({
  delimiter: 'auto',
  header: true,
  columns: undefined,
  encoding: 'auto',
  decimal: 'auto',
  trim: false,
})

/** One of these words, or the sentence that says which there are. */
const wantsOneOf = <W extends string>(who: string, what: string, words: readonly W[], given: W): W => {
  if (words.includes(given)) return given
  throw new ValueError({ who, expected: `${words.slice(0, -1).join(', ')} or ${words.at(-1)} for ${what}`, received: shown(given) })
}

/** What is read of a file, by whom. @error `ValueError` for what is no encoding */
export const wantsEncoding = (who: string, encoding: Encoding | 'auto'): Encoding | 'auto' =>
  wantsOneOf(who, 'encoding', ['auto', ...encodings], encoding)

const isDelimiter = (given: unknown): boolean => given === 'auto' || (typeof given === 'string' && /^[^"\r\n]$/u.test(given))

/** The options of a table, complete. @error `ValueError` for one that it cannot have */
export const tableOptions = (who: string, given: Partial<TableOptions>): TableOptions => {
  const options = optionsOf(who, tableDefaults, given)
  const { delimiter, header, columns, encoding, decimal, trim } = options
  if (!isDelimiter(delimiter))
    throw new ValueError({
      who,
      expected: 'one character for delimiter, neither a quote nor the end of a line',
      received: shown(delimiter),
    })
  wantsBoolean(who, 'header', header)
  if (columns !== undefined) wantsList(who, 'a list of names for columns', columns)
  wantsEncoding(who, encoding)
  wantsOneOf(who, 'decimal', ['auto', '.', ','], decimal)
  wantsBoolean(who, 'trim', trim)
  return { ...options, columns: columns === undefined ? undefined : fixed(columns) }
}
