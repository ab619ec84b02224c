/** Data from outside: what is right is decoded, what is wrong is said in one sentence, with the place. */

import * as fc from 'fast-check'
import { type Either, isLeft, isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import {
  batches,
  type Dataset,
  dataset,
  decodeIdx,
  inSequence,
  kFold,
  mnist,
  oneHotLabels,
  permutation,
  split,
} from '../../src/data/index.js'
import { orThrow } from '../../src/error/index.js'
import { dense, input } from '../../src/layer/index.js'
import { bernoulli, categorical } from '../../src/likelihood/index.js'
import { key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { matrix, type Nested, range, type Tensor, tensor, toArray, toNested, vector, zeros } from '../../src/tensor/index.js'

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
      'decodeIdx expects magic number 0x00000803 for unsigned bytes of 3 axes, receives 0x00000801 (train-images, byte 0)',
    ))
  it('refuses a truncated file', () =>
    expect(message(decodeIdx(1, 'labels')(idx(2049, [3], [7, 2])))).toBe(
      'decodeIdx expects 3 bytes after the header for [3], receives 2 (labels, byte 8)',
    ))
  it('refuses a file without its header', () =>
    expect(message(decodeIdx(1, 'labels')(Uint8Array.of(0, 0)))).toBe(
      'decodeIdx expects a header of 8 bytes, receives 2 bytes (labels, byte 2)',
    ))
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
      'mnist expects 1 labels for 1 images, receives 2 (images and labels, byte 4)',
    ))
  it('refuses a label out of range', () =>
    expect(message(mnist({ images: idx(2051, [1, 28, 28], image), labels: idx(2049, [1], [10]), names }))).toBe(
      'oneHotLabels expects a class from 0 to 9, receives 10 (labels, label 0)',
    ))
  it('refuses images of another size', () =>
    expect(message(mnist({ images: idx(2051, [1, 2, 2], [1, 2, 3, 4]), labels: idx(2049, [1], [1]), names }))).toBe(
      'mnist expects images of 28 x 28, receives 2 x 2 (images, byte 8)',
    ))
})

