/**
 * Gradients are a monoid: the weighted mean of the shares that parts of a batch contribute.
 *
 *     (g, J, n) · (g′, J′, n′) = ((n g + n′ g′)/(n + n′), (n J + n′ J′)/(n + n′), n + n′)
 *
 * Floating-point addition is not associative, so a batch is cut into a fixed number of leaves, and these are combined over a
 * fixed tree: the same bits, whoever computes which leaf.
 */
import type { Monoid } from 'fp-ts/lib/Monoid.js'
import { orOne } from '../likelihood/weights.js'
import { add, cast, div, mul } from '../ops/index.js'
import { mapTree, zipTrees } from '../params/index.js'
import { scalar, zeros } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'

/** What a part of a batch contributes. */
export interface Share<P> {
  readonly gradients: P
  readonly cost: Scalar
  /** How many examples the part has; of examples with weights, their sum. */
  readonly examples: Scalar
}

/** The monoid of shares; its unit, of no examples, needs the parameters to know their shapes. */
export const shares = <P>(params: P): Monoid<Share<P>> => ({
  empty: { gradients: mapTree(({ shape, precision }) => zeros(shape, precision))(params), cost: scalar(0), examples: scalar(0) },
  concat: (a, b) => {
    const examples = add(b.examples)(a.examples)
    const [left, right] = [a, b].map((share) => div(orOne(examples))(share.examples)) as unknown as readonly [Scalar, Scalar]
    const mean = (x: Tensor, y: Tensor): Tensor => add(mul(cast(y.precision)(right))(y))(mul(cast(x.precision)(left))(x))
    return {
      gradients: zipTrees((g, h) => mean(g, h))(a.gradients, b.gradients),
      cost: mean(a.cost, cast(a.cost.precision)(b.cost)) as Scalar,
      examples,
    }
  },
})

/** A balanced tree over a list, whose form depends on its length alone. */
export const foldTree = <A>({ concat, empty }: Monoid<A>, xs: readonly A[]): A => {
  const [first, ...rest] = xs
  if (first === undefined) return empty
  if (rest.length === 0) return first
  const middle = Math.floor(xs.length / 2)
  return concat(foldTree({ concat, empty }, xs.slice(0, middle)), foldTree({ concat, empty }, xs.slice(middle)))
}
