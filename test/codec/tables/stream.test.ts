/** Files that come in pieces: the same rows, however they are cut, and no more of them read than is asked for. */
import * as fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import {
  type CsvStreamOptions,
  csv,
  csvStream,
  jsonLines,
  jsonLinesStream,
  NumberFromString,
  type Pieces,
  type RowCodec,
} from '../../../src/codec/tables/index.js'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(2 * text.length))
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian)
  return new Uint8Array(view.buffer)
}
/** A file cut at these places. */
const cut = <F extends Uint8Array | string>(file: F, places: readonly number[]): readonly F[] => {
  const at = [0, ...places.map((place) => place % (file.length + 1)).sort((a, b) => a - b), file.length]
  return at.slice(1).map((end, i) => file.slice(at[i], end) as F)
}
const all = async <A>(rows: AsyncIterable<A>): Promise<readonly A[]> => {
  const found: A[] = []
  for await (const row of rows) found.push(row)
  return found
}
/** Rows, or why there are none: of what is read at once, and of what comes. */
type Outcome = { readonly rows: readonly unknown[] } | { readonly message: string }
const later = async (rows: AsyncIterable<unknown>): Promise<Outcome> =>
  all(rows).then(
    (found) => ({ rows: found }),
    (error: Error) => ({ message: `${error.name}: ${error.message.replace(/^\w+Stream /, '')}` }),
  )
const atOnce = (read: ReturnType<ReturnType<typeof csv<unknown>>>, file: Uint8Array | string): Outcome => {
  const result = read(file)
  return isLeft(result) ? { message: `DecodeError: ${result.left.message.replace(/^\w+ /, '')}` } : { rows: result.right }
}
const anyRow: RowCodec<unknown> = t.record(t.string, t.unknown)

