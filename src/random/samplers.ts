/** Drawing numbers: every place of a shape encrypts its own position under the key. */
import { pipe } from 'fp-ts/lib/function.js'
import { tensors } from '../ops/apply.js'
import { add, cast, mul } from '../ops/arithmetic.js'
import { less, shiftRight } from '../ops/comparison.js'
import type { Precision } from '../prim/index.js'
import { type Shape, sizeOf } from '../shape/index.js'
import { uniform as constant } from '../tensor/buffer.js'
import { range } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Key, spread } from './key.js'
import { threefry } from './threefry.js'

/** 32 random bits for every place. */
export const bits =
  <const S extends Shape>(shape: S) =>
  (k: Key): Tensor<S> => {
    const positions = tensors.reshape(range(sizeOf(shape), 'uint32'), { shape })
    return threefry(spread(k, shape), [positions, constant(shape, 'uint32', 0)])[0] as Tensor<S>
  }

/** Numbers in [0, 1), all multiples of 2⁻²⁴ equally likely. */
export const uniform =
  <const S extends Shape>(shape: S, precision: Precision = 'float32') =>
  (k: Key): Tensor<S> =>
    pipe(bits(shape)(k), shiftRight(8), cast(precision), mul(2 ** -24)) as Tensor<S>

/** Numbers in [low, high). */
export const uniformIn =
  <const S extends Shape>(shape: S, low: number, high: number, precision: Precision = 'float32') =>
  (k: Key): Tensor<S> =>
    pipe(uniform(shape, precision)(k) as Tensor, mul(high - low), add(low)) as Tensor<S>

/** True with this probability. */
export const bernoulli =
  <const S extends Shape>(shape: S, probability: number) =>
  (k: Key): Tensor<S> =>
    pipe(uniform(shape)(k) as Tensor, less(probability)) as Tensor<S>
