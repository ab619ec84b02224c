/**
 * What a network with batch normalisation is used with: the mean and the variance of every channel over the data, found by one fold
 * over it when training is done.
 *
 *     iterate(step)(init(params), batches).params
 *
 * Means and variances of batches are pooled, weighted by their examples: of one batch they are its own, so that using the network on it is
 * what training on it was; where layers below depend on the batch themselves, larger batches come nearer to the population. Ioffe and
 * Szegedy average the unbiased variances of batches instead, which estimate the same. Noise, such as dropout's, is what is expected, as
 * it will be in use.
 *
 * @source Ioffe and Szegedy (2015), Batch normalization, algorithm 2
 */
import { wantsInputs } from '../likelihood/examples.js'
import { orOne, wantsWeights } from '../likelihood/weights.js'
import { batchwiseOf, type Network, wantsNetwork } from '../network/index.js'
import { add, cast, div, sumAll } from '../ops/index.js'
import type { Shape } from '../shape/index.js'
import { scalar } from '../tensor/create.js'
import type { Batch, Scalar, Tensor, Vector } from '../tensor/tensor.js'

/** Parameters with the statistics of the examples seen so far. */
export interface Seen<P> {
  readonly params: P
  /** How many they are; of examples with weights, their sum: float64, so that shares of float64 statistics are. */
  readonly examples: Scalar
}
export interface Population<P, I extends Shape> {
  readonly init: (params: P) => Seen<P>
  /** Looks at a batch; its targets do not matter. */
  readonly step: (seen: Seen<P>, batch: { readonly x: Batch<I>; readonly weights?: Vector<number> }) => Seen<P>
}

/**
 * The start and the step of a fold over the data.
 *
 * @example
 * const { init, step } = population(net)
 * const { params } = iterate(compile(wasm)(step))(init(state.params), inSequence(data, { size: 500 }))
 */
export const population = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  network: Network<Ps, I, O>,
): Population<Ps, I> => {
  const { input } = wantsNetwork('population', network)
  const look = batchwiseOf(network)
  return {
    init: (params) => ({ params, examples: scalar(0, 'float64') }),
    step: ({ params, examples }, { x, weights }) => {
      wantsInputs('population', input, x)
      if (weights !== undefined) wantsWeights('population', x.shape[0], weights)
      const more = weights === undefined ? scalar(x.shape[0], 'float64') : sumAll(cast('float64')(weights))
      const total = add(more)(examples)
      const share = div(orOne(total))(more)
      const [, after] = look({ share, ...(weights === undefined ? {} : { weights }) })(params)(x as Tensor)
      return { params: after, examples: total }
    },
  }
}
