/**
 * Bytes as text. A byte order mark says which Unicode it is; without one it is UTF-8 where it can be, and else windows-1252, what
 * spreadsheets write in the west.
 *
 * @source WHATWG, Encoding Standard
 */
import { chainFirst, type Either, isRight, left, map, mapLeft, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError, shown } from '../../error/index.js'
import { fixed } from '../../shape/index.js'
import { decoded, type Encoding, firstWrong } from '../characters.js'

export type { Encoding } from '../characters.js'

export const encodings: readonly Encoding[] = fixed(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])

/** A text, and what its bytes were. */
export interface Text {
  readonly text: string
  readonly encoding: Encoding
}

const marks: readonly (readonly [mark: readonly number[], encoding: Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]
const markOf = (bytes: Uint8Array) => marks.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))

const hex = (byte: number | undefined): string => `0x${(byte ?? 0).toString(16).padStart(2, '0')}`

/**
 * The text of bytes in one encoding, their mark left out.
 *
 * @param before  how many bytes of the file came before them
 */
export const textIn =
  (who: string, where: string, bytes: Uint8Array, before = 0) =>
  (encoding: Encoding): Either<DecodeError, string> => {
    const own = markOf(bytes)
    const start = before === 0 && own !== undefined && own[1] === encoding ? own[0].length : 0
    return pipe(
      decoded(encoding, bytes.subarray(start)),
      mapLeft(() => {
        const at = start + firstWrong(encoding, bytes.subarray(start))
        const hint = 'say which encoding it has, such as windows-1252'
        const received = `the byte ${hex(bytes[at])}`
        return new DecodeError({ who, expected: encoding, received, hint, where: `${where}, byte ${before + at}` })
      }),
    )
  }

/** What bytes are that come one after the other: what was said, or what their mark says, or UTF-8. */
export const encodingOf = (wanted: Encoding | 'auto', first: Uint8Array): Encoding =>
  wanted === 'auto' ? (markOf(first)?.[1] ?? 'utf-8') : wanted

/** A text has no NUL: what has one is something else, or in UTF-16. */
export const withoutNul =
  (who: string, where: string, firstLine = 1) =>
  (text: string): Either<DecodeError, string> => {
    const at = text.indexOf('\0')
    if (at < 0) return right(text)
    const line = firstLine + text.slice(0, at).split(/\r\n|\n|\r/).length - 1
    const hint = 'say which encoding it has, such as utf-16le'
    return left(new DecodeError({ who, expected: 'text', received: 'a NUL character', hint, where: `${where}, line ${line}` }))
  }

/** The text without its byte order mark, if it has one. */
export const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text)

/** The text of a file, in an encoding that is said, or that its mark says, or that it can have. */
const read = (who: string, wanted: Encoding | 'auto', where: string, file: Uint8Array): Either<DecodeError, Text> => {
  const encoding = encodingOf(wanted, file)
  const text = textIn(who, where, file)
  const found = pipe(
    text(encoding),
    map((own) => ({ text: own, encoding })),
  )
  if (isRight(found) || wanted !== 'auto' || markOf(file) !== undefined) return found
  return pipe(
    text('windows-1252'),
    map((own) => ({ text: own, encoding: 'windows-1252' })),
  )
}

/**
 * The text of a file, without its byte order mark.
 *
 * @param wanted  what the bytes are, or `auto`: to be found by looking
 * @error `DecodeError` for bytes that are not of that encoding (it says where), and for what is no text
 */
export const textOf =
  (who: string, wanted: Encoding | 'auto', where: string) =>
  (file: Uint8Array | string): Either<DecodeError, Text> => {
    const isBytes = file instanceof Uint8Array
    if (!isBytes && typeof file !== 'string')
      return left(new DecodeError({ who, expected: 'a file, bytes or text', received: shown(file), where }))
    return pipe(
      isBytes ? read(who, wanted, where, file) : right<DecodeError, Text>({ text: withoutMark(file), encoding: 'utf-8' }),
      chainFirst(({ text }) => withoutNul(who, where)(text)),
    )
  }
