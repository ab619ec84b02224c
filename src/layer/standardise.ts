/**
 * Standardisation: every feature shifted and scaled to mean 0 and variance 1 over the examples that it was fitted to.
 *
 *     h = (x − μ) / σ,  σ² = (1/m) Σᵢ (xᵢ − μ)²;   σ = 1 where a feature is constant
 *
 * It is fitted once, to training examples, and is a fixed layer from then on: other examples are shifted by the same μ.
 *
 * @source LeCun, Bottou, Orr, Müller (1998), Efficient BackProp §4.3; scikit-learn, `StandardScaler`
 */
import { pipe } from 'fp-ts/lib/function.js'
import { orThrow, ShapeError, shown, ValueError, wantsRecord } from '../error/index.js'
import { grow, type Layer, type None, noParameters, outputOf } from '../network/index.js'
import { add, cast, div, expandFirst, lessEqual, mean, mul, select, sqrt, square, sub } from '../ops/index.js'
import { atPrecision } from '../params/precision.js'
import { isFloat } from '../prim/index.js'
import { receives, type Shape, sameShape, show } from '../shape/index.js'
import { toArray, wantsLiteral } from '../tensor/read.js'
import type { Batch, Tensor } from '../tensor/tensor.js'

/** μ and σ of every feature. */
export interface Scaling<S extends Shape> {
  readonly mean: Tensor<S>
  readonly deviation: Tensor<S>
}

/** The numbers of a tensor, all of which are as they should be. */
const wantsAll = (who: string, expected: string, x: Tensor, isGood: (value: number) => boolean): void => {
  wantsLiteral(who, x)
  const odd = toArray(x).find((value) => !isGood(value))
  if (odd !== undefined) throw new ValueError({ who, expected, received: shown(odd) })
}

/** Where a variance is what the rounding of m terms leaves of 0: scikit-learn's bound, mε·σ² + (mε·μ)². */
const isRounding = (m: number, mu: Tensor, variance: Tensor): Tensor =>
  lessEqual(pipe(variance, mul(m * Number.EPSILON), add(square(mul(m * Number.EPSILON)(mu)))) as Tensor)(variance)

/** Mean and deviation, for what somebody does. */
export const scalingFor = <S extends Shape>(who: string, examples: Batch<S>): Scaling<Readonly<S>> => {
  const x = wantsLiteral(who, examples as Tensor) as unknown as Tensor
  const [m = 0] = x.shape
  if (m === 0) throw new ShapeError(`${who} expects at least one example, receives ${show(x.shape)}`)
  wantsAll(who, 'finite numbers', x, Number.isFinite)
  const wide = cast('float64')(x)
  const over = mean(-x.shape.length) as (x: Tensor) => Tensor
  const mu = over(wide)
  const variance = over(square(sub(expandFirst(m)(mu) as Tensor)(wide)))
  wantsAll(who, 'numbers whose variance is finite', variance, Number.isFinite)
  const deviation = select(1, sqrt(variance))(isRounding(m, mu, variance)) as Tensor
  return atPrecision(isFloat(x.precision) ? x.precision : 'float32')({ mean: mu, deviation }) as Scaling<Shape> as Scaling<Readonly<S>>
}

/**
 * Mean and deviation of every feature over examples, by two passes in float64. Divided by m, as scikit-learn does, not by m − 1.
 *
 * @shape  [m, ...S] → mean and deviation [...S]
 * @error  `ShapeError` for no examples, `ValueError` for numbers that are not finite, or whose variance is not
 * @example
 * scalingOf(matrix([[1, 5], [3, 5]])) // mean [2, 5], deviation [1, 1]
 */
export const scalingOf = <S extends Shape>(examples: Batch<S>): Scaling<Readonly<S>> => scalingFor('scalingOf', examples)

/**
 * The layer (x − μ) / σ.
 *
 * @shape  mean and deviation [...S]: [...S] → [...S]
 * @error  does not compile on another shape; `ValueError` for deviations that are not above 0
 * @example
 * pipe(input(4), standardise(scalingOf(train.x)), dense(3))
 */
export const standardise = <S extends Shape>(scaling: Scaling<S>): Layer<'standardise', None, S, S> => {
  const { mean: mu, deviation } = wantsRecord('standardise', 'a scaling, { mean, deviation }', scaling)
  wantsAll('standardise', 'finite means', mu, Number.isFinite)
  wantsAll('standardise', 'deviations above 0', deviation, (value) => value > 0 && Number.isFinite(value))
  if (!sameShape(mu.shape, deviation.shape))
    throw new ShapeError(`standardise expects a mean and a deviation of one shape, receives ${show(mu.shape)} and ${show(deviation.shape)}`)
  const own: Scaling<Shape> = { mean: mu, deviation }
  const stored = {
    mean: { ...wantsLiteral('standardise', mu).toJSON() },
    deviation: { ...wantsLiteral('standardise', deviation).toJSON() },
  }
  return (before) => {
    orThrow(receives('standardise', mu.shape, outputOf('standardise', before)))
    return grow<None, S>({
      description: { kind: 'standardise', ...stored },
      output: mu.shape,
      init: () => noParameters,
      apply: () => (x) => {
        const by = atPrecision(x.precision)(own)
        return pipe(x, sub(by.mean), div(by.deviation))
      },
    })(before)
  }
}
