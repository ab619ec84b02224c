/** Drawing numbers: every place of a shape encrypts its own position under the key. */
import { pipe } from 'fp-ts/lib/function.js'
import { orThrow, shown, ValueError } from '../error/index.js'
import { add, cast, minimum, mul } from '../ops/arithmetic.js'
import { inBlocks } from '../ops/blocks.js'
import { less, shiftRight } from '../ops/comparison.js'
import type { Precision } from '../prim/index.js'
import { fixed, type Shape, sizeOf, wantsSizes } from '../shape/index.js'
import { uniform as constant, counted, literalLater } from '../tensor/buffer.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Key, spread, wantsKey } from './key.js'
import { threefry } from './threefry.js'

/** 32 random bits for every place. */
export const bits = <const S extends Shape>(shape: S): ((k: Key) => Tensor<S>) => {
  const own = fixed(orThrow(wantsSizes('bits', shape)))
  return (k) => {
    wantsKey('bits', k)
    const positions = literalLater(own, 'uint32', () => counted('uint32', sizeOf(own)))
    return threefry(spread(k, own), [positions, constant(own, 'uint32', 0)])[0] as Tensor<S>
  }
}

/** A word as a number in [0, 1). */
export const unit =
  (precision: Precision) =>
  (word: Tensor): Tensor =>
    pipe(word, shiftRight(8), cast(precision), mul(2 ** -24)) as Tensor

/** Numbers in [0, 1), all multiples of 2⁻²⁴ equally likely. */
export const uniform = <const S extends Shape>(shape: S, precision: Precision = 'float32'): ((k: Key) => Tensor<S>) => {
  const [draw, number] = [bits(shape), inBlocks(unit(precision))]
  return (k) => number(draw(k)) as Tensor<S>
}

/** The float before x: the bits of floats of one sign, as whole numbers, count them by size. */
const before = (x: number, precision: Precision): number => {
  if (x === 0) return precision === 'float32' ? -(2 ** -149) : -Number.MIN_VALUE
  if (precision === 'float32') {
    const [place = 0] = new Int32Array(Float32Array.of(x).buffer)
    return new Float32Array(Int32Array.of(place + (x > 0 ? -1 : 1)).buffer)[0] ?? x
  }
  const [place = 0n] = new BigInt64Array(Float64Array.of(x).buffer)
  return new Float64Array(BigInt64Array.of(place + (x > 0 ? -1n : 1n)).buffer)[0] ?? x
}

/**
 * Numbers in [low, high), as the precision has these; all of them `low` where it has no number between. The product and the
 * sum are rounded, and would now and then be `high`: uniformIn([n], 1000, 1001) of float32 once in 2¹⁵ draws.
 *
 * @error `ValueError` for bounds that are not finite, or so far apart that their difference is not, at this precision
 */
export const uniformIn = <const S extends Shape>(
  shape: S,
  low: number,
  high: number,
  precision: Precision = 'float32',
): ((k: Key) => Tensor<S>) => {
  const draw = bits(shape)
  const [first, end] = precision === 'float32' ? [Math.fround(low), Math.fround(high)] : [low, high]
  const width = precision === 'float32' ? Math.fround(end - first) : end - first
  if (!Number.isFinite(width))
    throw new ValueError({
      who: 'uniformIn',
      expected: `finite bounds with a finite difference in ${precision}`,
      received: `${shown(low)} and ${shown(high)}`,
    })
  const last = Math.max(first, before(end, precision))
  const number = inBlocks((word: Tensor) => pipe(word, unit(precision), mul(high - low), add(low), minimum(last)) as Tensor)
  return (k) => number(draw(k)) as Tensor<S>
}

/** True with this probability. @error `ValueError` for anything but a number from 0 to 1 */
export const bernoulli = <const S extends Shape>(shape: S, probability: number): ((k: Key) => Tensor<S>) => {
  if (typeof probability !== 'number' || !(probability >= 0 && probability <= 1))
    throw new ValueError({ who: 'bernoulli', expected: 'a probability from 0 to 1', received: shown(probability) })
  const draw = uniform(shape)
  return (k) => pipe(draw(k), less(probability)) as Tensor<S>
}
