/**
 * Composition. `compose(g)(f)` is g ∘ f, in mathematics' order; in a `pipe` the same reads `pipe(f, andThen(g))`.
 *
 * A module that exports a function named `then` hangs whoever imports it dynamically, since the module itself looks like a
 * promise; hence `andThen`.
 *
 *     compose(identity)(f) = f = compose(f)(identity)
 *     compose(h)(compose(g)(f)) = compose(compose(h)(g))(f)
 */
import { orThrow } from '../error/index.js'
import { type Joins, joins, type Shape } from '../shape/index.js'
import { type Network, networkOf, outputOf, wantsNetwork } from './network.js'

/** What continues a network that ends in shape M. */
export type AndThen<Qs extends readonly unknown[], M extends Shape, O extends Shape> = <
  Ps extends readonly unknown[],
  I extends Shape,
  A extends Shape,
>(
  first: Network<Ps, I, A> & Joins<A, M>,
) => Network<readonly [...Ps, ...Qs], I, O>

/**
 * The network that continues with another; their parameter tuples are joined.
 *
 * @error  does not compile if the shapes do not join: `andThen: [128] does not join [120]`; `ShapeError` at run time
 */
export const andThen =
  <Qs extends readonly unknown[], M extends Shape, O extends Shape>(second: Network<Qs, M, O>): AndThen<Qs, M, O> =>
  (first) => {
    orThrow(joins(outputOf('andThen', first), wantsNetwork('andThen', second).input))
    return networkOf(first.input, second.output, first.layers.concat(second.layers))
  }

/** g ∘ f: `compose(g)(f)`. */
export const compose = <Qs extends readonly unknown[], M extends Shape, O extends Shape>(g: Network<Qs, M, O>): AndThen<Qs, M, O> =>
  andThen(g)
