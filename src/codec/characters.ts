/**
 * Bytes as characters of an encoding, and where they are none.
 *
 * @source WHATWG, Encoding Standard
 */
import { type Either, fold, tryCatch } from 'fp-ts/lib/Either.js'
import { identity, pipe } from 'fp-ts/lib/function.js'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** The bytes 0x80 to 0x9f of windows-1252; all others are numbers of characters. Decoders of runtimes do not agree on them. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const fromWindows1252 = (bytes: Uint8Array): string =>
  Array.from({ length: Math.ceil(bytes.length / 8192) }, (_, i) => String.fromCharCode(...bytes.subarray(i * 8192, (i + 1) * 8192)))
    .join('')
    .replace(/[\u0080-\u009f]/g, (character) => upper[character.charCodeAt(0) - 0x80] ?? character)

/** The text of bytes in an encoding, a mark and all; `stream`, if it may go on in the middle of a character. */
export const decoded = (encoding: Encoding, bytes: Uint8Array, stream = false): Either<unknown, string> =>
  tryCatch(
    () =>
      encoding === 'windows-1252'
        ? fromWindows1252(bytes)
        : new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream }),
    identity,
  )

/** How many bytes can be the beginning of a text of this encoding, as one of [low, high]. */
const longestPrefix = (encoding: Encoding, bytes: Uint8Array, low = 0, high = bytes.length): number => {
  if (low === high) return low
  const middle = Math.ceil((low + high) / 2)
  return decoded(encoding, bytes.subarray(0, middle), true)._tag === 'Left'
    ? longestPrefix(encoding, bytes, low, middle - 1)
    : longestPrefix(encoding, bytes, middle, high)
}
/** The byte that the first character begins with that is none. */
export const firstWrong = (encoding: Encoding, bytes: Uint8Array): number =>
  pipe(
    decoded(encoding, bytes.subarray(0, longestPrefix(encoding, bytes)), true),
    fold(
      () => 0,
      (text) => (encoding === 'utf-8' ? new TextEncoder().encode(text).length : 2 * text.length),
    ),
  )
