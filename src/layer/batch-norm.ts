/**
 * Batch normalisation: in training every channel is shifted and scaled to mean 0 and variance 1 over the batch and over all places of an
 * image, then by a gain and a bias that are learned. In use it has the mean and the variance of the population: these are among its
 * parameters, no gradient reaches them, and a fold over the data puts them there when training is done (`population` in `train`).
 *
 *     h = g ⊙ (x − μ) / √(σ² + ε) + b
 *
 * with μ = Σ w x / Σ w and σ² = Σ w (x − μ)² / Σ w of the batch in training, through which the gradient flows, and of the population in
 * use. Cut into parts, a batch has the statistics of each part.
 *
 * @source Ioffe and Szegedy (2015), Batch normalization, algorithms 1 and 2; Goodfellow et al. (2016) §8.7.1
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, ShapeError } from '../error/index.js'
import { type Batchwise, grow, type Network, outputOf } from '../network/index.js'
import { add, cast, div, equal, expand, mul, reshape, select, sqrt, square, stopGradient, sub, sum, sumAll } from '../ops/index.js'
import { fixed, type Shape, sizeOf } from '../shape/index.js'
import { full, ones, zeros } from '../tensor/create.js'
import type { Scalar, Tensor, Vector } from '../tensor/tensor.js'
import { beside } from './beside.js'
import type { GainOf } from './layer-norm.js'
import { wantsEpsilon } from './standardised.js'

/** Of every channel: what is learned, and what the population is like. */
export interface BatchNormParams<A extends Shape> {
  readonly gain: Tensor<GainOf<A, 'last'>>
  readonly bias: Tensor<GainOf<A, 'last'>>
  readonly mean: Tensor<GainOf<A, 'last'>>
  readonly variance: Tensor<GainOf<A, 'last'>>
}
export interface BatchNormOptions {
  /** ε: what is added to the variance, so that equal units are not divided by 0. */
  readonly epsilon: number
}
export const batchNormDefaults: BatchNormOptions = fixed({ epsilon: 1e-5 })

export type BatchNorm = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A>,
) => Network<readonly [...Ps, BatchNormParams<A>], I, A>

interface Params {
  readonly gain: Tensor
  readonly bias: Tensor
  readonly mean: Tensor
  readonly variance: Tensor
}

/** g ⊙ (x − μ) / √(σ² + ε) + b */
const normalised =
  (epsilon: number, { gain, bias, mean, variance }: Params) =>
  (x: Tensor): Tensor =>
    pipe(
      x,
      sub(beside(mean, x)),
      div(beside(pipe(variance, add(epsilon), sqrt) as Tensor, x)),
      mul(beside(gain, x)),
      add(beside(bias, x)),
    ) as Tensor

/** Σ w x / Σ w over rows [R, C], of which each example has as many; 0 where all weights are 0. */
const averageOf = (rows: number, weights: Vector<number> | undefined): ((x: Tensor) => Tensor) => {
  if (weights === undefined) return (x) => pipe(sum(-2)(x) as Tensor, div(rows))
  const each = rows / weights.shape[0]
  return (x) => {
    const own = cast(x.precision)(weights)
    const weight = pipe(
      own,
      expand({ axes: [-1], sizes: [each] }),
      reshape([rows]),
      expand({ axes: [-1], sizes: x.shape.slice(-1) }),
    ) as Tensor
    const total = mul(each)(sumAll(own)) as Scalar
    return pipe(sum(-2)(mul(weight)(x)) as Tensor, div(select(1, total)(equal(0)(total)) as Scalar))
  }
}

/**
 * The statistics of two lots of data as one, of which the second has a share s:
 *
 *     μ = (1 − s)μ₁ + sμ₂,   σ² = (1 − s)σ₁² + sσ₂² + s(1 − s)(μ₂ − μ₁)²
 *
 * @source Chan, Golub, LeVeque (1983), Algorithms for computing the sample variance
 */
const pooled = (first: Params, mean: Tensor, variance: Tensor, share: Scalar): Params => {
  const s = cast(mean.precision)(share) as Scalar
  const rest = pipe(s, mul(-1), add(1)) as Scalar
  const between = (a: Tensor, b: Tensor): Tensor => add(mul(s)(b))(mul(rest)(a))
  const apart = pipe(square(sub(first.mean)(mean)), mul(s), mul(rest))
  return { ...first, mean: between(first.mean, mean), variance: add(apart)(between(first.variance, variance)) }
}

const wantsSeveral = (numbers: number): void => {
  if (numbers < 2) throw new ShapeError(`batchNorm expects two numbers or more of every channel in a batch, receives ${numbers}`)
}

/** Normalises a batch [N, ...A, C] by its own mean and variance. */
const byBatch =
  (epsilon: number): Batchwise<Params> =>
  ({ weights, share }) =>
  (params) =>
  (h) => {
    const rows = sizeOf(h.shape.slice(0, -1))
    wantsSeveral(rows)
    const average = averageOf(rows, weights)
    const x = reshape([rows, h.shape.at(-1) ?? 0])(h) as Tensor
    const mean = average(x)
    const variance = average(square(sub(beside(mean, x))(x)))
    const y = normalised(epsilon, { ...params, mean, variance })(x)
    return [reshape(h.shape)(y) as Tensor, share === undefined ? { ...params, mean, variance } : pooled(params, mean, variance, share)]
  }

/**
 * Normalises every channel over the batch.
 *
 * @shape  gain, bias, mean and variance [C]: [...A, C] → [...A, C]
 * @error  `ValueError` for an ε that is not above 0; `ShapeError` for a shape without axes, and in training for a batch with one number of
 *         a channel, whose variance would be 0
 * @example
 * const net = pipe(input(784), dense(128), batchNorm(), relu, dense(10))
 * const { init, step } = population(net)
 * const params = iterate(step)(init(state.params), inSequence(data, { size: 500 })).params // when training is done
 */
export const batchNorm = (options: Partial<BatchNormOptions> = {}): BatchNorm => {
  const { epsilon } = optionsOf('batchNorm', batchNormDefaults, options)
  wantsEpsilon('batchNorm', epsilon)
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    const shape: Shape = outputOf('batchNorm', before).slice(-1)
    if (shape.length === 0) throw new ShapeError('batchNorm expects at least one axis, receives []')
    return grow<BatchNormParams<A>, A>({
      description: { kind: 'batchNorm', epsilon },
      output: before.output,
      init: () =>
        ({ gain: ones(shape), bias: zeros(shape), mean: zeros(shape), variance: full(shape, 1) }) as unknown as BatchNormParams<A>,
      apply: ({ gain, bias, mean, variance }) =>
        normalised(epsilon, { gain, bias, mean: stopGradient(mean as Tensor), variance: stopGradient(variance as Tensor) }),
      batchwise: byBatch(epsilon) as unknown as Batchwise<BatchNormParams<A>>,
    })(before)
  }
}
