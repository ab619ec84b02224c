/** Tables as text: comma-separated values, quoted where that is needed. */
import { shown, ValueError, wantsList } from '../../error/index.js'
import { delimiters } from './delimiter.js'

/** What a cell may hold. */
export type Cell = string | number | bigint | boolean | null | undefined

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
/** Characters that mean something in some table, or white space at an end. */
const needsQuotes = new RegExp(`["\r\n${delimiters.join('')}]|^\\s|\\s$`)

/** A text is written as it is, nothing as an empty cell. */
const written = (cell: Cell): string => {
  if (cell === undefined || cell === null) return ''
  const text = Object.is(cell, -0) ? '-0' : String(cell)
  return needsQuotes.test(text) ? quoted(text) : text
}
const isCell = (u: unknown): u is Cell =>
  u === null || (typeof u === 'string' ? !u.includes('\0') : ['number', 'bigint', 'boolean', 'undefined'].includes(typeof u))

const who = 'encodeCsv'
const wantsColumns = <C extends string>(columns: readonly C[]): readonly C[] => {
  const names = wantsList(who, 'a list of names of columns', columns)
  const odd = names.findIndex((name, i) => typeof name !== 'string' || !isCell(name) || name.trim() === '' || names.indexOf(name) !== i)
  if (names.length > 0 && odd < 0) return [...names]
  const expected = 'at least one column, and a name of its own for each'
  throw new ValueError({ who, expected, received: odd < 0 ? 'none' : `${shown(names[odd])} for column ${odd + 1}` })
}

/** The line of a record. A row of one empty cell is quoted, since a blank line is no row. */
const lineOf =
  (columns: readonly string[]) =>
  (row: Readonly<Record<string, Cell>>, i: number): string => {
    if (typeof row !== 'object' || row === null) throw new ValueError({ who, expected: 'records', received: shown(row), where: `row ${i}` })
    const cells = columns.map((column) => (Object.hasOwn(row, column) ? row[column] : undefined))
    const odd = cells.findIndex((cell) => !isCell(cell))
    if (odd >= 0)
      throw new ValueError({
        who,
        expected: 'texts without a NUL, numbers or booleans',
        received: shown(cells[odd]),
        where: `row ${i}, ${columns[odd]}`,
      })
    const line = cells.map(written).join(',')
    return line === '' ? quoted('') : line
  }

/**
 * Records as a file of comma-separated values: a line of names, then a line for each.
 *
 *     csv(row)(where)(encodeCsv(columns)(rows.map(row.encode))) = right(rows)
 *
 * @param columns  the fields that are written, in this order
 * @error `ValueError` for names that are empty or the same, for what is no cell, and for a text with a NUL character
 * @source Shafranovich (2005), RFC 4180
 * @example
 * encodeCsv(['species', 'length'])([{ species: 'setosa', length: 5.1 }]) // => 'species,length\nsetosa,5.1\n'
 */
export const encodeCsv = <const C extends string>(columns: readonly C[]): ((rows: readonly Readonly<Record<C, Cell>>[]) => string) => {
  const names = wantsColumns(columns)
  const line = lineOf(names)
  return (rows) => {
    wantsList(who, 'a list of records', rows)
    return `${[names.map(written).join(','), ...Array.from(rows, (row, i) => line(row as Readonly<Record<string, Cell>>, i))].join('\n')}\n`
  }
}
