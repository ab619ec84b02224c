/**
 * Targets that may be in several places: a mixture of gaussians, all of whose parameters depend on x (a mixture density network).
 *
 *     p(y | z) = Σ_k softmax(a)_k · N(y; μ_k, diag e^{s_k})
 *
 * @source Bishop (1994), Mixture density networks; Goodfellow, Bengio, Courville (2016) §6.2.2.4
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow, wantsWhole } from '../error/index.js'
import { type Network, wantsNetwork } from '../network/index.js'
import {
  add,
  argMax,
  exp,
  expandFirst,
  expandLast,
  formula,
  log,
  logSoftmax,
  logSumExp,
  mul,
  neg,
  oneHot,
  reshape,
  slice,
  softmax,
  square,
  sum,
} from '../ops/index.js'
import { foldIn, normal, uniform } from '../random/index.js'
import { fixed, receives, type Shape, wantsSizes } from '../shape/index.js'
import type { Scalar, Tensor, Vector } from '../tensor/tensor.js'
import type { Likelihood } from './likelihood.js'
import { type Model, modelOf } from './model.js'
import { realNumbers } from './support.js'

export interface MixtureOptions<D extends number> {
  /** How many gaussians. */
  readonly components: number
  /** How many numbers a target has. */
  readonly size: D
}

/** −log p(y), where z is the K logits a, then the K means of size d, then the K logarithms of variances of size d. */
export const mixtureOfGaussiansLikelihood = <const O extends Shape, const D extends number>(
  output: O,
  options: MixtureOptions<D>,
): Likelihood<O, readonly [D], readonly [D]> => {
  const { components, size } = optionsOf('mixtureOfGaussians', {}, options, ['components', 'size'])
  const [k, d] = [wantsWhole('mixtureOfGaussians', 'components', components), wantsWhole('mixtureOfGaussians', 'numbers of a target', size)]
  const who = `mixtureOfGaussians of ${k} components of size ${d}`
  orThrow(receives(who, [k * (2 * d + 1)], orThrow(wantsSizes(who, output, 1))))
  const part =
    (start: number, shape: Shape) =>
    (z: Tensor): Tensor =>
      reshape(shape)(slice({ starts: [start], sizes: [shape.reduce((a, b) => a * b, 1)] })(z as Vector<number>) as Tensor) as Tensor
  const [logits, means, logVariances] = [part(0, [k]), part(k, [k, d]), part(k + k * d, [k, d])]
  return fixed({
    name: 'mixtureOfGaussians',
    attributes: { components: k, size: d },
    output,
    target: [size],
    support: realNumbers,
    mean: (z) => sum(0)(formula.mul(expandLast(d)(softmax(logits(z)) as Vector<number>) as Tensor, means(z))) as Vector<D>,
    sample: (key) => (z) => {
      // The component of the largest logit − log(−log u): each with its probability.
      const u = add(2 ** -25)(uniform([k], z.precision)(foldIn(0)(key))) as Tensor
      const chosen = argMax(-1)(formula.sub(logits(z), log(neg(log(u))))) as unknown as Scalar
      const mask = expandLast(d)(oneHot(k, z.precision)(chosen) as unknown as Vector<number>) as Tensor
      const of = (x: Tensor): Tensor => sum(0)(formula.mul(mask, x)) as Tensor
      const deviation = exp(mul(0.5)(of(logVariances(z))))
      return formula.add(of(means(z)), formula.mul(deviation, normal([d], z.precision)(foldIn(1)(key)) as Tensor)) as Vector<D>
    },
    negativeLogLikelihood: (z, y) => {
      const s = logVariances(z)
      const squares = formula.mul(square(formula.sub(expandFirst(k)(y) as Tensor, means(z))), exp(neg(s)))
      const each = pipe(formula.add(squares, s), add(Math.log(2 * Math.PI)) as (x: Tensor) => Tensor, sum(-1), mul(0.5)) as Tensor
      return neg(logSumExp(formula.sub(logSoftmax(logits(z)), each))) as unknown as Scalar
    },
  })
}

/**
 * y ~ a mixture of gaussians whose weights, means and variances net(x) gives.
 *
 * @shape  net [...I] → [K(2d + 1)]: K logits, K means of size d, K logarithms of variances of size d; targets [d]
 * @unit   nats per example
 * @error  `ShapeError` for another number of outputs: `mixtureOfGaussians of 3 components of size 1 expects [9], receives [6]`
 * @example
 * mixtureOfGaussians(pipe(input(1), dense(20), tanh, dense(9)), { components: 3, size: 1 })
 */
export const mixtureOfGaussians = <Ps extends readonly unknown[], I extends Shape, O extends Shape, const D extends number>(
  net: Network<Ps, I, O>,
  options: MixtureOptions<D>,
): Model<Ps, I, O, readonly [D], readonly [D]> =>
  modelOf(mixtureOfGaussiansLikelihood(wantsNetwork('mixtureOfGaussians', net).output, options))(net)
