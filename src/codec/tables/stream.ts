// mutates: what waits for its end, bytes and lines counted so far, escapes: nothing
/**
 * Rows of files that come piece by piece, and may be larger than memory: what is read is as much as the rows that are asked for need.
 *
 *     [...csvStream(row)(where)(pieces)] = csv(row)(where)(pieces joined), however the file is cut into pieces
 */
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { DecodeError, optionsOf, shown, wantsStream, wantsText, wantsWhole } from '../../error/index.js'
import { fixed } from '../../shape/index.js'
import { ofRecords, rowAt } from './csv.js'
import { type Cut, cutLines, cutRows, openBytes } from './cut.js'
import { type Encoding, encodingOf, textIn, withoutMark, withoutNul } from './encoding.js'
import { type JsonLinesOptions, jsonLinesDefaults, linesOf, rowOfLine } from './json-lines.js'
import { type TableOptions, tableDefaults, tableOptions, wantsEncoding } from './options.js'
import { type RowCodec, wantsCodec } from './rows.js'
import { type Found, found } from './table.js'

/** A file as it comes: pieces of bytes, or of text, cut anywhere. */
export type Pieces = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>

interface Bounded {
  /** The longest row that is waited for. @unit characters */
  readonly longestRow: number
}
export interface CsvStreamOptions extends TableOptions, Bounded {
  /**
   * How much is looked at before the first row is given, if there is so much: what stands between cells and which columns have decimal
   * commas is found there. @unit characters
   */
  readonly head: number
}
export interface JsonLinesStreamOptions extends JsonLinesOptions, Bounded {}

const longest = 2 ** 24
export const csvStreamDefaults: CsvStreamOptions = fixed({ ...tableDefaults, head: 2 ** 16, longestRow: longest })
export const jsonLinesStreamDefaults: JsonLinesStreamOptions = fixed({ ...jsonLinesDefaults, longestRow: longest })

/** The value, or its error, thrown: the iteration fails with it. */
const orFail = <A>(result: Either<DecodeError, A>): A => {
  if (isLeft(result)) throw result.left
  return result.right
}
const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  if (a.length === 0) return b
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

interface Piece {
  readonly text: string
  readonly encoding: Encoding
}

/** The text of pieces of bytes. Their encoding is what their first bytes say, once there are enough. */
async function* textsOf(who: string, where: string, wanted: Encoding | 'auto', pieces: Pieces): AsyncGenerator<Piece, void, undefined> {
  let open: Uint8Array = new Uint8Array()
  let encoding: Encoding | undefined
  let read = 0
  const textAt = (bytes: Uint8Array, of: Encoding): Piece => {
    const text = orFail(textIn(who, where, bytes, read)(of))
    read += bytes.length
    return { text, encoding: of }
  }
  for await (const piece of pieces) {
    if (typeof piece === 'string') {
      yield { text: read === 0 ? withoutMark(piece) : piece, encoding: 'utf-8' }
      read += piece.length
      continue
    }
    if (!(piece instanceof Uint8Array)) throw new DecodeError({ who, expected: 'pieces of bytes or text', received: shown(piece), where })
    const bytes = joined(open, piece)
    if (bytes.length >= 3) encoding ??= encodingOf(wanted, bytes)
    // A copy: who gives pieces may use their memory again.
    open = new Uint8Array(encoding === undefined ? bytes : bytes.subarray(bytes.length - openBytes(encoding, bytes)))
    if (encoding !== undefined) yield textAt(bytes.subarray(0, bytes.length - open.length), encoding)
  }
  if (open.length > 0) yield textAt(open, encoding ?? encodingOf(wanted, open))
}

/** A text of whole rows, and the line that it begins in. */
interface Rows extends Piece {
  readonly line: number
}

