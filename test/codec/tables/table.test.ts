/** Tables as they come: what stands between cells, what bytes mean, where rows end. What cannot be read is said with its line. */
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readTable, type Table, type TableOptions } from '../../../src/codec/tables/index.js'
import { orThrow } from '../../../src/error/index.js'

const message = (result: Either<Error, unknown>): string => (isLeft(result) ? result.left.message : 'no error')
const read = (file: string | Uint8Array, options: Partial<TableOptions> = {}): Table => orThrow(readTable('t.csv', options)(file))
const refused = (file: string | Uint8Array, options: Partial<TableOptions> = {}): string => message(readTable('t.csv', options)(file))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(2 * text.length))
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian)
  return new Uint8Array(view.buffer)
}

describe('rows', () => {
  it('have a cell for every column, and know their lines', () =>
    expect(read('x,y\n1,2\n3,4\n')).toEqual({
      columns: ['x', 'y'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      lines: [2, 3],
      delimiter: ',',
      decimal: '.',
      encoding: 'utf-8',
    }))
  it.each(['\n', '\r\n', '\r'])('end with %j, also the last, or with nothing', (end) => {
    const text = ['x,y', '1,2', '3,4'].join(end)
    for (const file of [text, text + end]) expect(read(file)).toMatchObject({ lines: [2, 3], rows: [['1', '2'], ['3', '4']] }) // biome-ignore format: a table
  })
  it.each(['\n', '\r\n', '\r'])('hold lines that end with %j inside of quotes', (end) =>
    expect(read(`x,y${end}"a${end}b ""c"", d",2${end}${end}3,4`)).toMatchObject({
      rows: [
        [`a${end}b "c", d`, '2'],
        ['3', '4'],
      ],
      lines: [2, 5],
    }),
  )
  it('are no blank lines; a quoted cell is one, also if nothing is in it', () => {
    expect(read('\n\nx\n\n1\n  \n""\n2\n\n')).toMatchObject({ columns: ['x'], rows: [['1'], [''], ['2']], lines: [5, 7, 8] })
    expect(read('x,y\n \n1,\n')).toMatchObject({ rows: [['1', '']], lines: [3] })
  })
  it('keep white space, or leave it out', () => {
    expect(read('x,y\n a , b\n').rows).toEqual([[' a ', ' b']])
    expect(read('x, y\n a , "b, c" \n  \n', { trim: true })).toMatchObject({ columns: ['x', 'y'], rows: [['a', 'b, c']] })
  })
  it('may stand without a header', () => {
    expect(read('1,2\n3,4', { header: false })).toMatchObject({ columns: ['column1', 'column2'], lines: [1, 2] })
    expect(read('1,2\n3,4', { header: false, columns: ['x', 'y'] }).columns).toEqual(['x', 'y'])
    expect(read(',x\n1,2', { columns: ['row', 'x'] })).toMatchObject({ columns: ['row', 'x'], rows: [['1', '2']] })
  })
  it('may be none', () => expect(read('x,y\n').rows).toEqual([]))
})

describe('the delimiter', () => {
  it.each<readonly [string, string]>([
    [',', 'a,b\n1,2'],
    [';', 'a;b\n1,5;2,5'],
    [';', '1,5;2,5\n3,5;4,5'],
    ['\t', 'a\tb\n1,5\t2;5'],
    ['|', 'a|b|c\n1,2|3,4|5'],
    [',', 'id,genre\n1,a|b\n2,a\n3,"x;y"'],
    [',', '"a;b",c\n"1;2",3'],
    [',', 'one\n1\n2'],
    [';', 'a;b;c\n1;2;3\n4;5'],
  ])('is %j in %j', (delimiter, text) => expect(read(text.replace(/\n4;5$/, '\n4;5;6')).delimiter).toBe(delimiter))
  it('is found by the first lines of a long file', () =>
    expect(read(`a;b\n${'1,5;2,5\n'.repeat(1e4)}`)).toMatchObject({ delimiter: ';', columns: ['a', 'b'] }))
  it('may be any character, if it is said', () => {
    expect(read('a b\n1 2', { delimiter: ' ' }).columns).toEqual(['a', 'b'])
    expect(read('a·b\n1·2', { delimiter: '·' }).rows).toEqual([['1', '2']])
  })
})

describe('decimal commas', () => {
  it('are points in columns of numbers, thousands or not, exponents or not', () =>
    expect(read('x;n;s\n1,5;1;a,b\n-1.234,5;2;1,5\n1,5e-3;;c\nNA;3;d')).toMatchObject({
      decimal: ',',
      rows: [
        ['1.5', '1', 'a,b'],
        ['-1234.5', '2', '1,5'],
        ['1.5e-3', '', 'c'],
        ['NA', '3', 'd'],
      ],
    }))
  it('are none where the delimiter is one, where numbers have points, and where that is said', () => {
    expect(read('x,y\n"1,5",2')).toMatchObject({ decimal: '.', rows: [['1,5', '2']] })
    expect(read('x;y\n1.5;2,5a\n2.25;3')).toMatchObject({ decimal: '.', rows: [['1.5', '2,5a'], ['2.25', '3']] }) // biome-ignore format: a table
    expect(read('x;y\n1.234;2')).toMatchObject({ decimal: '.', rows: [['1.234', '2']] })
    expect(read('x;y\n1,5;2', { decimal: '.' })).toMatchObject({ decimal: '.', rows: [['1,5', '2']] })
  })
  it('may be said to be there', () => expect(read('x,y\n"1,5",a\n1.234,2', { decimal: ',' }).rows).toEqual([['1.5', 'a'], ['1234', '2']])) // biome-ignore format: a table
})

describe('bytes', () => {
  const text = 'n,s\n1,Zoë €\n'
  const rows = [['1', 'Zoë €']]
  it('are UTF-8, with its mark or without', () => {
    expect(read(utf8(text))).toMatchObject({ columns: ['n', 's'], rows, encoding: 'utf-8' })
    expect(read(utf8(`\ufeff${text}`))).toMatchObject({ columns: ['n', 's'], rows, encoding: 'utf-8' })
    expect(read(`\ufeff${text}`)).toMatchObject({ columns: ['n', 's'], rows })
  })
  it('are UTF-16 where their mark says so, or the caller does', () => {
    for (const [encoding, little] of [
      ['utf-16le', true],
      ['utf-16be', false],
    ] as const) {
      // biome-ignore format: a table
      expect(read(utf16(`\ufeff${text}`, little))).toMatchObject({ columns: ['n', 's'], rows, encoding })
      expect(read(utf16(text, little), { encoding })).toMatchObject({ columns: ['n', 's'], rows, encoding })
    }
    expect(refused(utf16(text, true))).toBe(
      'readTable expects text, receives a NUL character; say which encoding it has, such as utf-16le (t.csv, line 1)',
    )
  })
  it('are windows-1252 where they are not UTF-8, its upper characters included', () => {
    const bytes = Uint8Array.from([...utf8('n,s\n1,Zo'), 0xeb, 0x20, 0x80])
    expect(read(bytes)).toMatchObject({ rows, encoding: 'windows-1252' })
    expect(refused(bytes, { encoding: 'utf-8' })).toBe(
      'readTable expects utf-8, receives the byte 0xeb; say which encoding it has, such as windows-1252 (t.csv, byte 8)',
    )
    expect(
      read(
        Uint8Array.from({ length: 128 }, (_, i) => 128 + i),
        { encoding: 'windows-1252' },
      ).columns,
    ).toEqual([
      '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ',
    ])
  })
  it('that end amid a character are said to', () => {
    expect(refused(utf8('n\né').subarray(0, 3), { encoding: 'utf-8' })).toContain('receives the byte 0xc3; say')
    expect(refused(utf16('n\n1', true).subarray(0, 5), { encoding: 'utf-16le' })).toContain('(t.csv, byte 4)')
  })
})

describe('what is no table', () => {
  // biome-ignore format: a table
  const cases: readonly (readonly [file: string, sentence: string, options?: Partial<TableOptions>])[] = [
    ['', 'readTable expects a line of column names, receives an empty file (t.csv, line 1)'],
    ['\n\n', 'readTable expects a line of column names, receives an empty file (t.csv, line 1)'],
    ['', 'readTable expects a row, receives an empty file (t.csv, line 1)', { header: false }],
    ['x,y\n1,2\n\n3\n', 'readTable expects 2 cells, as the first line has, receives 1 (t.csv, line 4)'],
    ['x,y\n"a\r\nb",2\n1,2,3\n', 'readTable expects 2 cells, as the first line has, receives 3 (t.csv, line 4)'],
    ['x,y\n1,2', 'readTable expects 3 cells, as there are names of columns, receives 2 (t.csv, line 1)', { columns: ['a', 'b', 'c'] }],
    ['x,y,x', 'readTable expects a name of its own for every column, receives "x" twice; name the columns by the option columns (t.csv, line 1, columns 1 and 3)'],
    ['\nx,,y', 'readTable expects a name for every column, receives an empty one; name the columns by the option columns (t.csv, line 2, column 2)'],
    ['x,y\n1,2\n"a\r\nb",3\n4,5" screen\n', 'readTable expects quotes around a whole cell, doubled inside of it, receives one amid a cell (t.csv, line 5, column 2)'],
    ['x,y\n1,2\n"a"b,3\n', 'readTable expects quotes around a whole cell, doubled inside of it, receives one amid a cell (t.csv, line 3, column 1)'],
    ['x,y\n"a" b,3\n', 'readTable expects quotes around a whole cell, doubled inside of it, receives one amid a cell (t.csv, line 2, column 1)', { trim: true }],
    ['x,y\n1,2\n3,"4\n5,6\n', 'readTable expects a quote at the end of a cell that begins with one, receives the end of the file (t.csv, line 3, column 2)'],
    ['"x', 'readTable expects a quote at the end of a cell that begins with one, receives the end of the file (t.csv, line 1, column 1)'],
  ]
  for (const [file, sentence, options] of cases) it(JSON.stringify(file), () => expect(refused(file, options)).toBe(sentence))
  it('nor what is neither bytes nor text', () =>
    expect(refused([1, 2] as never)).toBe('readTable expects a file, bytes or text, receives [1, 2] (t.csv)'))
})

describe('options that there are not', () => {
  it.each<readonly [options: unknown, sentence: string]>([
    [{ delimiter: ',,' }, 'readTable expects one character for delimiter, neither a quote nor the end of a line, receives ",,"'],
    [{ delimiter: '"' }, 'readTable expects one character for delimiter, neither a quote nor the end of a line, receives "\\""'],
    [{ header: 'no' }, 'readTable expects true or false for header, receives "no"'],
    [{ columns: 'x' }, 'readTable expects a list of names for columns, receives "x"'],
    [{ encoding: 'latin1' }, 'readTable expects auto, utf-8, utf-16le, utf-16be or windows-1252 for encoding, receives "latin1"'],
    [{ decimal: ';' }, 'readTable expects auto, . or , for decimal, receives ";"'],
    [{ trim: 1 }, 'readTable expects true or false for trim, receives 1'],
    [{ separator: ',' }, 'readTable expects delimiter, header, columns, encoding, decimal or trim, receives the option separator'],
  ])('%j', (options, sentence) => expect(() => readTable('t.csv', options as never)).toThrow(sentence)) // biome-ignore format: a table
  it('nor a name of a file that is no text', () =>
    expect(() => readTable(7 as never)).toThrow('readTable expects a text for the name of the file, receives 7'))
  it('nor names of columns that are no texts', () =>
    expect(refused('1,2', { columns: ['x', 2] as never })).toBe('readTable expects texts for columns, receives 2 (t.csv, line 1)'))
})
