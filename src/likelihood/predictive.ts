/**
 * What a model says of new inputs, beside the mean: the most probable targets, intervals, and targets drawn at random.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.2.1.1: a network gives a whole distribution p(y | x)
 */
import { shown, ValueError } from '../error/index.js'
import { batched } from '../graph/index.js'
import { foldIn, type Key } from '../random/index.js'
import { wantsKey } from '../random/key.js'
import type { Shape } from '../shape/index.js'
import { range } from '../tensor/create.js'
import type { Batch, Scalar, Tensor } from '../tensor/tensor.js'
import { type Likelihood, wantsLikelihood } from './likelihood.js'
import type { Model } from './model.js'
import { wantsObjective } from './objective.js'
import { wantsProbability } from './quantile.js'

/** A part of a model's likelihood that not all have. */
const wantsPart = <K extends 'mode' | 'quantile' | 'sample'>(
  who: string,
  part: K,
  model: { readonly likelihood: Likelihood },
): NonNullable<Likelihood[K]> => {
  const { name, [part]: has } = wantsLikelihood(who, wantsObjective(who, model).likelihood)
  if (has !== undefined) return has
  throw new ValueError({ who, expected: `a likelihood with a ${part}`, received: shown(name) })
}
/** A function of one output, over those of a batch. */
const overBatch = <T extends Shape>(f: (z: Tensor) => Tensor, z: Batch<Shape>): Batch<T> => batched(f)(z as never) as unknown as Batch<T>

/**
 * The most probable target of every example: for a classifier, its class.
 *
 * @error   `ValueError` for a likelihood that has no mode of its own, such as a mixture
 * @example
 * mode(categorical(net))(params)(x)
 */
export const mode = <Ps, I extends Shape, O extends Shape, T extends Shape, M extends Shape>(
  model: Model<Ps, I, O, T, M>,
): ((params: Ps) => (x: Batch<I>) => Batch<T>) => {
  const best = wantsPart('mode', 'mode', model)
  return (params) => (x) => overBatch(best, model.outputs(params)(x))
}

/**
 * The interval that the target of every example is in with this probability, as much of the rest on either side.
 *
 * @error   `ValueError` for a probability that is not between 0 and 1, or a likelihood that has no quantiles
 * @example
 * const [low, high] = interval(gaussianLogVariance(net), 0.95)(params)(x)
 */
export const interval = <Ps, I extends Shape, O extends Shape, T extends Shape, M extends Shape>(
  model: Model<Ps, I, O, T, M>,
  probability: number,
): ((params: Ps) => (x: Batch<I>) => readonly [low: Batch<T>, high: Batch<T>]) => {
  const rest = (1 - wantsProbability('interval', probability)) / 2
  const quantile = wantsPart('interval', 'quantile', model)
  return (params) => (x) => {
    const z = model.outputs(params)(x)
    return [overBatch(quantile(rest), z), overBatch(quantile(1 - rest), z)]
  }
}

/**
 * A target for every example, drawn from the distribution that the model gives it; each has a key of its own.
 *
 * @error   `ValueError` for a cost that is no distribution, such as the squared error
 * @example
 * sample(poisson(net))(params, key(1))(x)
 */
export const sample = <Ps, I extends Shape, O extends Shape, T extends Shape, M extends Shape>(
  model: Model<Ps, I, O, T, M>,
): ((params: Ps, key: Key) => (x: Batch<I>) => Batch<T>) => {
  const draw = wantsPart('sample', 'sample', model)
  return (params, key) => {
    wantsKey('sample', key)
    return (x) => {
      const z = model.outputs(params)(x)
      const one = (i: Scalar, output: Tensor): Tensor => draw(foldIn(i)(key))(output)
      return batched(one)(range(z.shape[0], 'uint32') as never, z as never) as unknown as Batch<T>
    }
  }
}
