/**
 * Ten thousand files that are nothing, nearly something, or something else: no decoder throws on one, what is refused is refused in one
 * sentence, what is accepted is no larger than the file, and no prototype is changed.
 */
import * as fc from 'fast-check'
import { type Either, left } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { decodeModel } from '../../../src/codec/index.js'
import {
  BooleanFromString,
  csv,
  csvStream,
  DateFromString,
  type Encoding,
  IntFromString,
  jsonLines,
  jsonLinesStream,
  NumberFromString,
  optional,
  readTable,
  type TableOptions,
} from '../../../src/codec/tables/index.js'
import { decodeIdx } from '../../../src/data/index.js'
import { longestMessage } from '../../../src/error/index.js'
import { sizeOf } from '../../../src/shape/index.js'

type File = Uint8Array | string
const runs = 10_000

/** Pieces that mean something to one decoder or another. */
const pieces: readonly string[] = [
  ',', ';', '\t', '|', '"', '""', '\n', '\r\n', '\r', ' ', '', '\ufeff', '\0', 'x', 'y', '__proto__', 'constructor', 'toString', 'length',
  '1', '-2.5', '1,5', '1.234,5', '1e999', 'NaN', 'NA', 'true', '2024-02-30', '2024-02-29', 'Zoë', '😀', '\ud800', '\u2028',
  '{', '}', '[', ']', ':', '"x"', '"__proto__":{"admin":true}', '{"x":1}', '{"x":"1","__proto__":{"admin":true}}', '\\u005f_proto__', '[[[[',
] // biome-ignore format: a list
const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((some) => some.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
)
/** Tables that are whole: an equal number of cells in each line. */
const tables: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n', '\r'), fc.integer({ min: 1, max: 4 }))
  .chain(([delimiter, end, width]) =>
    fc
      .array(
        fc.array(fc.constantFrom('x', 'y', '__proto__', '1', '1,5', '2.5', '"a""b"', '"c\nd"', '', 'é'), {
          minLength: width,
          maxLength: width,
        }),
        { maxLength: 6 },
      )
      .map((rows) => rows.map((row) => row.join(delimiter)).join(end)),
  )
const idx: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.uint8Array({ minLength: 1, maxLength: 3 }), fc.uint8Array({ maxLength: 40 }))
  .map(([sizes, bytes]) => Uint8Array.from([0, 0, 8, sizes.length, ...[...sizes].flatMap((size) => [0, 0, 0, size % 8]), ...bytes]))
const encoded: fc.Arbitrary<Uint8Array> = fc.oneof(texts, tables).map((text) => new TextEncoder().encode(text))
const wide =
  (littleEndian: boolean) =>
  (text: string): Uint8Array => {
    const view = new DataView(new ArrayBuffer(2 * text.length))
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian)
    return new Uint8Array(view.buffer)
  }
/** Bytes with some of them changed, left out, or there twice. */
const mutated: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.oneof(encoded, idx),
    fc.array(fc.tuple(fc.nat(80), fc.integer({ min: 0, max: 255 }), fc.nat(4)), { minLength: 1, maxLength: 4 }),
  )
  .map(([bytes, changes]) =>
    changes.reduce(
      (now, [at, byte, take]) =>
        Uint8Array.from([...now.subarray(0, at), ...(take % 2 === 0 ? [byte] : []), ...now.subarray(at + take - 2)]),
      bytes,
    ),
  )
const files: fc.Arbitrary<File> = fc.oneof(
  texts,
  tables,
  encoded,
  mutated,
  idx,
  fc.uint8Array({ maxLength: 60 }),
  tables.map((text) => wide(true)(`\ufeff${text}`)),
  texts.map((text) => wide(false)(`\ufeff${text}`)),
)
const options: fc.Arbitrary<Partial<TableOptions>> = fc.record(
  {
    delimiter: fc.constantFrom('auto', ',', ';', ' ', 'é', '😀'),
    header: fc.boolean(),
    columns: fc.constantFrom(undefined, ['x'], ['x', 'y'], ['__proto__', 'x'], ['x', 'x']),
    encoding: fc.constantFrom<Encoding | 'auto'>('auto', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
    decimal: fc.constantFrom<TableOptions['decimal']>('auto', '.', ','),
    trim: fc.boolean(),
  },
  { requiredKeys: [] },
)
const cells = t.type({ x: optional(t.union([NumberFromString, IntFromString, BooleanFromString, DateFromString])) })
const anyRow = t.record(t.string, t.unknown)
const lines = t.union([t.type({ x: NumberFromString }), t.UnknownArray, t.UnknownRecord, t.number, t.string])

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Uint8Array.prototype, Map.prototype]
const stateOf = (): string => JSON.stringify(prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String)))

