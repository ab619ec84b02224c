/** An image, or a sequence, as a vector, row by row. */
import { orThrow } from '../error/index.js'
import { grow, type Network, type None, noParameters, outputOf } from '../network/index.js'
import { reshape } from '../ops/index.js'
import { type Flat, flat, type Shape, type WantsAxes, wantsAxes } from '../shape/index.js'

/**
 * An image, or a sequence, as a vector.
 *
 * @shape  [H, W, D] → [H·W·D], [T, C] → [T·C]
 * @error  does not compile on a vector; `ShapeError` at run time
 * @example
 * pipe(input(28, 28), conv1d({ filters: 8, kernel: 3 }), relu, flatten, dense(10))
 */
export const flatten = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsAxes<'flatten', A>,
): Network<readonly [...Ps, None], I, readonly [Flat<A>]> => {
  orThrow(wantsAxes('flatten', outputOf('flatten', before)))
  const size = flat(before.output)
  return grow<None, readonly [Flat<A>]>({
    description: { kind: 'flatten' },
    output: [size as Flat<A>],
    init: () => noParameters,
    apply: () => reshape([size]),
  })(before)
}
