/** Noise that layers share, or that is not what its layer is on average. */
import { noiseLaws, noisyLayerLaws } from '../../../laws/index.js'
import { pointwise, type SomeLayer, type SomeNetwork } from '../../../src/network/index.js'
import { networkOf } from '../../../src/network/network.js'
import { add, mul, select } from '../../../src/ops/index.js'
import { bernoulli, foldIn, type Key, uniformIn } from '../../../src/random/index.js'
import type { Tensor } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

/** A network whose layers are sampled under other keys. */
const sampledBy =
  (keyOf: (key: Key, i: number) => Key) =>
  (network: SomeNetwork) =>
  (key: Key): SomeNetwork => {
    const quiet = ({ sampled, ...layer }: SomeLayer, i: number): SomeLayer =>
      sampled === undefined ? layer : { ...layer, apply: sampled(keyOf(key, i)) }
    return networkOf(network.input, network.output, network.layers.map(quiet))
  }
const composing = (name: string, what: string, killer: string, keyOf: (key: Key, i: number) => Key): Mutant => ({
  name: `noise.${name}`,
  what,
  laws: () => noiseLaws({ sampled: sampledBy(keyOf) }),
  killer: `noise.${killer}`,
})
const noisy = (name: string, what: string, killer: string, sampled: (key: Key, x: Tensor) => Tensor): Mutant => ({
  name: `noise.${name}`,
  what,
  laws: () =>
    noisyLayerLaws(
      pointwise(name, (x) => x, { sampled: (key) => (x) => sampled(key, x) as typeof x }),
      { input: [6] },
    ),
  killer: `noise.${killer}`,
})

export const noiseMutants: readonly Mutant[] = [
  composing('shared', 'every layer draws under the key of the network', 'apart', (key) => key),
  composing('pairs', 'two neighbours draw under one key', 'apart', (key, i) => foldIn(i >> 1)(key)),
  composing('shifted', 'layer i draws under the key of the next', 'composition', (key, i) => foldIn(i + 1)(key)),
  noisy('unscaled', 'dropout that does not scale what it keeps', 'mean', (key, x) => select(x, 0)(bernoulli(x.shape, 0.5)(key) as Tensor)),
  noisy('biased', 'noise that is not 0 on average', 'mean', (key, x) => add(uniformIn(x.shape, -0.4, 0.5)(key) as Tensor)(x)),
  noisy('none', 'noise that is none', 'mean', (_, x) => x),
  noisy('global', 'noise of the machine, whatever the key', 'pure', (_, x) => mul(Math.random())(x)),
]
