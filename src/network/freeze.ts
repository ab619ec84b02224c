/**
 * Frozen parameters: a network that is trained already, as a layer of another.
 *
 *     freeze(f)(θ) = f(θ), a layer without parameters
 *
 * What is no parameter has no gradient and no moment, and no update, decay or projection can move it: not a rule that optimisers
 * obey, but what they are given. The gradient by the input passes, so that layers below a frozen one learn. To thaw it, put the
 * network itself in its place, and the parameters in the place of `None`.
 *
 * @source Goodfellow, Bengio, Courville (2016) §8.7.4, supervised pretraining
 */
import { orThrow, ValueError } from '../error/index.js'
import { leaves, leavesWithPaths, mapTree, type None, noParameters } from '../params/index.js'
import { atPrecision } from '../params/precision.js'
import { receives, type Shape, sameShape, show } from '../shape/index.js'
import { wantsLiteral } from '../tensor/read.js'
import type { Tensor } from '../tensor/tensor.js'
import { blankLike } from './blank.js'
import { descriptionsOf, madeOf } from './block.js'
import { grow, type Layer } from './layer.js'
import { type Network, outputOf, wantsNetwork } from './network.js'
import type { SomeNetwork } from './some-network.js'

/** Parameters of the network, by paths and shapes, or the sentence that says which is not. */
const wantsParams = (network: SomeNetwork, params: unknown): void => {
  const [wanted, given] = [leavesWithPaths(blankLike(network, 'freeze')), leavesWithPaths(params, 'freeze')]
  const told = (leaf: { readonly path: string; readonly tensor: Tensor } | undefined): string =>
    leaf === undefined ? 'none' : `${leaf.path} of ${show(leaf.tensor.shape)}`
  const at = wanted.findIndex(({ path, tensor }, i) => path !== given[i]?.path || !sameShape(tensor.shape, given[i].tensor.shape))
  const odd = at >= 0 ? at : wanted.length
  if (at >= 0 || given.length > wanted.length)
    throw new ValueError({ who: 'freeze', expected: `${told(wanted[odd])} among its parameters`, received: told(given[odd]) })
}

/**
 * A network under these parameters, as a layer that has none.
 *
 * @shape  network: [...M] → [...O], freeze(network)(params): [...M] → [...O]
 * @error  does not compile where the shapes do not join: `freeze expects [784], receives [28]`, nor on parameters of another network;
 *         `ValueError` for parameters that are not numbers yet: they stand in the description
 * @example
 * const encoder = pipe(input(784), dense(128), relu)
 * pipe(input(784), freeze(encoder)(trained.params), dense(10)) // learns DenseParams<128, 10> alone
 */
export const freeze = <Qs extends readonly unknown[], M extends Shape, O extends Shape>(
  network: Network<Qs, M, O>,
): ((params: Qs) => Layer<'freeze', None, M, O>) => {
  const { input, output } = wantsNetwork('freeze', network)
  const layers = descriptionsOf(network)
  return (params) => {
    network(params)
    wantsParams(network as unknown as SomeNetwork, params)
    /** A tree of our own: whoever calls may change his. */
    const own = mapTree((p) => p)(params)
    const parameters = leaves(own, 'freeze').map((p) => ({ ...wantsLiteral('freeze', p).toJSON() }))
    // Not in training: what looked at batches has the statistics that stand in its parameters.
    const { apply, sampled } = madeOf<readonly [Qs], None>([network], ([f]) => (none) => (x) => [
      f(atPrecision(x.precision)(own))(x)[0],
      none,
    ])
    return (before) => {
      orThrow(receives('freeze', input, outputOf('freeze', before)))
      return grow<None, O>({
        description: { kind: 'freeze', layers, parameters },
        output,
        init: () => noParameters,
        apply,
        sampled,
      })(before)
    }
  }
}