describe('dataset', () => {
  const rows = [
    [1, 2],
    [3, 4],
  ]
  const spec = { input: [2], target: [1] } as const
  const numbers = <I extends Shape, T extends Shape>(made: Either<Error, Dataset<I, T>>) =>
    isRight(made) ? [toNested(made.right.x), toNested(made.right.y)] : message(made)

  it('takes nested arrays, rows of typed arrays, and tensors', () => {
    expect(numbers(dataset({ x: rows, y: [[5], [6]] }, spec))).toEqual([rows, [[5], [6]]])
    expect(numbers(dataset({ x: rows.map((row) => Float32Array.from(row)), y: [5, 6] }, spec))).toEqual([rows, [[5], [6]]])
    expect(
      numbers(
        dataset(
          {
            x: matrix([
              [1, 2],
              [3, 4],
            ]),
            y: vector([5, 6]),
          },
          spec,
        ),
      ),
    ).toEqual([rows, [[5], [6]]])
    expect(numbers(dataset({ x: [[[[1]]], [[[2]]]], y: [0, 1] }, { input: [1, 1, 1], target: [1] }))).toEqual([
      [[[[1]]], [[[2]]]],
      [[0], [1]],
    ])
  })
  it('takes a weight for every example, and refuses any other number of them, less than 0, or none above it', () => {
    const weighing = (weights: Nested) => dataset({ x: rows, y: [5, 6], weights }, spec)
    const made = weighing([0.5, 0])
    expect(isRight(made) && made.right.weights && toNested(made.right.weights)).toEqual([0.5, 0])
    expect(message(weighing([1]))).toBe('dataset expects weights of [2], one for each example, receives [1]')
    expect(message(weighing([1, -1]))).toBe('dataset expects finite weights of at least 0, receives -1 (weights, example 1)')
    expect(message(weighing([Number.NaN, 1]))).toBe('dataset expects finite weights of at least 0, receives NaN (weights, example 0)')
    expect(message(weighing([0, 0]))).toBe('dataset expects a weight above 0, receives weights that are all 0')
    expect(message(weighing('heavy' as never))).toContain('(weights)')
    const short = { x: zeros([2, 2]), y: zeros([2, 1]), weights: vector([1]) }
    expect(() => batches(short, { size: 2, key: key(1) })).toThrow('batches expects weights of [2], one for each example, receives [1]')
  })
  it('makes class numbers one-hot rows, or takes such rows', () => {
    const hot = [
      rows,
      [
        [0, 0, 1],
        [1, 0, 0],
      ],
    ]
    expect(numbers(dataset({ x: rows, y: [2, 0] }, { input: [2], classes: 3 }))).toEqual(hot)
    expect(numbers(dataset({ x: rows, y: Uint8Array.of(2, 0) }, { input: [2], classes: 3 }))).toEqual(hot)
    expect(numbers(dataset({ x: rows, y: hot[1] as number[][] }, { input: [2], classes: 3 }))).toEqual(hot)
    expect(numbers(dataset({ x: rows, y: [2, 0] }, categorical(pipe(input(2), dense(3)))))).toEqual(hot)
  })
  const y = [[1], [0]]
  const bernoulliModel = bernoulli(pipe(input(2), dense(1)))
  it.each<readonly [() => Either<Error, unknown>, string]>([
    [() => dataset({ x: tensor([0, 2], []), y: tensor([0, 1], []) }, spec), 'dataset expects at least one example, receives [0, 2]'],
    [() => dataset({ x: [[1, 2]], y }, spec), 'dataset expects as many targets as inputs, receives x of [1, 2] and y of [2, 1]'],
    [
      () =>
        dataset(
          {
            x: [
              [1, 2],
              [Number.NaN, 3],
            ],
            y,
          },
          spec,
        ),
      'dataset expects finite numbers, receives NaN (x, example 1)',
    ],
    [
      () => dataset({ x: [[1, 2], [3]], y }, spec),
      'dataset expects nested arrays of numbers, or a tensor, receives fromNested expects 2 entries in every bracket of a level, receives 1 (at [1]) (x)',
    ],
    [
      () => dataset({ x: rows, y: ['a', 'b'] as never }, spec),
      'dataset expects nested arrays of numbers, or a tensor, receives fromNested expects numbers, receives "a" (at [0]) (y)',
    ],
    [() => dataset({ x: rows, y }, { input: [3], target: [1] }), 'dataset expects x of [N, 3], receives [2, 2]'],
    [
      () => dataset({ x: rows, y: [0, 3] }, { input: [2], classes: 3 }),
      'oneHotLabels expects a class from 0 to 2, receives 3 (y, label 1)',
    ],
    [
      () =>
        dataset(
          {
            x: rows,
            y: [
              [1, 1, 0],
              [0, 0, 1],
            ],
          },
          { input: [2], classes: 3 },
        ),
      'dataset expects targets that the likelihood supports, receives dataset expects targets of classes, one 1 among zeros, or probabilities of sum 1, receives [1, 1, 0] (y, example 0)',
    ],
    [
      () => dataset({ x: rows, y: [0, 2] }, bernoulliModel),
      'dataset expects targets that the likelihood supports, receives dataset expects targets of bernoulli, numbers from 0 to 1, receives [2] (y, example 1)',
    ],
    [
      () => dataset({ x: rows, y }, undefined as never),
      'dataset expects a spec with input, and classes, target, or a model, receives undefined',
    ],
    [
      () => dataset(rows as never, spec),
      'dataset expects nested arrays of numbers, or a tensor, receives fromNested expects numbers, receives undefined (x)',
    ],
    [
      () => dataset({ x: rows, y }, { input: [0], target: [1] }),
      'dataset expects a spec with input, and classes, target, or a model, receives dataset expects whole sizes of at least 1, receives [0]',
    ],
  ])('refuses: %#', (make, sentence) => expect(message(make())).toBe(sentence))
  it('refuses labels that are no class', () =>
    expect(message(oneHotLabels(3)([0, 1.5]))).toBe('oneHotLabels expects a class from 0 to 2, receives 1.5 (label 1)'))
})

