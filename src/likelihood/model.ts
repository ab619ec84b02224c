/** A model: a network under a likelihood. Its cost follows from the distribution, its gradient by back-propagation. */
import { orThrow, ValueError } from '../error/index.js'
import { batched, vjp } from '../graph/index.js'
import {
  backprop,
  type Description,
  isNoisy,
  type Network,
  type Sequence,
  type SomeLayer,
  type SomeNetwork,
  trainingBackprop,
  wantsNetwork,
} from '../network/index.js'
import { add, meanAll } from '../ops/index.js'
import { foldIn, type Key } from '../random/index.js'
import { fixed, receives, type Shape } from '../shape/index.js'
import { ones, range } from '../tensor/create.js'
import type { Batch, Scalar, Tensor, Vector } from '../tensor/tensor.js'
import { inPrecision, precisionOf, wantsExamples, wantsInputs } from './examples.js'
import { type Likelihood, wantsLikelihood } from './likelihood.js'
import type { Objective } from './objective.js'
import { weightedMean } from './weights.js'

/** A network from I to O under a likelihood of targets T, whose means have the shape M. */
export interface Model<Ps, I extends Shape, O extends Shape, T extends Shape, M extends Shape = O> extends Objective<Ps, I, T> {
  readonly likelihood: Likelihood<O, T, M>
  /** The network itself, its types of parameters forgotten: what a file describes. */
  readonly network: SomeNetwork
  readonly input: I
  readonly output: O
  /** The mean of y for every example: probabilities, for a classifier. */
  readonly predict: (params: Ps) => (x: Batch<I>) => Batch<M>
  /** What the network puts out for every example, before the likelihood has read it. */
  readonly outputs: (params: Ps) => (x: Batch<I>) => Batch<O>
}

/** A model whose types are only known at run time. */
export type SomeModel = Model<readonly unknown[], Shape, Shape, Shape, Shape>

/** The kind of the layer a network ends in, in a named block too. */
const lastKind = (layers: readonly Description[]): string | undefined => {
  const last = layers.at(-1)
  return last?.kind === 'named' ? lastKind(last['layers'] as readonly Description[]) : last?.kind
}

/** The network that a likelihood can take: what gives the mean is not there yet. */
const wantsUnlinked = <N extends { readonly layers: Sequence<SomeLayer> }>({ name, meanLayer }: Likelihood, network: N): N => {
  if (meanLayer === undefined || lastKind(network.layers.map((layer) => layer.description).toArray()) !== meanLayer) return network
  throw new ValueError({
    who: name,
    expected: `a network whose outputs are before ${meanLayer}`,
    received: `one that ends in it`,
    hint: `leave it out, since ${name} has it: predict gives the probabilities`,
  })
}

/** A key for every example, from its number in the whole batch. */
const keysOf = (key: Key, size: number, first: number): Batch<readonly [2]> =>
  batched((i: Scalar) => foldIn(i)(key))(add(first)(range(size, 'uint32')) as never) as unknown as Batch<readonly [2]>

/**
 * The model of a network under a likelihood, one of your own as well as one of the library.
 *
 * @error  `ShapeError` for a network of another output than the likelihood is of; `ValueError` for one that ends in its mean
 * @example
 * modelOf(poissonLikelihood([3]))(net) // poisson(net)
 */
export const modelOf = <O extends Shape, T extends Shape, M extends Shape>(given: Likelihood<O, T, M>) => {
  const likelihood = fixed(wantsLikelihood('modelOf', given))
  const { name, mean, negativeLogLikelihood } = likelihood
  return <Ps extends readonly unknown[], I extends Shape>(network: Network<Ps, I, O>): Model<Ps, I, O, T, M> => {
    const net = wantsUnlinked(likelihood, wantsNetwork(name, network))
    orThrow(receives(name, likelihood.output, net.output))
    const takes = { input: net.input, likelihood }
    const loss = (z: Tensor, y: Tensor, weights?: Vector<number>): Scalar =>
      inPrecision('cost', 'y', y, likelihood.targetPrecision ?? z.precision, () => {
        const losses = batched(negativeLogLikelihood)(z as never, y as never) as unknown as Vector<number>
        return weights === undefined ? meanAll(losses) : weightedMean(weights)(losses)
      })
    const outputs =
      (who: string) =>
      (params: Ps) =>
      (x: Batch<I>): Batch<O> => {
        wantsInputs(who, net.input, x)
        return inPrecision(who, 'x', x, precisionOf(params), () => backprop(net)(params)(x)).output
      }
    const means = batched(mean) as unknown as (z: Batch<O>) => Batch<M>
    return fixed({
      likelihood,
      network: net as unknown as SomeNetwork,
      input: net.input,
      output: net.output,
      init: net.init,
      cost: (params) => (x, y, weights) => {
        wantsExamples('cost', takes, x, y, weights)
        return loss(outputs('cost')(params)(x), y, weights)
      },
      gradient:
        (params, key, first = 0) =>
        (x, y, weights) => {
          wantsExamples('cost', takes, x, y, weights)
          const { output, back } = inPrecision('cost', 'x', x, precisionOf(params), () =>
            trainingBackprop({
              ...(isNoisy(net) ? { keys: keysOf(key, x.shape[0], first) } : {}),
              ...(weights === undefined ? {} : { weights }),
            })(net)(params)(x),
          )
          const [cost, lossBack] = vjp((z: Tensor) => loss(z, y, weights))(output)
          return [cost, back(lossBack(ones([], cost.precision)) as Batch<O>).gradients]
        },
      predict: (params) => (x) => means(outputs('predict')(params)(x)),
      outputs: outputs('outputs'),
    })
  }
}
