/** CSV and JSON lines, whole and as they come in pieces. */
import * as fc from 'fast-check'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import {
  BooleanFromString,
  csv,
  csvStream,
  DateFromString,
  encodeCsv,
  IntFromString,
  jsonLines,
  jsonLinesStream,
  NumberFromString,
  optional,
  readTable,
  type Table,
  type TableOptions,
} from '../../../src/codec/tables/index.js'
import { orThrow } from '../../../src/error/index.js'
import { chosen, encoded, type Fuzzed, textOf, wants, where } from '../fuzzed.js'

const wide =
  (mark: readonly number[], isLittle: boolean) =>
  (text: string): Uint8Array =>
    Buffer.concat([Uint8Array.from(mark), isLittle ? Buffer.from(text, 'utf16le') : Buffer.from(text, 'utf16le').swap16()])
const seeds: readonly Uint8Array[] = [
  ...[
    'x,y\n1,2\n',
    'x;y\r\n1,5;2\r\n1.234,5;"a""b"\r\n',
    'x\ty\n"c\nd"\té\n',
    'x,__proto__,constructor\n1,2,3\n\n4,,"6,7"\n',
    '"x"|y|toString\n2024-02-29|true|NA\n2024-02-30|false|-0\n',
    'x\r1\r2.5\r',
  ].map(encoded),
  wide([0xff, 0xfe], true)('x,y\n1,😀\n'),
  wide([0xfe, 0xff], false)('x;y\n1,5;Zoë\n'),
  Uint8Array.of(120, 44, 121, 10, 49, 44, 0xe9, 10),
]
/** Pieces that mean something to one decoder or another. */
const pieces: readonly string[] = [
  ',', ';', '\t', '|', '"', '""', '\n', '\r\n', '\r', ' ', '', '\ufeff', '\0', 'x', 'y', '__proto__', 'constructor', 'toString', 'length',
  '1', '-2.5', '1,5', '1.234,5', '1e999', 'NaN', 'NA', 'true', '2024-02-30', '2024-02-29', 'Zoë', '😀', '\ud800', '\u2028',
  '{', '}', '[', ']', ':', '"x"', '"__proto__":{"admin":true}', '{"x":1}', '{"x":"1","__proto__":{"admin":true}}', '\\u005f_proto__', '[[[[',
] // biome-ignore format: a list
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((some) => some.join(''))
/** Tables that are whole: an equal number of cells in each line. */
const tables: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n', '\r'), fc.integer({ min: 1, max: 4 }))
  .chain(([delimiter, end, width]) => {
    const cell = fc.constantFrom('x', 'y', '__proto__', '1', '1,5', '2.5', '"a""b"', '"c\nd"', '', 'é')
    const row = fc.array(cell, { minLength: width, maxLength: width })
    return fc.array(row, { maxLength: 6 }).map((rows) => rows.map((cells) => cells.join(delimiter)).join(end))
  })
const made: fc.Arbitrary<Uint8Array> = fc.oneof(
  texts.map(encoded),
  tables.map(encoded),
  texts.map(wide([0xfe, 0xff], false)),
  tables.map(wide([0xff, 0xfe], true)),
)

/** What tables may be said to be like, each in turn. */
const options: readonly [Partial<TableOptions>, ...Partial<TableOptions>[]] = [
  {},
  { delimiter: ',', trim: true },
  { header: false },
  { columns: ['x', 'y'] },
  { columns: ['__proto__', 'x'], header: false },
  { columns: ['x', 'x'] },
  { delimiter: ';', decimal: ',' },
  { delimiter: '😀', encoding: 'utf-8' },
  { encoding: 'utf-16le' },
  { encoding: 'utf-16be', decimal: '.' },
  { encoding: 'windows-1252', delimiter: 'é' },
]
/** A file as bytes, or as the text that they are. */
const given = (file: Uint8Array): Uint8Array | string => chosen<Uint8Array | string>([file, textOf(file)], file)

/** Whether a record is one of ours, with nothing of a stranger's behind it. */
const isPlain = (row: unknown): boolean =>
  typeof row !== 'object' || row === null || (!('admin' in row) && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(row)))
