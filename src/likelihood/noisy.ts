/** Networks under noise: one network in evaluation, and one for every example in training. */
import { batched } from '../graph/index.js'
import { replay } from '../graph/replay.js'
import { type Noise, type Stochastic, sampled } from '../layer/index.js'
import { type AnyLayer, inBatches, type Network, type Sequence, type Stage } from '../network/index.js'
import { add } from '../ops/index.js'
import { foldIn, type Key } from '../random/index.js'
import type { Shape } from '../shape/index.js'
import { range } from '../tensor/create.js'
import { nodeOf, placeholder } from '../tensor/node.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'

/** A network, or a function from noise to one. */
export type Noisy<Ps extends readonly unknown[], I extends Shape, O extends Shape> = Network<Ps, I, O> | Stochastic<Ps, I, O>

/** The network that a noise makes. */
export const underNoise = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Noisy<Ps, I, O>,
  noise: Noise,
): Network<Ps, I, O> => ('sample' in net ? net.sample(noise) : net)

/** A layer in batches whose noise is drawn anew for every example: `unknown` is the key it was built with, `keys` one for each. */
const inNoisyBatches =
  (unknownKey: Tensor, keys: Tensor) =>
  (layer: AnyLayer): Stage =>
  (params) =>
  (h) =>
    batched((x: Tensor, k: Tensor) => replay(new Map([[nodeOf(unknownKey), k]]))(layer.apply(params)(x)))(
      h as never,
      keys as never,
    ) as unknown as Tensor

/** The stages of training: an example's noise depends on the key and on the example's number. */
export const stagesFor = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Noisy<Ps, I, O>,
  key: Key,
  size: number,
  first: number,
): Sequence<Stage> => {
  if (!('sample' in net)) return net.layers.map(inBatches)
  const unknownKey = placeholder([2] as const, 'uint32', 'key')
  const keys = batched((i: Scalar) => foldIn(i)(key))(add(first)(range(size, 'uint32')) as never)
  return net.sample(sampled(unknownKey)).layers.map(inNoisyBatches(unknownKey, keys as unknown as Tensor))
}
