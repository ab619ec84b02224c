/** Blocks, out of which combinators make layers: builders, polymorphic in what comes before them. */
import { wantsFunction } from '../error/index.js'
import { foldIn, type Key } from '../random/index.js'
import type { Shape } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import type { Description } from './description.js'
import type { Sampled } from './layer.js'
import { type AnyNetwork, identity, isNoisy, type Network, outputOf, wantsNetwork } from './network.js'

/** From the current shape to a network of its own. */
export type Block<Qs extends readonly unknown[], A extends Shape, B extends Shape> = (from: Network<readonly [], A, A>) => Network<Qs, A, B>

/** The layers of a network, as data. */
export const descriptionsOf = (network: { readonly layers: Network<never, Shape, Shape>['layers'] }): readonly Description[] =>
  network.layers.map((l) => l.description).toArray()
/** The network's function, its types erased, as a layer wants it. */
export const erased = <Qs extends readonly unknown[], A extends Shape, B extends Shape>(network: Network<Qs, A, B>) =>
  network as unknown as (params: Qs) => (x: Tensor) => Tensor
/** The network of a block that begins at a shape. */
export const startedFrom = <Qs extends readonly unknown[], A extends Shape, B extends Shape>(
  who: string,
  block: Block<Qs, A, B>,
  before: { readonly output: A },
): Network<Qs, A, B> => wantsNetwork(who, wantsFunction(who, 'a block, which continues a network', block)(identity(outputOf(who, before))))

type Some = Pick<AnyNetwork, 'layers'> & { readonly sampled: (key: Key) => unknown }
/** A layer's function made of networks; with noise, if one of them has: network i is sampled under `foldIn(i)(key)`. */
export const madeOf = <const Ns extends readonly Some[], P>(
  networks: Ns,
  apply: (networks: Ns) => (params: P) => (x: Tensor) => Tensor,
): { readonly apply: (params: P) => (x: Tensor) => Tensor; readonly sampled?: Sampled<P> } => ({
  apply: apply(networks),
  ...(networks.some(isNoisy)
    ? { sampled: (key: Key) => apply(networks.map((network, i) => network.sampled(foldIn(i)(key))) as readonly unknown[] as Ns) }
    : {}),
})