const places = fc.array(fc.nat(200), { maxLength: 8 })
const lines = (words: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((some) => some.join(''))
const tables = fc.oneof(
  lines(['x,y\n', 'x;y\r\n', '1,2\n', '1,5;2\r\n', '"a\r\nb",2\n', '"""q""",\r', '\r\n', '\n', 'é,😀\n', '"', ',', ' ']),
  lines(['1,2\n', '"\n",""\r\n', '"a""\r""b",4\r', '\r\n']).map((rest) => `x,y\n${rest}`),
)

describe('csvStream', () => {
  it('gives the rows of csv, and its sentences, wherever text is cut', () =>
    fc.assert(
      fc.asyncProperty(tables, places, async (file, where) => {
        expect(await later(csvStream(anyRow)('f')(cut(file, where)))).toEqual(atOnce(csv(anyRow)('f'), file))
      }),
      { numRuns: 2000 },
    ))
  it.each(['utf-8', 'utf-8 with its mark', 'utf-16le', 'utf-16be'])('and wherever bytes of %s are', (encoding) =>
    fc.assert(
      fc.asyncProperty(tables, places, async (text, where) => {
        const file = encoding === 'utf-8' ? utf8(text) : encoding.startsWith('utf-8') ? utf8(`\ufeff${text}`) : utf16(`\ufeff${text}`, encoding === 'utf-16le') // biome-ignore format: one line
        expect(await later(csvStream(anyRow)('f')(cut(file, where)))).toEqual(atOnce(csv(anyRow)('f'), file))
      }),
      { numRuns: 500 },
    ),
  )
  it('gives the same rows where it looks at nothing first, and none where csv gives none', () =>
    fc.assert(
      fc.asyncProperty(tables, places, async (file, where) => {
        const said = { delimiter: ',', decimal: '.' } as const
        const whole = atOnce(csv(anyRow, said)('f'), file)
        const outcome = await later(csvStream(anyRow, { ...said, head: 1 })('f')(cut(utf8(file), where)))
        if ('rows' in whole) expect(outcome).toEqual(whole)
        else expect(outcome).toHaveProperty('message')
      }),
      { numRuns: 3000 },
    ))
  it('reads windows-1252 where that is said, and says so where bytes are not what they should be', async () => {
    const file = Uint8Array.from([...utf8('x,y\n1,Zo'), 0xeb, 0x0a, ...utf8('2,b')])
    const rows = [{ x: '1', y: 'Zoë' }, { x: '2', y: 'b' }] // biome-ignore format: a table
    for (let at = 0; at <= file.length; at++) {
      expect(await all(csvStream(anyRow, { encoding: 'windows-1252' })('f')(cut(file, [at])))).toEqual(rows)
      expect(await later(csvStream(anyRow)('f')(cut(file, [at])))).toEqual({
        message: 'DecodeError: expects utf-8, receives the byte 0xeb; say which encoding it has, such as windows-1252 (f, byte 8)',
      })
    }
    expect(await later(csvStream(anyRow)('f')(cut(utf8('x\né'), [3]).slice(0, 1)))).toEqual({
      message: 'DecodeError: expects utf-8, receives the byte 0xc3; say which encoding it has, such as windows-1252 (f, byte 2)',
    })
  })
  it('knows the delimiter, decimal commas and lines of a file that is larger than what it looks at', async () => {
    const Row = t.type({ n: NumberFromString, x: NumberFromString, s: t.string })
    const file = `n;x;s\n${Array.from({ length: 20_000 }, (_, i) => `${i};${i},5;"1,5\n${i}"\r\n`).join('')}`
    const pieces = cut(utf8(file), Array.from({ length: 40 }, (_, i) => 7919 * i)) // biome-ignore format: one line
    const rows = await all(csvStream(Row)('f')(pieces))
    expect(rows.length).toBe(20_000)
    expect(rows.every(({ n, x, s }, i) => n === i && x === i + 0.5 && s === `1,5\n${i}`)).toBe(true)
    expect(await later(csvStream(Row)('f')([...pieces, utf8('1;2\n')]))).toEqual({ message: 'DecodeError: expects 3 cells, as there are names of columns, receives 2 (f, line 40002)' }) // biome-ignore format: one line
    expect(await later(csvStream(Row)('f')([...pieces, utf8('\n\n1;z;2\n')]))).toEqual({ message: 'DecodeError: expects NumberFromString in the column x, receives "z" (f, line 40004)' }) // biome-ignore format: one line
  })
  it('gives the rows before the one that is wrong', async () => {
    const rows: unknown[] = []
    const reading = (async () => {
      for await (const row of csvStream(t.type({ x: NumberFromString }))('f')(['x\n1\n2\nthree\n4\n'])) rows.push(row)
    })()
    await expect(reading).rejects.toThrow('csvStream expects NumberFromString in the column x, receives "three" (f, line 4)')
    expect(rows).toEqual([{ x: 1 }, { x: 2 }])
  })

  /** Lines without end, and how many were asked for. */
  const endless = (line: string) => {
    const read = { pieces: 0, left: false }
    const pieces = async function* (): AsyncGenerator<string> {
      try {
        yield 'x,y\n'
        for (;;) {
          read.pieces++
          yield line
        }
      } finally {
        read.left = true
      }
    }
    return { read, pieces: pieces() }
  }
  it('reads no further than it must, and leaves its source when it is left', async () => {
    const line = `1,${'a'.repeat(1020)}\n`
    const { read, pieces } = endless(line)
    const rows = csvStream(anyRow)('f')(pieces)[Symbol.asyncIterator]()
    await rows.next()
    const looked = read.pieces
    expect(looked).toBeLessThanOrEqual(Math.ceil(2 ** 16 / line.length) + 1)
    for (let i = 1; i < 10 * looked; i++) await rows.next()
    expect(read.pieces).toBe(10 * looked)
    await rows.return?.()
    expect(read.left).toBe(true)
  })
  it.each(['a', '"', '""', '",', ' '])('waits for no row that is longer than any: %j without end', async (piece) => {
    const { pieces } = endless(piece.repeat(1000))
    const options: Partial<CsvStreamOptions> = { longestRow: 20_000 }
    expect(await later(csvStream(anyRow, options)('f')(pieces))).toEqual({ message: 'DecodeError: expects rows of at most 20000 characters, receives a longer one (f, line 2)' }) // biome-ignore format: one line
  })
  it('keeps nothing of a piece whose memory is used again', async () => {
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      const room = new Uint8Array(8)
      for (const byte of utf8('x\né\n😀\nab\n')) {
        room[0] = byte
        yield room.subarray(0, 1)
      }
    }
    expect(await all(csvStream(anyRow)('f')(pieces()))).toEqual([{ x: 'é' }, { x: '😀' }, { x: 'ab' }])
  })
  it('fails as its source does', async () => {
    const broken = async function* (): AsyncGenerator<string> {
      yield 'x\n1\n'
      throw new Error('the line is dead')
    }
    await expect(all(csvStream(anyRow)('f')(broken()))).rejects.toThrow('the line is dead')
  })
  it('says what it was given instead', async () => {
    expect(() => csvStream(7 as never)).toThrow('csvStream expects a codec of io-ts for a row, receives 7')
    expect(() => csvStream(anyRow, { longestRow: 0 })).toThrow(
      'csvStream expects a whole number of characters in the longest row of at least 1, receives 0',
    )
    expect(() => csvStream(anyRow, { head: 1.5 })).toThrow(
      'csvStream expects a whole number of characters in the head of at least 1, receives 1.5',
    )
    expect(() => csvStream(anyRow, { quote: 1 } as never)).toThrow(
      'csvStream expects delimiter, header, columns, encoding, decimal, trim, head or longestRow, receives the option quote',
    )
    expect(() => csvStream(anyRow)(7 as never)).toThrow('csvStream expects a text for the name of the file, receives 7')
    expect(() => csvStream(anyRow)('f')(7 as never)).toThrow('csvStream expects pieces of a file that can be iterated, receives 7')
    expect(await later(csvStream(anyRow)('f')([7] as never))).toEqual({
      message: 'DecodeError: expects pieces of bytes or text, receives 7 (f)',
    })
    expect(await later(csvStream(anyRow)('f')([]))).toEqual({
      message: 'DecodeError: expects a line of column names, receives an empty file (f, line 1)',
    })
  })
})

