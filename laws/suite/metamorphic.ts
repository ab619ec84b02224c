/**
 * Metamorphic laws: what a change of the input does to the output is known, though neither is.
 *
 *     f(T x) = U f(x)
 *
 * A softmax does not see that its input is shifted, tanh is odd, a sum over a set does not see its order, a convolution moves
 * with its image.
 *
 * @source Chen, Cheung, Yiu (1998), Metamorphic testing
 */
import { tensors as o } from '../../src/ops/apply.js'
import { sizeAt } from '../../src/prim/index.js'
import type { Shape } from '../../src/shape/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'
import { type Builder, type LayerLawOptions, triedOf } from './layer/tried.js'

/** A change of a tensor, whatever its shape. */
export type Change = (x: Tensor) => Tensor

/** −x */
export const negated: Change = o.neg
/** a · x */
export const scaledBy =
  (a: number): Change =>
  (x) =>
    o.mul(x, o.constant(a, x))
/** x + c */
export const shiftedBy =
  (c: number): Change =>
  (x) =>
    o.add(x, o.constant(c, x))
/** The places along an axis, from the end, in another order. */
export const permuted =
  (order: readonly number[], axis = -1): Change =>
  (x) => {
    const rest = x.shape.slice(x.shape.length + axis + 1)
    return o.concat(
      order.map((place) => o.slice(x, { starts: [place, ...rest.map(() => 0)], sizes: [1, ...rest] })),
      { axis },
    )
  }
/** The places along an axis, from the last to the first. */
export const reversed =
  (axis = -1): Change =>
  (x) =>
    permuted(
      Array.from({ length: sizeAt(x.shape, axis) }, (_, i) => sizeAt(x.shape, axis) - 1 - i),
      axis,
    )(x)
/** As it is: of what does not see a change. */
export const unchanged: Change = (x) => x

export interface MetamorphicOptions<I extends Shape> extends Pick<LayerLawOptions<I>, 'input' | 'domain'> {
  /** What is done to the input. */
  readonly change: Change
  /** What that does to the output: nothing, if nothing is said. */
  readonly becomes?: Change
}

/** The same sums in another order, in float64. */
const rounding = 1e-9

/**
 * The law that a change of the input is a change of the output.
 *
 * @example
 * metamorphic('softmax.shift', softmax, { input: [5], change: shiftedBy(3) })
 * metamorphic('tanh.odd', tanh, { input: [5], change: negated, becomes: negated })
 */
export const metamorphic = <const I extends Shape, Ps extends readonly unknown[], O extends Shape>(
  name: string,
  builder: Builder<NoInfer<I>, Ps, O>,
  { change, becomes = unchanged, ...options }: MetamorphicOptions<I>,
): Law => {
  const tried = triedOf<I, Ps, O>(builder, options)
  return tried.paid(6)(
    law(
      {
        name: `metamorphic.${name}`,
        statement: 'f(T x) = U f(x)',
        source: 'Chen, Cheung, Yiu (1998)',
        given: tried.given.wide,
        after: 'away',
      },
      tried.points,
      (point) => {
        const [params, x] = tried.at(point)
        nearTrees('f(T x)', becomes(tried.apply([params, x])), tried.apply([params, change(x) as Tensor<I>]), rounding)
      },
    ),
  )
}
