/**
 * MNIST: 70,000 images of handwritten digits, 28 × 28 grey values, as vectors of numbers in [0, 1].
 *
 * @source LeCun, Bottou, Bengio, Haffner (1998)
 */
import { chain, type Either, left, map, mapLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError } from '../error/index.js'
import { div } from '../ops/index.js'
import { literalOf } from '../tensor/buffer.js'
import { type Dataset, dataset } from './dataset.js'
import { decodeIdx, type Idx } from './idx.js'
import { oneHotLabels } from './labels.js'

export type Mnist = Dataset<readonly [784], readonly [10]>

/** The two files of a part of MNIST, with their names for messages. */
export interface MnistFiles {
  readonly images: Uint8Array
  readonly labels: Uint8Array
  readonly names: { readonly images: string; readonly labels: string }
}

const joined = (names: MnistFiles['names'], images: Idx, labels: Idx): Either<DecodeError, Mnist> => {
  const [count = 0, height = 0, width = 0] = images.shape
  // Both say how many there are behind their first four bytes.
  const where = `${names.images} and ${names.labels}, byte 4`
  const wrong = (expected: string, received: string, place: string): Either<DecodeError, never> =>
    left(new DecodeError({ who: 'mnist', expected, received, where: place }))
  if (height !== 28 || width !== 28) return wrong('images of 28 x 28', `${height} x ${width}`, `${names.images}, byte 8`)
  if (labels.shape[0] !== count) return wrong(`${count} labels for ${count} images`, String(labels.shape[0]), where)
  const x = div(255)(literalOf([count, 784] as const, 'float32', new Float32Array(images.bytes)))
  return pipe(
    labels.bytes,
    oneHotLabels(10, names.labels),
    chain((y) =>
      pipe(
        dataset({ x, y }, { input: [784], target: [10] }),
        mapLeft((error) => error.inFile(where)),
      ),
    ),
  )
}

/**
 * A part of MNIST from the bytes of its two files.
 *
 * @error `DecodeError` that names the file, for a wrong magic number, a truncated file, different counts, a label out of range
 */
export const mnist = ({ images, labels, names }: MnistFiles): Either<DecodeError, Mnist> =>
  pipe(
    decodeIdx(3, names.images)(images),
    chain((x) =>
      pipe(
        decodeIdx(1, names.labels)(labels),
        map((y) => [x, y] as const),
      ),
    ),
    chain(([x, y]) => joined(names, x, y)),
  )