/** Whole rows, at least so many characters at a time while there are more; the last as they are. */
async function* rowsIn(
  who: string,
  where: string,
  texts: AsyncIterable<Piece>,
  cut: (text: string, quoted: boolean) => Cut,
  longestRow: number,
  first: number,
): AsyncGenerator<Rows, void, undefined> {
  let whole = ''
  let open: string[] = []
  let length = 0
  let quoted = false
  let line = 1
  let least = first
  let encoding: Encoding = 'utf-8'
  const linesIn = (text: string): number => text.split(/\r\n|\n|\r/).length - 1
  for await (const piece of texts) {
    encoding = piece.encoding
    // A CR that waits for its LF is looked at again.
    const halved = open.at(-1)?.endsWith('\r') === true
    const text = halved ? `\r${piece.text}` : piece.text
    if (halved) open.push((open.pop() as string).slice(0, -1))
    const { at, quoted: next } = cut(text, quoted)
    quoted = next
    if (at > 0) {
      whole += [...open, text.slice(0, at)].join('')
      open = []
      length = 0
    }
    if (at < text.length) open.push(text.slice(at))
    length += text.length - at
    if (length > longestRow) {
      const place = `${where}, line ${line + linesIn(whole)}`
      throw new DecodeError({ who, expected: `rows of at most ${longestRow} characters`, received: 'a longer one', where: place })
    }
    if (whole.length >= least) {
      const rows = orFail(withoutNul(who, where, line)(whole))
      whole = ''
      if (rows.trim() !== '') {
        least = 0
        yield { text: rows, encoding, line }
      }
      line += linesIn(rows)
    }
  }
  yield { text: orFail(withoutNul(who, where, line)(whole + open.join(''))), encoding, line }
}

/**
 * The rows of a file of comma-separated values, as `csv` decodes them, one after the other while the file comes. What stands between cells
 * and which columns have decimal commas is found in the head of the file; bytes without a mark are UTF-8, unless it is said what they are.
 *
 * @param options  as `csv`'s, how long the head is, and a row at most
 * @error  `ValueError` for options that there are not, and for what cannot be iterated; the iteration fails with a `DecodeError` that names
 *         file, line and column, as `csv`, and with whatever the source fails with
 * @example
 * for await (const flower of csvStream(Flower)('iris.csv')(createReadStream('iris.csv'))) console.log(flower.length)
 */
export const csvStream = <A>(
  row: RowCodec<A>,
  options: Partial<CsvStreamOptions> = {},
): ((where: string) => (pieces: Pieces) => AsyncIterable<A>) => {
  const who = 'csvStream'
  wantsCodec(who, row)
  const { head, longestRow, ...table } = optionsOf(who, csvStreamDefaults, options)
  const own = tableOptions(who, table)
  wantsWhole(who, 'characters in the head', head)
  wantsWhole(who, 'characters in the longest row', longestRow)
  return (where) => {
    wantsText(who, 'the name of the file', where)
    return (pieces) => {
      wantsStream(who, 'pieces of a file that can be iterated', pieces)
      return {
        async *[Symbol.asyncIterator]() {
          let known: Found | undefined
          for await (const { text, encoding, line } of rowsIn(
            who,
            where,
            textsOf(who, where, own.encoding, pieces),
            cutRows,
            longestRow,
            head,
          )) {
            if (known !== undefined && text.trim() === '') continue
            known = orFail(ofRecords(who, where, orFail(found(who, where, own, line, known)(text, encoding))))
            const at = rowAt(who, row, where, known)
            for (const i of known.rows.keys()) yield orFail(at(i))
          }
        },
      }
    }
  }
}

/**
 * The rows of a file of JSON lines, as `jsonLines` decodes them, one after the other while the file comes.
 *
 * @error  as `csvStream`
 * @example
 * for await (const { x, label } of jsonLinesStream(Digit)('digits.jsonl')(response.body)) console.log(label)
 */
export const jsonLinesStream = <A>(
  row: RowCodec<A>,
  options: Partial<JsonLinesStreamOptions> = {},
): ((where: string) => (pieces: Pieces) => AsyncIterable<A>) => {
  const who = 'jsonLinesStream'
  wantsCodec(who, row)
  const { longestRow, encoding } = optionsOf(who, jsonLinesStreamDefaults, options)
  wantsEncoding(who, encoding)
  wantsWhole(who, 'characters in the longest row', longestRow)
  return (where) => {
    wantsText(who, 'the name of the file', where)
    return (pieces) => {
      wantsStream(who, 'pieces of a file that can be iterated', pieces)
      return {
        async *[Symbol.asyncIterator]() {
          for await (const { text, line } of rowsIn(who, where, textsOf(who, where, encoding, pieces), cutLines, longestRow, 0))
            for (const { written, line: at } of linesOf(text, line)) yield orFail(rowOfLine(who, row, `${where}, line ${at}`)(written))
        },
      }
    }
  }
}