describe('split', () => {
  const data = orThrow(
    dataset({ x: Array.from({ length: 10 }, (_, i) => [i]), y: Array.from({ length: 10 }, (_, i) => -i) }, { input: [1], target: [1] }),
  )
  const values = (x: Tensor) => Array.from(toArray(x))
  it('puts every example into one part, with its target', () => {
    const { train, test } = split({ test: 0.2, key: key(1) })(data)
    expect([train.x.shape, test.x.shape]).toEqual([
      [8, 1],
      [2, 1],
    ])
    expect([...values(train.x), ...values(test.x)].sort((a, b) => a - b)).toEqual(values(data.x))
    expect(values(test.y)).toEqual(values(test.x).map((x) => -x))
    expect(values(split({ test: 0.2, key: key(2) })(data).test.x)).not.toEqual(values(test.x))
  })
  it('leaves no part empty', () => {
    for (const part of [1e-9, 0.999]) {
      const { train, test } = split({ test: part, key: key(1) })(data)
      expect([train.x.shape[0] > 0, test.x.shape[0] > 0]).toEqual([true, true])
    }
  })
  const classed = { x: data.x, y: vector([0, 0, 0, 0, 0, 0, 1, 1, 1, 2], 'int32') }
  const classes = (y: Tensor) => [0, 1, 2].map((k) => values(y).filter((v) => v === k).length)
  it('stratified, every part has its share of each class', () => {
    for (const seed of [1, 2, 3]) {
      const { train, test } = split({ test: 0.5, key: key(seed), stratify: true })(classed)
      expect([train, test].map(({ y }) => classes(y).slice(0, 2)).every(([a = 0, b = 0]) => a === 3 && b >= 1 && b <= 2)).toBe(true)
      for (const { test: fold } of kFold({ folds: 3, key: key(seed), stratify: true })(classed)) {
        const [a = 0, b = 0] = classes(fold.y)
        expect([Math.abs(a - 0.6 * fold.y.shape[0]) < 1, b]).toEqual([true, 1])
      }
    }
    expect(() => split({ test: 0.5, key: key(1), stratify: true })({ x: data.x, y: zeros([10, 2, 2]) })).toThrow(
      'split expects targets [N, classes], or classes of int32 [N], receives [10, 2, 2]',
    )
  })
  it('into folds: every example is judged by once, and learned from in all others', () => {
    const folds = kFold({ folds: 4, key: key(1) })(data)
    expect(folds.map(({ test }) => test.x.shape[0])).toEqual([2, 3, 2, 3])
    expect(folds.flatMap(({ test }) => values(test.x)).sort((a, b) => a - b)).toEqual(values(data.x))
    for (const { train, test } of folds) expect([...values(train.x), ...values(test.x)].sort((a, b) => a - b)).toEqual(values(data.x))
    expect(() => kFold({ folds: 1, key: key(1) })).toThrow('kFold expects a whole number of folds of at least 2, receives 1')
    expect(() => kFold({ folds: 11, key: key(1) })(data)).toThrow('kFold expects at least 11 examples, receives 10')
  })
  it.each([0, 1, -1, Number.NaN, undefined])('refuses %s as a part', (part) =>
    expect(() => split({ test: part as number, key: key(1) })).toThrow(
      `split expects a part for testing between 0 and 1, receives ${part}`,
    ),
  )
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
    expect(numbers(inSequence(data, { size: 6 })).map(([x]) => x)).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7, 8, 9],
    ]))
  it('padded are all of one size: what the last lacks is its first example, of weight 0', () => {
    const shuffled = [...batches(data, { size: 4, key: key(1), pad: true })]
    const weightsOf = (of: typeof shuffled) => of.map(({ weights }) => weights && Array.from(toArray(weights)))
    expect(shuffled.map(({ x }) => x.shape)).toEqual([
      [4, 1],
      [4, 1],
      [4, 1],
    ])
    expect(weightsOf(shuffled)).toEqual([
      [1, 1, 1, 1],
      [1, 1, 1, 1],
      [1, 1, 0, 0],
    ])
    const plain = numbers(batches(data, { size: 4, key: key(1) }))
    for (const [i, [x, y]] of numbers(shuffled).entries()) {
      const [xs = [], ys = []] = plain[i] ?? []
      const filled = (given: readonly number[]) => Array.from({ length: 4 }, (_, j) => given[j] ?? given[0])
      expect([x, y]).toEqual([filled(xs), filled(ys)])
    }
    expect(weightsOf([...inSequence({ ...data, weights: range(10, 'float64') }, { size: 6, pad: true })])).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7, 8, 9, 0, 0],
    ])
    expect(() => batches(data, { size: 4, key: key(1), pad: 1 as never })).toThrow('batches expects true or false for pad, receives 1')
  })
  it('keep the weights of their examples', () => {
    const heavy = { ...data, weights: range(10, 'float32') }
    for (const { x, weights } of batches(heavy, { size: 3, key: key(1) })) expect(weights && toNested(weights)).toEqual(toNested(x).flat())
    const parts = split({ test: 0.3, key: key(1) })(heavy)
    for (const { x, weights } of [parts.train, parts.test]) expect(weights && toNested(weights)).toEqual(toNested(x).flat())
  })
  it('refuse a size that is no whole number of at least 1', () => {
    for (const size of [0, -1, 2.5, Number.NaN, undefined as never]) {
      expect(() => batches(data, { size, key: key(1) })).toThrow(`batches expects a whole batch size of at least 1, receives ${size}`)
      expect(() => inSequence(data, { size })).toThrow(`inSequence expects a whole batch size of at least 1, receives ${size}`)
    }
  })
  it('refuse what is no data set, and counts that differ', () => {
    const uneven = { x: zeros([6, 4]), y: zeros([3, 3]) }
    expect(() => batches(uneven, { size: 2, key: key(1) })).toThrow(
      'batches expects as many targets as inputs, receives x of [6, 4] and y of [3, 3]',
    )
    expect(() => inSequence(uneven, { size: 2 })).toThrow('inSequence expects as many targets as inputs')
    expect(() => batches([[1, 2]] as never, { size: 2, key: key(1) })).toThrow(
      'batches expects a data set, { x, y } of tensors, receives [[…]]; make one with dataset({ x, y }, { input, classes })',
    )
    expect(() => batches(data, { size: 2, key: 7 as never })).toThrow('batches expects a key, receives 7; make one with key(7)')
  })
  it('permutations hold every number once', () =>
    fc.assert(
      fc.property(fc.nat(200), fc.nat(), (n, seed) => new Set(toArray(permutation(n)(key(seed)))).size === n),
      { numRuns: 20 },
    ))
})
