/**
 * Layers that look at a whole batch in training, as batch normalisation does. When it is used, a layer is a function of one example,
 * `apply`; in training it may be another function, of all examples of a batch at once, which also says what it saw of the data:
 *
 *     batchwise(batch)(θ)([x₁, …, x_N]) = [[y₁, …, y_N], θ′]
 *
 * θ′ is θ with the statistics of the data in the parameters that hold them. No state is hidden: whoever wants to keep θ′ does.
 *
 * A network is trained layer by layer, each on the outputs of the one before for the whole batch; layers that see one example are mapped
 * over it, so that without layers of this kind training is back-propagation as everywhere.
 */
import { batched } from '../graph/index.js'
import { foldIn, type Key } from '../random/index.js'
import type { Shape } from '../shape/index.js'
import type { Batch, Tensor } from '../tensor/tensor.js'
import { inBatches, type Propagated, propagate, sampledInBatches } from './backprop.js'
import type { BatchFacts, Batchwise } from './batch-facts.js'
import { type Network, wantsNetwork } from './network.js'
import type { Sequence } from './sequence.js'
import type { SomeLayer } from './some-layer.js'

/** The facts for the part of a network with this number: every part has noise of its own. */
export const factsOf =
  (part: number) =>
  (batch: BatchFacts): BatchFacts => {
    const { keys, ...rest } = batch
    return keys === undefined ? batch : { ...rest, keys: batched((key: Key) => foldIn(part)(key))(keys as never) as unknown as typeof keys }
  }

/** A layer in training. */
const inTraining =
  (batch: BatchFacts) =>
  (layer: SomeLayer, i: number): ((params: unknown) => (h: Tensor) => readonly [Tensor, unknown]) => {
    if (layer.batchwise !== undefined) return layer.batchwise(factsOf(i)(batch))
    const stage = batch.keys === undefined ? inBatches(layer) : sampledInBatches(batch.keys)(layer, i)
    return (params) => (h) => [stage(params)(h), params]
  }

/** Whether a network looks at whole batches in training. */
export const isBatchwise = ({ layers }: { readonly layers: Sequence<SomeLayer> }): boolean =>
  layers.toArray().some(({ batchwise }) => batchwise !== undefined)

/**
 * A network in training, layer after layer: its outputs for a batch, and its parameters with what it saw.
 *
 * @shape  { keys [N, 2], weights [N], share [] } → params → x [N, ...I] → [[N, ...O], params]
 */
export const batchwiseOf = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(network: Network<Ps, I, O>): Batchwise<Ps> => {
  const { layers } = wantsNetwork('batchwiseOf', network)
  return (batch) => (params) => (x) =>
    layers.map(inTraining(batch)).reduce<readonly [Tensor, readonly unknown[]]>(
      ([h, seen], stage, i) => {
        const [next, after] = stage(params[i])(h)
        return [next, [...seen, after]]
      },
      [x, []],
    ) as readonly [Tensor, readonly unknown[]] as readonly [Tensor, Ps]
}

/**
 * Back-propagation of a network in training.
 *
 * @shape  { keys [N, 2], weights [N] } → params → x [N, ...I]
 */
export const trainingBackprop =
  (batch: BatchFacts) =>
  <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
    network: Network<Ps, I, O>,
  ): ((params: Ps) => (x: Batch<I>) => Propagated<Ps, I, O>) =>
    propagate(
      wantsNetwork('trainingBackprop', network).layers.map((layer, i) => {
        const run = inTraining(batch)(layer, i)
        return (params: unknown) => (h: Tensor) => run(params)(h)[0]
      }),
    )
