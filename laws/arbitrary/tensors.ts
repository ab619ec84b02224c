/** Tensors as examples. Numbers shrink towards simple ones; a tensor prints as the code that makes it. */
import * as fc from 'fast-check'
import { type Shape, sizeOf } from '../../src/shape/index.js'
import { literalOf, rounded } from '../../src/tensor/buffer.js'
import { type Precision, type Tensor, tensor, toArray } from '../../src/tensor/index.js'

/** Numbers of moderate size, away from 0 and from each other's kinks: odd multiples of 1/32, plus `offset`. */
export const moderate = (offset = 0): fc.Arbitrary<number> => fc.integer({ min: -48, max: 48 }).map((k) => (2 * k + 1) / 32 + offset)
/** Positive numbers, from 1/16 to 3. */
export const positive: fc.Arbitrary<number> = fc.integer({ min: 1, max: 48 }).map((k) => k / 16)
/** Any float64 at all: denormals, the largest; and often enough to meet each other, ±0, 1, infinities and NaN. */
export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN),
)

/** The numbers that are drawn, as the precision has them. */
export const tensorOf = <S extends Shape>(
  shape: S,
  numbers: fc.Arbitrary<number>,
  precision: Precision = 'float64',
): fc.Arbitrary<Tensor<S>> =>
  fc.array(numbers, { minLength: sizeOf(shape), maxLength: sizeOf(shape) }).map((xs) => literalOf(shape, precision, rounded(precision, xs)))

/** Moderate numbers no two of which are equal, so that a maximum has one place. */
export const apart = <S extends Shape>(shape: S): fc.Arbitrary<Tensor<S>> =>
  tensorOf(shape, moderate(1 / 128)).map((x) => {
    const numbers = Array.from(toArray(x))
    return tensor(
      shape,
      numbers.map((value, i) => value + i / (64 * numbers.length)),
      'float64',
    )
  })

/** Shapes of at most `most` axes; sizes 0 and 1 are among them. */
export const shapeOf = (least: number, most: number, smallest = 1): fc.Arbitrary<Shape> =>
  fc.array(fc.integer({ min: smallest, max: 3 }), { minLength: least, maxLength: most })
