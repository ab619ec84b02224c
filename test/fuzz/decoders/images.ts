/** PNG and JPEG: sizes that the bytes do not hold, chunks in any order, checksums that fit all the same. */
import { readFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { decodeImage, encodePng, type Image } from '../../../src/codec/images/index.js'
import { orThrow } from '../../../src/error/index.js'
import { sizeOf } from '../../../src/shape/index.js'
import { toArray } from '../../../src/tensor/index.js'
import { chunk, header, png } from '../../codec/png-writer.js'
import type { Edit } from '../edits/bytes.js'
import { chosen, type Fuzzed, wants, where } from '../fuzzed.js'

const fixtures = JSON.parse(readFileSync(new URL('../../codec/fixtures/images.json', import.meta.url), 'utf8')) as readonly {
  readonly name: string
  readonly file: string
}[]
const filesOf = (kind: string): readonly Uint8Array[] =>
  fixtures.filter(({ name }) => name.endsWith(kind)).map(({ file }) => Buffer.from(file, 'base64'))

/** The checksums of all chunks put right, as far as their lengths lead. */
const withChecksums: Edit = (file) => {
  const bytes = Buffer.from(file)
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at)
    if (end + 4 > bytes.length) break
    bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, end)), end)
    at = end + 4
  }
  return bytes
}
const extent = fc.oneof(fc.nat(5), fc.constantFrom(1, 2 ** 13, 2 ** 16, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1))
/** Chunks that are whole, with any header, over data that inflate. */
const made: fc.Arbitrary<Uint8Array> = fc
  .tuple(extent, extent, fc.constantFrom(1, 2, 4, 8, 16, 32), fc.nat(7), fc.nat(2), fc.oneof(fc.nat(70), fc.constantFrom(2 ** 16, 2 ** 20)), fc.uint8Array({ maxLength: 9 })) // biome-ignore format: a header
  .map(([width, height, depth, colourType, interlace, length, some]) =>
    png(
      header(width, height, depth, colourType, interlace),
      ...(colourType === 3 ? [chunk('PLTE', some)] : [chunk('tRNS', some)]),
      chunk('IDAT', deflateSync(new Uint8Array(length).fill(some[0] ?? 0))),
      chunk('IEND', []),
    ),
  )
const decode = (file: Uint8Array) => decodeImage(where, { channels: chosen<1 | 3 | 4>([1, 3, 4], file), maxPixels: 2 ** 16 })(file)
const check = (image: Image): void => {
  wants(sizeOf(image.shape) <= 4 * 2 ** 16, 'more pixels than there may be')
  wants(toArray(image).every((value) => value >= 0 && value <= 1), 'samples outside of [0, 1]') // biome-ignore format: one rule
  const written = encodePng(image)
  const again = orThrow(decodeImage('again', { channels: image.shape[2] })(written))
  wants(Buffer.compare(encodePng(again), written) === 0, 'another image when it is read again')
}

/** A byte may stand for a thousand pixels, of four channels, as samples and as numbers. */
const perByte = 2 ** 16
const pngs: Fuzzed<Image> = { name: 'decodeImage, PNG', seeds: filesOf('.png'), made, mend: withChecksums, perByte, decode, check }
const jpegs: Fuzzed<Image> = { name: 'decodeImage, JPEG', seeds: filesOf('.jpg'), perByte, decode, check }
export const imageDecoders: readonly Fuzzed[] = [pngs, jpegs]