/** The value, if there is one; an error is one of ours, and one sentence. */
const answer = <A>(result: Either<Error, A>): A | undefined => {
  if (result._tag === 'Right') return result.right
  expect(result.left.name).toBe('DecodeError')
  expect(result.left.message.length).toBeLessThanOrEqual(longestMessage)
  return undefined
}
const everywhere = (f: (file: File, given: Partial<TableOptions>) => void): void => {
  const before = stateOf()
  fc.assert(fc.property(files, options, f), { numRuns: runs })
  expect(stateOf()).toBe(before)
}
/** Whether a record is one of ours, with nothing of a stranger's behind it. */
const isPlain = (row: unknown): boolean =>
  typeof row !== 'object' || row === null || (!('admin' in row) && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(row)))

describe('any file', () => {
  it('is a table no larger than itself, or none', () =>
    everywhere((file, given) => {
      const table = answer(readTable('f', given)(file))
      if (table === undefined) return
      const all = [...(given.header === false ? [] : [table.columns]), ...table.rows].flat()
      const own = given.columns === undefined ? all : table.rows.flat()
      expect(own.reduce((sum, cell) => sum + cell.length, 0) + own.length).toBeLessThanOrEqual(file.length + 1)
      expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true)
      expect(table.lines.every((line, i) => line > (table.lines[i - 1] ?? 0))).toBe(true)
      expect(new Set(table.columns).size).toBe(table.columns.length)
    }))
  it('is rows of CSV, or none', () =>
    everywhere((file, given) => {
      for (const codec of [cells, anyRow]) expect((answer(csv<unknown>(codec, given)('f')(file)) ?? []).every(isPlain)).toBe(true)
    }))
  it('is rows of CSV and of JSON lines, or none, as it comes in pieces', async () => {
    const before = stateOf()
    const ended = async (rows: AsyncIterable<unknown>): Promise<void> => {
      try {
        for await (const row of rows) expect(isPlain(row)).toBe(true)
      } catch (error) {
        answer(left(error as Error))
      }
    }
    await fc.assert(
      fc.asyncProperty(files, options, fc.nat(40), fc.integer({ min: 1, max: 100 }), async (file, given, at, head) => {
        const pieces = [file.slice(0, at), file.slice(at)]
        await ended(csvStream<unknown>(anyRow, { ...given, head, longestRow: 80 })('f')(pieces))
        await ended(jsonLinesStream<unknown>(lines, { encoding: given.encoding ?? 'auto', longestRow: 80 })('f')(pieces))
      }),
      { numRuns: runs },
    )
    expect(stateOf()).toBe(before)
  })
  it('is rows of JSON lines, or none', () =>
    everywhere((file, { encoding = 'auto' }) => {
      expect((answer(jsonLines<unknown>(lines, { encoding })('f')(file)) ?? []).every(isPlain)).toBe(true)
    }))
  it('is numbers of IDX that are all there, or none', () =>
    everywhere((file) => {
      for (const axes of [1, 2, 3]) {
        const found = answer(decodeIdx(axes, 'f')(file as Uint8Array))
        if (found !== undefined) expect(found.bytes.length).toBe(sizeOf(found.shape))
      }
    }))
  it('is a model, or none', () =>
    everywhere((file) => {
      answer(decodeModel('f')(file as string))
    }))
})

describe('a long file of one thing', () => {
  const n = 100_000
  const long: readonly string[] = [
    '"', ',', ';', '\n', '\r', '"\n', '",', ' ', '[', '1,5;', 'x,y\n', '{"a":', '-', '1.111', '😀',
  ].map((piece) => piece.repeat(n)) // biome-ignore format: a list
  const names = Array.from({ length: n }, (_, i) => `x${i}`).join(',')
  const all = [...long, `${names}\n1`, `${names}\n${names}`, `${'x'.repeat(n)}\n1`, `x;y\n${'1.111'.repeat(n)}a;2,5`]
  for (const [i, file] of all.entries())
    it(`ends: ${i}, ${JSON.stringify(file.slice(0, 8))}…`, () => {
      answer(readTable('f')(file))
      answer(csv(t.type({ y: NumberFromString }))('f')(file))
      answer(jsonLines(t.type({ y: NumberFromString }))('f')(file))
    })
})
