/**
 * Networks: f3 ∘ f2 ∘ f1. A network is a function from parameters to a function of vectors, and carries its layers.
 *
 * Networks form a category graded by their parameter tuples (*Para*): `identity` and `compose` are its unit and its
 * composition, associative up to the bracketing of the tuples.
 */
import { List } from 'immutable'
import { orThrow } from '../error/index.js'
import { foldIn, type Key } from '../random/index.js'
import { receives, type Shape, wantsSizes } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import type { Description } from './description.js'

/** Parameters of layers that have none. Not `{}`, which would accept every string and number; nor by a symbol, which no declaration of a user's could name. */
export interface None {
  readonly 'no parameters'?: never
}
export const noParameters: None = {}

/** A layer in its network: what the backprop fold sees. Types of parameters are erased once, here. */
export interface AnyLayer {
  readonly kind: string
  readonly input: Shape
  readonly output: Shape
  readonly init: (key: Key) => unknown
  readonly apply: (params: unknown) => (x: Tensor) => Tensor
  /** Plain data from which the layer can be built again. */
  readonly description: Description
}

/** `net(params)(x)`: callable on parameters, one record per layer. */
export interface Network<Ps extends readonly unknown[], I extends Shape, O extends Shape> {
  (params: Ps): (x: Tensor<I>) => Tensor<O>
  readonly input: I
  readonly output: O
  readonly layers: List<AnyLayer>
  /** Where it stands in the networks around it, from the outermost in; `[]` for a network of its own. Keys of noise depend on it. */
  readonly place: readonly number[]
  /** Parameters drawn from a key. */
  readonly init: (key: Key) => Ps
}
export type AnyNetwork = Network<never, Shape, Shape>
/** The parameter tuple of a network: `ParamsOf<typeof net>`. */
export type ParamsOf<N> = N extends Network<infer Ps, infer _I, infer _O> ? Ps : never

/** The network of these layers. */
export const networkOf = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  input: I,
  output: O,
  layers: List<AnyLayer>,
  place: readonly number[] = [],
): Network<Ps, I, O> => {
  const call =
    (params: Ps) =>
    (x: Tensor<I>): Tensor<O> => {
      orThrow(receives('network', input, x.shape))
      return layers.reduce<Tensor>((h, layer, i) => layer.apply(params[i])(h), x) as Tensor<O>
    }
  return Object.assign(call, {
    input,
    output,
    layers,
    place,
    init: (key: Key): Ps => layers.map((layer, i) => layer.init(foldIn(i)(key))).toArray() as readonly unknown[] as Ps,
  })
}

/**
 * Where a network begins: the identity on tensors of this shape.
 *
 * @error  `ShapeError` for sizes that are not whole or less than 1
 * @example
 * pipe(input(784), dense(128), relu, dense(10)) // Network<readonly [DenseParams<784, 128>, None, DenseParams<128, 10>], …>
 */
export const input = <const S extends Shape>(...shape: S): Network<readonly [], S, S> => identity(orThrow(wantsSizes('input', shape, 1)))

/** The identity network on a shape: the unit of `compose`. A block begins with it, at its place. */
export const identity = <const S extends Shape>(shape: S, place: readonly number[] = []): Network<readonly [], S, S> =>
  networkOf(shape, shape, List(), place)
