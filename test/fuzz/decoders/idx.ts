/** Files of IDX: sizes that lie, and as many bytes as they say, or not. */
import * as fc from 'fast-check'
import { decodeIdx, type Mnist, mnist } from '../../../src/data/index.js'
import { sizeOf } from '../../../src/shape/index.js'
import { type Fuzzed, wants, where } from '../fuzzed.js'

const word = (size: number): readonly number[] => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]
const idx = (sizes: readonly number[], bytes: ArrayLike<number>): Uint8Array =>
  Uint8Array.from([0, 0, 8, sizes.length, ...sizes.flatMap(word), ...Array.from(bytes)])
const size = fc.oneof(fc.nat(4), fc.constantFrom(0, 1, 28, 2 ** 16, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1))
const made: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.array(size, { minLength: 1, maxLength: 4 }), fc.uint8Array({ maxLength: 70 }))
  .map(([sizes, bytes]) => idx(sizes, bytes))
const axesOf = (file: Uint8Array): number => (file[3] === 1 || file[3] === 2 ? file[3] : 3)

const decodedIdx: Fuzzed<{ readonly shape: readonly number[]; readonly bytes: Uint8Array }> = {
  name: 'decodeIdx',
  seeds: [idx([3], [1, 2, 3]), idx([2, 3], [1, 2, 3, 4, 5, 6]), idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]), idx([0], [])],
  made,
  decode: (file) => decodeIdx(axesOf(file), where)(file),
  check: ({ shape, bytes }, file) => {
    wants(bytes.length === sizeOf(shape) && bytes.length < file.length, 'other bytes than the sizes say')
    wants(Buffer.compare(idx(shape, bytes), file) === 0, 'a file that is another when it is written again')
  },
}

const images = (count: number): Uint8Array => idx([count, 28, 28], new Uint8Array(784 * count).fill(7))
/** Two files, the labels first, with the length of theirs in front. */
const both = (labels: Uint8Array, pictures: Uint8Array): Uint8Array => Buffer.concat([Uint8Array.of(labels.length), labels, pictures])
const decodedMnist: Fuzzed<Mnist> = {
  name: 'mnist',
  seeds: [both(idx([1], [9]), images(1)), both(idx([2], [0, 3]), images(2)), both(idx([0], []), images(0))],
  decode: (file) => {
    const [length = 0] = file
    return mnist({ labels: file.subarray(1, 1 + length), images: file.subarray(1 + length), names: { labels: where, images: where } })
  },
  check: ({ x, y }, file) => wants(x.shape[0] === y.shape[0] && sizeOf(x.shape) < file.length, 'more images than there are bytes'),
}
export const idxDecoders: readonly Fuzzed[] = [decodedIdx, decodedMnist]
