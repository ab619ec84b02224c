/** A model: a network under a likelihood. Its cost follows from the distribution, its gradient by back-propagation. */
import { shown, ValueError, wantsRecord } from '../error/index.js'
import { batched, vjp } from '../graph/index.js'
import { expected } from '../layer/index.js'
import { type AnyLayer, type Description, inBatches, propagate, type Sequence } from '../network/index.js'
import { meanAll } from '../ops/index.js'
import type { Key } from '../random/index.js'
import { fixed, type Shape } from '../shape/index.js'
import { ones } from '../tensor/create.js'
import type { Batch, Scalar, Tensor } from '../tensor/tensor.js'
import { inPrecision, precisionOf, wantsExamples, wantsInputs } from './examples.js'
import type { Likelihood } from './likelihood.js'
import { type Noisy, stagesFor, underNoise } from './noisy.js'
import type { Objective } from './objective.js'

export interface Model<Ps, I extends Shape, O extends Shape, T extends Shape> extends Objective<Ps, I, T> {
  readonly likelihood: Likelihood
  readonly input: I
  readonly output: O
  /** The mean of y for every example: probabilities, for a classifier. */
  readonly predict: (params: Ps) => (x: Batch<I>) => Batch<O>
}

/** What a likelihood turns into a model: a network, or a stochastic one. */
export interface Predictor<Ps, I extends Shape, O extends Shape> {
  readonly input: I
  readonly output: O
  readonly init: (key: Key) => Ps
}

/** The network itself, or the sentence that says what was given in its place. */
export const wantsPredictor = <N>(who: string, predictor: N): N => {
  const some: unknown = predictor
  if ((typeof some === 'function' || (typeof some === 'object' && some !== null)) && ('layers' in some || 'sample' in some))
    return predictor
  throw new ValueError({ who, expected: 'a network', received: shown(some), hint: 'begin one with input(…)' })
}

/** The kind of the layer a network ends in, in a named block too. */
const lastKind = (layers: readonly Description[]): string | undefined => {
  const last = layers.at(-1)
  return last?.kind === 'named' ? lastKind(last['layers'] as readonly Description[]) : last?.kind
}

/** The network that a likelihood can take: its own link is not there yet. */
const wantsUnlinked = <N extends { readonly layers: Sequence<AnyLayer> }>({ name, linkLayer }: Likelihood, network: N): N => {
  if (linkLayer === undefined || lastKind(network.layers.map((layer) => layer.description).toArray()) !== linkLayer) return network
  throw new ValueError({
    who: name,
    expected: `a network whose outputs are before ${linkLayer}`,
    received: `one that ends in it`,
    hint: `leave it out, since ${name} has it: predict gives the probabilities`,
  })
}

/** The model of a predictor under a likelihood. */
export const modelOf =
  (likelihood: Likelihood) =>
  <Ps extends readonly unknown[], I extends Shape, O extends Shape, T extends Shape>(
    predictor: Predictor<Ps, I, O>,
  ): Model<Ps, I, O, T> => {
    const net = fixed(wantsPredictor(wantsRecord('modelOf', 'a likelihood', likelihood).name, predictor)) as Noisy<Ps, I, O>
    wantsUnlinked(likelihood, underNoise(net, expected))
    const takes = { input: net.input, output: net.output, likelihood }
    const { link, negativeLogLikelihood } = likelihood
    const loss = (z: Tensor, y: Tensor): Scalar =>
      inPrecision('cost', 'y', y, z.precision, () => meanAll(batched(negativeLogLikelihood)(z as never, y as never) as unknown as Tensor))
    const outputs =
      (who: string, params: Ps) =>
      (x: Batch<I>): Batch<O> =>
        inPrecision(who, 'x', x, precisionOf(params), () => propagate<Ps, I, O>(underNoise(net, expected).layers.map(inBatches))(params)(x))
          .output
    return fixed({
      likelihood,
      input: net.input,
      output: net.output,
      init: net.init,
      cost: (params) => (x, y) => {
        wantsExamples('cost', takes, x, y)
        return loss(outputs('cost', params)(x), y)
      },
      gradient:
        (params, key, first = 0) =>
        (x, y) => {
          wantsExamples('cost', takes, x, y)
          const { output, back } = inPrecision('cost', 'x', x, precisionOf(params), () =>
            propagate<Ps, I, O>(stagesFor(net, key, x.shape[0], first))(params)(x),
          )
          const [cost, lossBack] = vjp((z: Tensor) => loss(z, y))(output)
          return [cost, back(lossBack(ones([], cost.precision)) as Batch<O>).gradients]
        },
      predict: (params) => (x) => {
        wantsInputs('predict', net.input, x)
        return link(outputs('predict', params)(x))
      },
    })
  }
