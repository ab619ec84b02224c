/** An image as a vector, row by row. */
import { orThrow } from '../error/index.js'
import { grow, type Network, type None, noParameters, outputOf } from '../network/index.js'
import { reshape } from '../ops/index.js'
import { type Flat, flat, type Shape, type WantsImage, wantsImage } from '../shape/index.js'

/**
 * An image as a vector.
 *
 * @shape  [H, W, D] → [H·W·D]
 * @error  does not compile on anything but an image; `ShapeError` at run time
 */
export const flatten = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsImage<'flatten', A>,
): Network<readonly [...Ps, None], I, readonly [Flat<A>]> => {
  orThrow(wantsImage('flatten', outputOf('flatten', before)))
  const size = flat(before.output)
  return grow<None, readonly [Flat<A>]>({
    description: { kind: 'flatten' },
    output: [size as Flat<A>],
    init: () => noParameters,
    apply: () => reshape([size]),
  })(before)
}
