/** Rows that a codec decodes, from CSV and from JSON lines, and back; what it refuses is said with line and column. */
import * as fc from 'fast-check'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import {
  BooleanFromString,
  columnsOf,
  csv,
  DateFromString,
  encodeCsv,
  IntFromString,
  jsonLines,
  NumberFromString,
  optional,
  readTable,
} from '../../../src/codec/tables/index.js'
import { orThrow } from '../../../src/error/index.js'

const message = (result: Either<Error, unknown>): string => (isLeft(result) ? result.left.message : 'no error')
const Flower = t.type({ length: NumberFromString, species: t.string })

describe('csv', () => {
  const flowers = csv(Flower)('iris.csv')
  it('makes values of cells; columns that nobody names are let be', () => {
    const rows: readonly { readonly length: number; readonly species: string }[] = orThrow(
      flowers('species,length\nsetosa,5.1\n"a, b",-3e2\n'),
    )
    expect(rows).toEqual([
      { species: 'setosa', length: 5.1 },
      { species: 'a, b', length: -300 },
    ])
    expect(orThrow(csv(t.strict({ length: NumberFromString }))('iris.csv')('species;length\nsetosa;1.005,1'))).toEqual([{ length: 1005.1 }])
    expect(orThrow(flowers('length,species\n'))).toEqual([])
  })
  it.each<readonly [file: string, sentence: string]>([
    ['length,species\n5.1,setosa\n\nabc,setosa\nx,y', 'csv expects NumberFromString in the column length, receives "abc" (iris.csv, line 4)'],
    ['lenght,species\n1,2', 'csv expects a column length, receives the columns ["lenght", "species"]; did you mean lenght? (iris.csv)'],
    ['length,species\n1', 'csv expects 2 cells, as the first line has, receives 1 (iris.csv, line 2)'],
    ['length,species\n"1', 'csv expects a quote at the end of a cell that begins with one, receives the end of the file (iris.csv, line 2, column 1)'],
    ['length,species,__proto__\n1,2,3', 'csv expects columns that a record can have, receives __proto__ (iris.csv, column 3)'],
  ])('refuses %j', (file, sentence) => expect(message(flowers(file))).toBe(sentence)) // biome-ignore format: a table
  it('names the column in whatever the codec is made of', () => {
    const file = 'length,species\n1,2'
    const whole = t.intersection([t.type({ length: NumberFromString }), t.type({ species: t.literal('setosa') })])
    expect(message(csv(whole)('f')(file))).toBe('csv expects "setosa" in the column species, receives "2" (f, line 2)')
    const either = t.type({ species: t.union([t.literal('setosa'), t.literal('virginica')]) })
    expect(message(csv(either)('f')(file))).toMatch(/^csv expects "setosa" in the column species, receives "2"/)
    const positive = t.refinement(Flower, ({ length }) => length > 2, 'long')
    expect(message(csv(positive)('f')(file))).toBe('csv expects long, receives { length: 1, species: "2" } (f, line 2)')
  })
  it('says what a codec says itself, or throws', () => {
    const saying = new t.Type<string>('own', t.string.is, (u, c) => t.failure(u, c, 'one of the known species'), t.identity)
    const failing = new t.Type<string>('own', t.string.is, () => { throw new Error('bad luck') }, t.identity) // biome-ignore format: one line
    const of = (codec: t.Type<string>): string => message(csv(t.type({ species: codec }))('f')('species\nx'))
    expect(of(saying)).toBe('csv expects a row that the codec decodes, receives one of the known species (f, line 2)')
    expect(of(failing)).toBe('csv expects a row that the codec decodes, receives bad luck (f, line 2)')
  })
  it('asks for a codec at once, and for options that there are', () => {
    expect(() => csv({ length: NumberFromString } as never)).toThrow('csv expects a codec of io-ts for a row, receives undefined')
    expect(() => csv(undefined as never)).toThrow('csv expects a codec of io-ts for a row, receives undefined')
    expect(() => csv(Flower, { quote: "'" } as never)).toThrow(
      'csv expects delimiter, header, columns, encoding, decimal or trim, receives the option quote',
    )
  })
})

