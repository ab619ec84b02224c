/**
 * Networks: f3 ∘ f2 ∘ f1. A network is a function from parameters to a function of vectors, and carries its layers.
 *
 * Networks form a category graded by their parameter tuples (*Para*): `identity` and `compose` are its unit and its
 * composition, associative up to the bracketing of the tuples.
 */
import { List } from 'immutable'
import { orThrow, shown, shownAs, ValueError } from '../error/index.js'
import { expand } from '../ops/index.js'
import { foldIn, type Key } from '../random/index.js'
import { wantsKey } from '../random/key.js'
import { fixed, receives, type Shape, show, wantsSizes } from '../shape/index.js'
import { wantsTensor } from '../tensor/node.js'
import type { Batch, Tensor } from '../tensor/tensor.js'
import type { Sequence } from './sequence.js'
import type { SomeLayer } from './some-layer.js'
import { summary } from './summary.js'

const inspect = Symbol.for('nodejs.util.inspect.custom')

/** `net(params)(x)`: callable on parameters, one record per layer; `net.sampled(key)(params)(x)` with noise. */
export interface Network<Ps extends readonly unknown[], I extends Shape, O extends Shape> {
  (params: Ps): (x: Tensor<I>) => Tensor<O>
  readonly input: I
  readonly output: O
  readonly layers: Sequence<SomeLayer>
  /**
   * The network under the noise that a key gives: layer i draws under `foldIn(i)(key)`, so no two layers draw the same. Called
   * without, a network is the function for expected noise. Of a network without noise, the network itself.
   */
  readonly sampled: (key: Key) => Network<Ps, I, O>
  /** Parameters drawn from a key. */
  readonly init: (key: Key) => Ps
}
/** The parameter tuple of a network: `ParamsOf<typeof net>`. */
export type ParamsOf<N> = N extends Network<infer Ps, infer _I, infer _O> ? Ps : never

/**
 * The network itself, or the sentence that says what was given in its place.
 *
 * @error  `ValueError`: `dense expects a network, receives 784; begin one with input(…)`
 */
export const wantsNetwork = <N>(who: string, network: N): N => {
  const some: unknown = network
  if ((typeof some === 'function' || (typeof some === 'object' && some !== null)) && 'layers' in some && List.isList(some.layers))
    return network
  throw new ValueError({ who, expected: 'a network', received: shown(network), hint: 'begin one with input(…)' })
}

/** The shape a network ends in, for what continues it. */
export const outputOf = <O extends Shape>(who: string, before: { readonly output: O }): O => wantsNetwork(who, before).output

/** One record for every layer: anything else would be seen by a layer only, or by none. */
const wantsParameters = (layers: Sequence<SomeLayer>, params: readonly unknown[]): void => {
  if (Array.isArray(params) && params.length === layers.size) return
  throw new ValueError({
    who: 'network',
    expected: `a tuple of ${layers.size} parameter records`,
    received: Array.isArray(params) ? `one of ${params.length}` : shown(params),
    hint: 'draw them with init(key(42))',
  })
}

/** Whether what a network computes depends on a key. */
export const isNoisy = ({ layers }: { readonly layers: Sequence<SomeLayer> }): boolean =>
  layers.toArray().some(({ sampled }) => sampled !== undefined)

/** The layer under the noise of a key, as one without noise. */
const quiet =
  (key: Key) =>
  (layer: SomeLayer, i: number): SomeLayer => {
    const { sampled, batchwise, ...rest } = layer
    if (sampled === undefined) return layer
    const own = foldIn(i)(key)
    const keysOf = (h: Tensor) => expand({ axes: [-2], sizes: [h.shape[0] ?? 0] })(own) as unknown as Batch<readonly [2]>
    const together: Pick<SomeLayer, 'batchwise'> =
      batchwise === undefined ? {} : { batchwise: (batch) => (params) => (h) => batchwise({ ...batch, keys: keysOf(h) })(params)(h) }
    return fixed({ ...rest, ...together, apply: sampled(own) })
  }

/** The network of these layers. */
export const networkOf = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  input: I,
  output: O,
  layers: Sequence<SomeLayer>,
): Network<Ps, I, O> => {
  const own = fixed({ input, output })
  const call = (params: Ps): ((x: Tensor<I>) => Tensor<O>) => {
    wantsParameters(layers, params)
    return (x) => {
      orThrow(receives('network', own.input, wantsTensor('network', x).shape))
      return layers.reduce<Tensor>((h, layer, i) => layer.apply(params[i])(h), x) as Tensor<O>
    }
  }
  const init = (key: Key): Ps =>
    layers.map((layer, i) => layer.init(foldIn(i)(wantsKey('init', key)))).toArray() as readonly unknown[] as Ps
  const sampled = (key: Key): Network<Ps, I, O> => {
    wantsKey('sampled', key)
    return isNoisy({ layers }) ? networkOf(input, output, layers.map(quiet(key))) : network
  }
  /** In a message, and on a console. */
  const shows = {
    [shownAs]: `a network from ${show(own.input)} to ${show(own.output)}`,
    [inspect]: () => summary({ input: own.input, layers }),
  }
  const network: Network<Ps, I, O> = Object.freeze(Object.assign(call, { ...own, ...shows, layers, init, sampled }))
  return network
}

/**
 * Where a network begins: the identity on tensors of this shape.
 *
 * @error  `ShapeError` for sizes that are not whole or less than 1
 * @example
 * pipe(input(784), dense(128), relu, dense(10)) // Network<readonly [DenseParams<784, 128>, None, DenseParams<128, 10>], …>
 */
export const input = <const S extends Shape>(...shape: S): Network<readonly [], S, S> => identity(orThrow(wantsSizes('input', shape, 1)))

/** The identity network on a shape: the unit of `compose`. A block begins with it. */
export const identity = <const S extends Shape>(shape: S): Network<readonly [], S, S> => networkOf(shape, shape, List<SomeLayer>())
