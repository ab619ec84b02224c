/** Changes of bytes, whatever they stand for. */
import * as fc from 'fast-check'

export type Edit = (file: Uint8Array) => Uint8Array

const joined = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Uint8Array.from(part)))
/** The bytes with some of them replaced. */
const replaced = (file: Uint8Array, at: number, length: number, by: Uint8Array | readonly number[]): Uint8Array =>
  joined(file.subarray(0, at), by, file.subarray(at + length))

/** Invalid UTF-8: a byte that is none, one that ends early, one too long, half of a surrogate pair, beyond the last character; marks and NUL. */
const oddBytes: readonly (readonly number[])[] = [
  [0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], [0], [0x0a],
] // biome-ignore format: a list
/** Whole numbers at an edge, and numbers that are none, with something in their bits that nobody reads. */
const oddWords: readonly bigint[] = [
  0n, 1n, -1n, 2n ** 7n, 2n ** 8n, 2n ** 15n, 2n ** 16n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n, 2n ** 63n,
  0x7fa00001n, 0xffc12345n, 0x7ff4000000000001n, 0xfff8dead00000001n,
] // biome-ignore format: a list
const wordOf = (word: bigint, width: number, isLittle: boolean): readonly number[] => {
  const bytes = Array.from({ length: width }, (_, i) => Number(BigInt.asUintN(64, word >> BigInt(8 * i)) & 255n))
  return isLittle ? bytes : bytes.reverse()
}

/** A place in any file, the beginning more often. */
const place = fc.oneof(fc.nat(16), fc.nat(2 ** 20))
const length = fc.oneof(fc.nat(4), fc.nat(64))
/** A place as one of this file. */
const inside = (at: number, file: Uint8Array): number => at % (file.length + 1)

/** A change of a few bytes, or of a part that is cut, repeated, or taken from another file. */
export const byteEdits = (others: readonly Uint8Array[]): fc.Arbitrary<Edit> =>
  fc.oneof(
    fc.tuple(place, fc.nat(255)).map(
      ([at, byte]): Edit =>
        (file) =>
          replaced(file, inside(at, file), 1, [byte]),
    ),
    fc.tuple(place, fc.nat(7)).map(
      ([at, bit]): Edit =>
        (file) =>
          replaced(file, inside(at, file), 1, [(file[inside(at, file)] ?? 0) ^ (1 << bit)]),
    ),
    fc.tuple(place, fc.oneof(fc.constantFrom(...oddBytes), fc.uint8Array({ maxLength: 4 }))).map(
      ([at, bytes]): Edit =>
        (file) =>
          replaced(file, inside(at, file), 0, bytes),
    ),
    fc.tuple(place, length).map(
      ([at, lost]): Edit =>
        (file) =>
          replaced(file, inside(at, file), lost, []),
    ),
    fc.tuple(place, length).map(
      ([at, twice]): Edit =>
        (file) => {
          const from = inside(at, file)
          return replaced(file, from, 0, file.subarray(from, from + twice))
        },
    ),
    place.map(
      (at): Edit =>
        (file) =>
          file.subarray(0, inside(at, file)),
    ),
    fc.tuple(place, place, fc.constantFrom(...others)).map(
      ([at, from, other]): Edit =>
        (file) =>
          joined(file.subarray(0, inside(at, file)), other.subarray(inside(from, other))),
    ),
    fc.tuple(place, fc.constantFrom(...oddWords), fc.constantFrom(2, 4, 8), fc.boolean()).map(
      ([at, word, width, isLittle]): Edit =>
        (file) =>
          replaced(file, inside(at, file), width, wordOf(word, width, isLittle)),
    ),
  )