const wantsPlain = (rows: readonly unknown[]): void => wants(rows.every(isPlain), 'a row with something behind it')

const cells = t.type({ x: optional(t.union([NumberFromString, IntFromString, BooleanFromString, DateFromString])) })
const anyRow = t.record(t.string, t.unknown)
const anyLine = t.union([t.type({ x: NumberFromString }), t.UnknownArray, t.UnknownRecord, t.number, t.string])

/** The rows of a stream, or why it ended. */
const drained = async (rows: AsyncIterable<unknown>): Promise<Either<unknown, readonly unknown[]>> => {
  const all: unknown[] = []
  try {
    for await (const row of rows) all.push(row)
    return right(all)
  } catch (error) {
    return left(error)
  }
}
const halves = (file: Uint8Array | string): readonly (Uint8Array | string)[] => {
  const at = (7 * file.length) % 41
  return [file.slice(0, at), file.slice(at)] as readonly (Uint8Array | string)[]
}
const lineSeeds = ['{"x":1}\n{"x":"2"}\n', '[1,[2,{"y":null}]]\r\n"text"\n\n3\n', '{"x":{"y":{"z":[1,2,3]}},"é":"😀\\ud800"}'].map(encoded)

/** As many cells in each row, no more text than there was; written and read again, the same. */
const checkTable = ({ columns, rows, lines }: Table, file: Uint8Array): void => {
  const { header = true, columns: own } = chosen(options, file)
  const all = own === undefined && header ? [columns, ...rows].flat() : rows.flat()
  wants(all.reduce((sum, cell) => sum + cell.length, 0) + all.length <= file.length + 1, 'a table larger than its file')
  wants(rows.every((row) => row.length === columns.length), 'rows of different lengths') // biome-ignore format: one rule
  wants(lines.every((line, i) => line > (lines[i - 1] ?? 0)), 'lines out of order') // biome-ignore format: one rule
  wants(new Set(columns).size === columns.length, 'a column twice')
  if (all.concat(columns).some((cell) => cell.includes('\0'))) return
  const records = rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? ''])))
  const again = orThrow(readTable('again', { delimiter: ',', decimal: '.' })(encodeCsv(columns)(records)))
  wants(JSON.stringify([again.columns, again.rows]) === JSON.stringify([columns, rows]), 'a table that is another when it is read again')
}

const table: Fuzzed<Table> = {
  name: 'readTable',
  seeds,
  made,
  decode: (file) => readTable(where, chosen(options, file))(given(file)),
  check: checkTable,
}
const rowsOfCsv: Fuzzed<readonly unknown[]> = {
  name: 'csv',
  seeds,
  made,
  decode: (file) => csv<unknown>(chosen<typeof cells | typeof anyRow>([cells, anyRow], file), chosen(options, file))(where)(given(file)),
  check: wantsPlain,
}
const streamOfCsv: Fuzzed<readonly unknown[]> = {
  name: 'csvStream',
  seeds,
  made,
  decode: (file) =>
    drained(
      csvStream<unknown>(anyRow, { ...chosen(options, file), head: 1 + (file.length % 100), longestRow: 80 })(where)(
        halves(given(file)) as readonly Uint8Array[],
      ),
    ),
  check: wantsPlain,
}
const lines: Fuzzed<readonly unknown[]> = {
  name: 'jsonLines',
  seeds: lineSeeds,
  made,
  decode: (file) => jsonLines<unknown>(anyLine)(where)(given(file)),
  check: wantsPlain,
}
const streamOfLines: Fuzzed<readonly unknown[]> = {
  name: 'jsonLinesStream',
  seeds: lineSeeds,
  made,
  decode: (file) => drained(jsonLinesStream<unknown>(anyLine, { longestRow: 80 })(where)(halves(given(file)) as readonly Uint8Array[])),
  check: wantsPlain,
}
export const tableDecoders: readonly Fuzzed[] = [table, rowsOfCsv, streamOfCsv, lines, streamOfLines]
