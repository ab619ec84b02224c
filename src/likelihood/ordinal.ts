/**
 * Classes in an order, such as bad, fair and good: the model of proportional odds.
 *
 *     P(y > k | z) = σ(z_k),   z_0 ≥ z_1 ≥ … ≥ z_{K−2}
 *
 * @source McCullagh (1980), Regression models for ordinal data
 */
import { pipe } from 'fp-ts/lib/function.js'
import { orThrow } from '../error/index.js'
import { type Network, wantsNetwork } from '../network/index.js'
import { argMax, cast, concat, expm1, formula, greater, log, neg, oneHot, pad, sigmoid, slice, softplus, sumAll } from '../ops/index.js'
import { uniform } from '../random/index.js'
import { fixed, type Plus, type Shape, type WantsVector, wantsSizes, wantsVector } from '../shape/index.js'
import type { Scalar, Tensor, Vector } from '../tensor/tensor.js'
import type { Likelihood } from './likelihood.js'
import { type Model, modelOf } from './model.js'
import { wantsProbability } from './quantile.js'
import { classNumbers } from './support.js'
import { weighted } from './weights.js'

const between = (x: Tensor, low: number, high: number): Tensor => pad({ low: [low], high: [high], value: 0 })(x as Vector<number>) as Tensor
const part = (x: Tensor, start: number, size: number): Tensor => slice({ starts: [start], sizes: [size] })(x as Vector<number>) as Tensor

/**
 * −log p of every class. With σ(a) − σ(b) = σ(a)·σ(−b)·(1 − e^(b − a)) nothing is subtracted that is nearly equal:
 *
 *     −log P(y = k) = softplus(−z_{k−1}) + softplus(z_k) − log(1 − e^(z_k − z_{k−1}))
 */
const costs = (z: Tensor): Tensor => {
  const cuts = z.shape[0] ?? 0
  const outer = formula.add(between(softplus(neg(z)), 1, 0), between(softplus(z), 0, 1))
  const gaps = formula.sub(part(z, 1, cuts - 1), part(z, 0, cuts - 1))
  return formula.sub(outer, between(log(neg(expm1(gaps))), 1, 1))
}
const hot = (z: Tensor, y: Tensor): Tensor => oneHot((z.shape[0] ?? 0) + 1, z.precision)(y) as unknown as Tensor
/** How many cuts a number between 0 and 1 is below. */
const above = (z: Tensor, u: Tensor | number): Scalar => pipe(sigmoid(z), greater(u as Tensor), cast('int32'), sumAll)

/** −log P(y), y the number of a class; z are the log-odds of being above each but the last. */
export const ordinalLikelihood = <const O extends Shape>(output: O): Likelihood<O, readonly [], readonly [Plus<O[0] & number, 1>]> => {
  orThrow(wantsVector('ordinal', orThrow(wantsSizes('ordinal', output, 1))))
  const probabilities = (z: Tensor): Tensor => {
    const survival = sigmoid(z)
    const one = formula.add(1, formula.mul(0, part(z, 0, 1)))
    return formula.sub(concat({ axis: -1 })([one, survival]) as Tensor, between(survival, 0, 1))
  }
  return fixed({
    name: 'ordinal',
    output,
    target: [],
    targetPrecision: 'int32',
    support: classNumbers((output[0] ?? 0) + 1),
    mean: (z) => probabilities(z) as never,
    mode: (z) => argMax(-1)(probabilities(z)) as unknown as Scalar,
    quantile: (p) => (z) => above(z, 1 - wantsProbability('quantile', p)),
    sample: (key) => (z) => above(z, uniform([], z.precision)(key)),
    negativeLogLikelihood: (z, y) => pipe(costs(z), weighted(hot(z, y)), sumAll),
  })
}

/**
 * y ~ the class that K − 1 log-odds in falling order give; a network that ends in `cutPoints` puts out such.
 *
 * @shape  net [...I] → [K − 1]; targets [], of int32, from 0 to K − 1; means [K], the probabilities of the classes
 * @unit   nats per example
 * @error  does not compile on anything but a vector; the cost of outputs that are not in falling order is NaN
 * @example
 * ordinal(pipe(input(6), dense(1), cutPoints(4))) // five classes
 */
export const ordinal = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O> & WantsVector<'ordinal', O>,
): Model<Ps, I, O, readonly [], readonly [Plus<O[0] & number, 1>]> => modelOf(ordinalLikelihood(wantsNetwork('ordinal', net).output))(net)
