/** Data from outside: what is right is decoded, what is wrong is said in one sentence, with the place. */

import * as fc from 'fast-check'
import { type Either, isLeft, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { batches, type Dataset, dataset, decodeIdx, inSequence, mnist, oneHotLabels, permutation } from '../../src/data/index.js'
import { key } from '../../src/random/index.js'
import { matrix, tensor, toArray } from '../../src/tensor/index.js'

const message = (result: Either<Error, unknown>): string => (isLeft(result) ? result.left.message : 'no error')
const words = (...values: readonly number[]): readonly number[] =>
  values.flatMap((value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255])
const idx = (magic: number, sizes: readonly number[], bytes: readonly number[]): Uint8Array =>
  Uint8Array.from([...words(magic, ...sizes), ...bytes])
const image = Array.from({ length: 784 }, (_, i) => i % 256)
const names = { images: 'images', labels: 'labels' }

describe('decodeIdx', () => {
  it('reads the sizes and the bytes', () => {
    const decoded = decodeIdx(1, 'labels')(idx(2049, [3], [7, 2, 1]))
    expect(isRight(decoded) && [decoded.right.shape, [...decoded.right.bytes]]).toEqual([[3], [7, 2, 1]])
  })
  it('refuses a wrong magic number', () =>
    expect(message(decodeIdx(3, 'train-images')(idx(2049, [1, 1, 1], [0])))).toBe(
      'decodeIdx expects magic number 0x00000803 for unsigned bytes of 3 axes, receives 0x00000801 (train-images)',
    ))
  it('refuses a truncated file', () =>
    expect(message(decodeIdx(1, 'labels')(idx(2049, [3], [7, 2])))).toBe(
      'decodeIdx expects 3 bytes after the header for [3], receives 2 (labels)',
    ))
  it('refuses a file without its header', () =>
    expect(message(decodeIdx(1, 'labels')(Uint8Array.of(0, 0)))).toBe('decodeIdx expects a header of 8 bytes, receives 2 bytes (labels)'))
  it('never throws, on any bytes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (bytes, axes) =>
        ['Left', 'Right'].includes(decodeIdx(axes, 'x')(bytes)._tag),
      ),
    ))
})

describe('mnist', () => {
  it('gives numbers in [0, 1] and one-hot rows', () => {
    const decoded = mnist({ images: idx(2051, [2, 28, 28], [...image, ...image]), labels: idx(2049, [2], [3, 0]), names })
    expect(isRight(decoded) && [decoded.right.x.shape, toArray(decoded.right.x)[255], Array.from(toArray(decoded.right.y))]).toEqual([
      [2, 784],
      1,
      [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ])
  })
  it('refuses different counts', () =>
    expect(message(mnist({ images: idx(2051, [1, 28, 28], image), labels: idx(2049, [2], [3, 0]), names }))).toBe(
      'mnist expects 1 labels for 1 images, receives 2 (images and labels)',
    ))
  it('refuses a label out of range', () =>
    expect(message(mnist({ images: idx(2051, [1, 28, 28], image), labels: idx(2049, [1], [10]), names }))).toBe(
      'oneHotLabels expects a class from 0 to 9, receives 10 (labels, label 0)',
    ))
  it('refuses images of another size', () =>
    expect(message(mnist({ images: idx(2051, [1, 2, 2], [1, 2, 3, 4]), labels: idx(2049, [1], [1]), names }))).toBe(
      'mnist expects images of 28 x 28, receives 2 x 2 (images and labels)',
    ))
})

describe('dataset', () => {
  const y = matrix([[1], [0]])
  it('refuses empty data', () =>
    expect(message(dataset(tensor([0, 2], []), tensor([0, 1], [])))).toBe('dataset expects at least one example, receives [0, 2]'))
  it('refuses different counts', () =>
    expect(message(dataset(matrix([[1, 2]]), y))).toBe('dataset expects as many targets as inputs, receives [1, 2] and [2, 1]'))
  it('refuses NaN and says where', () =>
    expect(
      message(
        dataset(
          matrix([
            [1, 2],
            [Number.NaN, 3],
          ]),
          y,
        ),
      ),
    ).toBe('dataset expects finite numbers, receives NaN (x, example 1)'))
  it('refuses labels that are no class', () =>
    expect(message(oneHotLabels(3)([0, 1.5]))).toBe('oneHotLabels expects a class from 0 to 2, receives 1.5 (label 1)'))
})

describe('batches', () => {
  const data = {
    x: tensor(
      [10, 1],
      Array.from({ length: 10 }, (_, i) => i),
    ),
    y: tensor(
      [10, 1],
      Array.from({ length: 10 }, (_, i) => 10 * i),
    ),
  }
  const numbers = (of: Iterable<Dataset<readonly [1], readonly [1]>>) =>
    [...of].map(({ x, y }) => [Array.from(toArray(x)), Array.from(toArray(y))] as const)

  it('hold every example once with its target, the last uneven batch included', () => {
    const all = numbers(batches(data, { size: 4, key: key(1) }))
    expect(all.map(([x]) => x.length)).toEqual([4, 4, 2])
    expect(all.flatMap(([x]) => x).sort((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, i) => i))
    for (const [x, y] of all) expect(y).toEqual(x.map((value) => 10 * value))
  })
  it('come in the same order for the same key, and in another for another', () => {
    const order = (seed: number) => numbers(batches(data, { size: 10, key: key(seed) }))[0]?.[0]
    expect(order(1)).toEqual(order(1))
    expect(order(1)).not.toEqual(order(2))
  })
  it('can be walked twice', () => {
    const twice = batches(data, { size: 3, key: key(5) })
    expect(numbers(twice)).toEqual(numbers(twice))
  })
  it('in sequence keep the order of the data', () =>
    expect(numbers(inSequence(data, 6)).map(([x]) => x)).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7, 8, 9],
    ]))
  it('refuse a size that is no whole number of at least 1', () => {
    for (const size of [0, -1, 2.5, Number.NaN])
      expect(() => batches(data, { size, key: key(1) })).toThrow(`batches expects a whole batch size of at least 1, receives ${size}`)
  })
  it('permutations hold every number once', () =>
    fc.assert(
      fc.property(fc.nat(200), fc.nat(), (n, seed) => new Set(toArray(permutation(n)(key(seed)))).size === n),
      { numRuns: 20 },
    ))
})