describe('jsonLines', () => {
  const Digit = t.type({ x: t.array(t.number), label: t.number })
  const digits = jsonLines(Digit)('d.jsonl')
  it('decodes every line that is not blank', () =>
    expect(orThrow(digits('{"x":[1,2],"label":0}\r\n\n{"x":[],"label":1,"more":true}'))).toEqual([
      { x: [1, 2], label: 0 },
      { x: [], label: 1, more: true },
    ]))
  it.each<readonly [file: string, pattern: RegExp]>([
    ['{"x":[],"label":0}\n\n{"x":', /^jsonLines expects JSON, receives .* \(d\.jsonl, line 3\)$/],
    ['{"x":[1,"a"],"label":0}', /^jsonLines expects a row that the codec decodes, receives "a" for x\/1: number \(d\.jsonl, line 1\)$/],
    ['[1]', /^jsonLines expects a row that the codec decodes, receives \[1\] for .* \(d\.jsonl, line 1\)$/],
  ])('refuses %j', (file, pattern) => expect(message(digits(file))).toMatch(pattern))
  it('reads bytes of any encoding, and asks for what it needs at once', () => {
    expect(orThrow(jsonLines(t.string)('s')(Uint8Array.of(0x22, 0xeb, 0x22)))).toEqual(['ë'])
    expect(message(jsonLines(t.string, { encoding: 'utf-8' })('s')(Uint8Array.of(0x22, 0xeb, 0x22)))).toContain('(s, byte 1)')
    expect(() => jsonLines(Digit, { encoding: 'ascii' } as never)).toThrow('jsonLines expects auto, utf-8')
    expect(() => jsonLines(7 as never)).toThrow('jsonLines expects a codec of io-ts for a row, receives 7')
    expect(() => jsonLines(Digit)(undefined as never)).toThrow('jsonLines expects a text for the name of the file, receives undefined')
  })
  it('leaves __proto__ out, however it is written and wherever it stands', () => {
    const Row = t.type({ n: NumberFromString, inner: t.type({ m: NumberFromString }) })
    for (const name of ['__proto__', '\\u005f_proto__']) {
      const [row] = orThrow(jsonLines(Row)('p')(`{"n":"1","inner":{"m":"2","${name}":{"admin":true}},"${name}":{"admin":true}}`))
      expect(row).toEqual({ n: 1, inner: { m: 2 } })
      expect([row, row?.inner].map((part) => part !== undefined && 'admin' in part)).toEqual([false, false])
    }
  })
})

describe('cells', () => {
  const decoded = <A>(codec: t.Type<A, string>, ...texts: readonly unknown[]) => texts.map((text) => codec.decode(text))
  it('are finite decimal numbers', () => {
    expect(decoded(NumberFromString, '5.1', ' -3 ', '+.5', '1.', '1e-3', '-0')).toEqual([5.1, -3, 0.5, 1, 1e-3, -0].map((n) => right(n)))
    for (const text of ['', ' ', '.', '1,5', '0x10', 'NaN', 'Infinity', '1e999', '1_000', '1e', '١', 5, null])
      expect(isLeft(NumberFromString.decode(text))).toBe(true)
  })
  it('are whole numbers', () => {
    expect(decoded(IntFromString, '7', '-3', '1e3', '2.0')).toEqual([7, -3, 1000, 2].map((n) => right(n)))
    for (const text of ['1.5', '9007199254740993', '', 'a']) expect(isLeft(IntFromString.decode(text))).toBe(true)
  })
  it('are truths', () => {
    expect(decoded(BooleanFromString, 'true', 'FALSE', 'Yes', 'no', '1', '0')).toEqual(
      [true, false, true, false, true, false].map((b) => right(b)),
    )
    for (const text of ['', 't', '2', true]) expect(isLeft(BooleanFromString.decode(text))).toBe(true)
  })
  it('are dates, the same on every machine', () => {
    const dates = ['2024-02-29', '2024-02-29T12:30', '2024-02-29 12:30:15.5+01:00', '2024-02-29T23:59:59Z']
    expect(decoded(DateFromString, ...dates).map((date) => (isLeft(date) ? 'none' : date.right.toISOString()))).toEqual([
      '2024-02-29T00:00:00.000Z',
      '2024-02-29T12:30:00.000Z',
      '2024-02-29T11:30:15.500Z',
      '2024-02-29T23:59:59.000Z',
    ])
    for (const text of ['2023-02-29', '2024-04-31', '2024-13-01', '2024-02-29T25:00', '29.2.2024', '2024', '', 'soon'])
      expect([text, isLeft(DateFromString.decode(text))]).toEqual([text, true])
  })
  it('may have nothing in them', () => {
    const Age = optional(NumberFromString, ['', 'NA'])
    expect(decoded(Age, '', ' NA ', undefined, '3')).toEqual([undefined, undefined, undefined, 3].map((n) => right(n)))
    expect(isLeft(Age.decode('n/a'))).toBe(true)
    expect([Age.encode(undefined), Age.encode(3), Age.is(undefined), Age.is(3), Age.is('3')]).toEqual(['', '3', true, true, false])
    expect(message(csv(t.type({ age: Age }))('f')('age,n\n,1\nold,2'))).toBe(
      'csv expects optional(NumberFromString) in the column age, receives "old" (f, line 3)',
    )
    expect(() => optional(undefined as never)).toThrow('optional expects a codec of io-ts, receives undefined')
    expect(() => optional(NumberFromString, 'NA' as never)).toThrow(
      'optional expects a list of the texts of cells that say nothing, receives "NA"',
    )
  })
  it('are written as they are read', () =>
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.date({ noInvalidDate: true, min: new Date('0000-01-01'), max: new Date('9999-12-31') }),
        (number, whole, truth, date) => {
          // biome-ignore format: one line
          expect(NumberFromString.decode(NumberFromString.encode(number))).toEqual(right(number))
          expect(IntFromString.decode(IntFromString.encode(whole))).toEqual(right(whole))
          expect(BooleanFromString.decode(BooleanFromString.encode(truth))).toEqual(right(truth))
          expect(DateFromString.decode(DateFromString.encode(date))).toEqual(right(date))
        },
      ),
    ))
})

