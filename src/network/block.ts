/** Blocks, out of which combinators make layers: builders, polymorphic in what comes before them. */
import { wantsFunction } from '../error/index.js'
import { foldIn, type Key } from '../random/index.js'
import type { Shape } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import type { BatchFacts, Batchwise } from './batch-facts.js'
import { batchwiseOf, factsOf, isBatchwise } from './batchwise.js'
import type { Description } from './description.js'
import type { Sampled } from './layer.js'
import { identity, isNoisy, type Network, outputOf, wantsNetwork } from './network.js'
import type { SomeNetwork } from './some-network.js'

/** From the current shape to a network of its own. */
export type Block<Qs extends readonly unknown[], A extends Shape, B extends Shape> = (from: Network<readonly [], A, A>) => Network<Qs, A, B>

/** The layers of a network, as data. */
export const descriptionsOf = (network: { readonly layers: Network<never, Shape, Shape>['layers'] }): readonly Description[] =>
  network.layers.map((l) => l.description).toArray()
/** The network of a block that begins at a shape. */
export const startedFrom = <Qs extends readonly unknown[], A extends Shape, B extends Shape>(
  who: string,
  block: Block<Qs, A, B>,
  before: { readonly output: A },
): Network<Qs, A, B> => wantsNetwork(who, wantsFunction(who, 'a block, which continues a network', block)(identity(outputOf(who, before))))

/** What parameters make of an input, be it one example or a batch, and what becomes of them. */
export type Pass<P> = (params: P) => (x: Tensor) => readonly [Tensor, P]
/** The passes of networks with these parameters. */
type Passes<Qs extends readonly unknown[]> = { readonly [K in keyof Qs]: Pass<Qs[K]> }
interface Made<P> {
  readonly apply: (params: P) => (x: Tensor) => Tensor
  readonly sampled?: Sampled<P>
  readonly batchwise?: Batchwise<P>
}
/** A network used on one example: it leaves its parameters as they are. */
const alone =
  (network: SomeNetwork): Pass<readonly unknown[]> =>
  (params) =>
  (x) => [network(params)(x), params]

/** How a network passes an input: alone, under noise, or in training. */
export type As = (network: SomeNetwork, i: number) => Pass<readonly unknown[]>

/**
 * A layer made of networks, written once for one example and for a batch. With noise, if one of them has: network i is sampled under
 * `foldIn(i)(key)`. Looking at whole batches in training, if one of them does.
 */
export const madeBy = <P>(networks: readonly Pick<SomeNetwork, 'layers'>[], passOf: (as: As) => Pass<P>): Made<P> => {
  const applied =
    (pass: Pass<P>) =>
    (params: P) =>
    (x: Tensor): Tensor =>
      pass(params)(x)[0]
  return {
    apply: applied(passOf(alone)),
    ...(networks.some(isNoisy) ? { sampled: (key: Key) => applied(passOf((network, i) => alone(network.sampled(foldIn(i)(key))))) } : {}),
    ...(networks.some(isBatchwise)
      ? { batchwise: (batch: BatchFacts) => passOf((network, i) => batchwiseOf(network)(factsOf(i)(batch))) }
      : {}),
  }
}
/** The same, of networks that do not depend on parameters. */
export const madeOf = <Qs extends readonly unknown[], P>(
  networks: readonly Pick<SomeNetwork, 'layers'>[],
  run: (passes: Passes<Qs>) => Pass<P>,
): Made<P> =>
  madeBy(networks, (as) => run((networks as readonly unknown[] as readonly SomeNetwork[]).map(as) as readonly unknown[] as Passes<Qs>))