describe('jsonLinesStream', () => {
  const files = lines(['{"x":1}', '[1,"é😀"]', '"a\\nb"', '\n', '\r\n', '\r', ' ', '{', '"'])
  it('gives the rows of jsonLines, and its sentences, wherever the file is cut', () =>
    fc.assert(
      fc.asyncProperty(files, places, fc.boolean(), async (text, where, bytes) => {
        const pieces: Pieces = bytes ? cut(utf8(text), where) : cut(text, where)
        expect(await later(jsonLinesStream(t.unknown)('f')(pieces))).toEqual(atOnce(jsonLines(t.unknown)('f'), text))
      }),
      { numRuns: 1000 },
    ))
  it('gives a line when it is there, and waits for no line that is longer than any', async () => {
    const read = { pieces: 0 }
    const pieces = async function* (): AsyncGenerator<string> {
      for (;;) {
        read.pieces++
        yield '{"x":1}\n'
      }
    }
    const rows = jsonLinesStream(t.unknown)('f')(pieces())[Symbol.asyncIterator]()
    for (let i = 1; i < 5; i++) expect([(await rows.next()).value, read.pieces]).toEqual([{ x: 1 }, i])
    const long = ['1\n2\n', '[', ...Array.from({ length: 30 }, () => '1,'.repeat(50))]
    expect(await later(jsonLinesStream(t.unknown, { longestRow: 1000 })('f')(long))).toEqual({ message: 'DecodeError: expects rows of at most 1000 characters, receives a longer one (f, line 3)' }) // biome-ignore format: one line
  })
  it('says what it was given instead', () => {
    expect(() => jsonLinesStream(7 as never)).toThrow('jsonLinesStream expects a codec of io-ts for a row, receives 7')
    expect(() => jsonLinesStream(t.unknown, { delimiter: ',' } as never)).toThrow(
      'jsonLinesStream expects encoding or longestRow, receives the option delimiter',
    )
    expect(() => jsonLinesStream(t.unknown, { encoding: 'ascii' as never })).toThrow('jsonLinesStream expects auto, utf-8')
    expect(() => jsonLinesStream(t.unknown)('f')(7 as never)).toThrow(
      'jsonLinesStream expects pieces of a file that can be iterated, receives 7',
    )
  })
})