describe('encodeCsv', () => {
  it('quotes what it must', () =>
    expect(encodeCsv(['a', 'b;c'])([{ a: 'x, "y"\n', 'b;c': -0 }, { a: null, 'b;c': true }, { a: '', 'b;c': ' ' }])).toBe('a,"b;c"\n"x, ""y""\n",-0\n,true\n," "\n')) // biome-ignore format: one line
  const text = fc.oneof(
    fc.string({ unit: 'binary' }).filter((own) => !own.includes('\0')),
    fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', '\t', '|', ' ', '1', '.', '\ufeff') }),
  )
  const tables = fc
    .uniqueArray(
      text.filter((name) => name.trim() !== '' && name !== '__proto__'),
      { minLength: 1, maxLength: 4 },
    )
    .chain((columns) =>
      fc.tuple(fc.constant(columns), fc.array(fc.array(text, { minLength: columns.length, maxLength: columns.length }), { maxLength: 5 })),
    )
  it('writes what readTable reads, whatever is in the cells', () =>
    fc.assert(
      fc.property(tables, ([columns, rows]) => {
        const file = encodeCsv(columns)(rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]))))
        expect(orThrow(readTable('f')(file))).toMatchObject({ columns, rows })
      }),
      { numRuns: 1000 },
    ))
  it('writes what csv decodes', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ length: fc.double({ noNaN: true, noDefaultInfinity: true }), species: text })), (rows) => {
        expect(orThrow(csv(Flower)('f')(encodeCsv(['species', 'length'])(rows.map(Flower.encode))))).toEqual(rows)
      }),
    ))
  it('refuses what is no table', () => {
    expect(() => encodeCsv([])).toThrow('encodeCsv expects at least one column, and a name of its own for each, receives none')
    expect(() => encodeCsv(['x', 'x'])).toThrow(
      'encodeCsv expects at least one column, and a name of its own for each, receives "x" for column 2',
    )
    expect(() => encodeCsv(['x'])(7 as never)).toThrow('encodeCsv expects a list of records, receives 7')
    expect(() => encodeCsv(['x'])([null as never])).toThrow('encodeCsv expects records, receives null (row 0)')
    expect(() => encodeCsv(['x'])([{ x: 1 }, { x: [1] as never }])).toThrow(
      'encodeCsv expects texts without a NUL, numbers or booleans, receives [1] (row 1, x)',
    )
    expect(() => encodeCsv(['x'])([{ x: 'a\0' }])).toThrow(
      'encodeCsv expects texts without a NUL, numbers or booleans, receives "a\\u0000" (row 0, x)',
    )
    expect(encodeCsv(['toString', 'x'])([{ x: 1 } as never])).toBe('toString,x\n,1\n')
  })
})

describe('columnsOf', () => {
  it('has a list for every field', () => {
    const rows = orThrow(csv(Flower)('f')('length,species\n5.1,setosa\n7,versicolor'))
    const columns: { readonly length: readonly number[]; readonly species: readonly string[] } = columnsOf(rows)
    expect(columns).toEqual({ length: [5.1, 7], species: ['setosa', 'versicolor'] })
    expect(columnsOf([])).toEqual({})
  })
  it('gives the rows back, field by field', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ a: fc.integer(), b: fc.string() }), { minLength: 1 }), (rows) => {
        const { a, b } = columnsOf(rows)
        expect(a.map((own, i) => ({ a: own, b: b[i] }))).toEqual(rows)
      }),
    ))
  it('refuses what is no list of records', () => {
    expect(() => columnsOf(7 as never)).toThrow('columnsOf expects a list of records, receives 7')
    expect(() => columnsOf([{ x: 1 }, null as never])).toThrow('columnsOf expects a list of records, receives null')
  })
})
