/** Parameters of channels, in the shape of the units that they meet. */
import { expand } from '../ops/index.js'
import type { Tensor } from '../tensor/tensor.js'

/** [C] or [...A], expanded to the shape [...A] of what it multiplies; a scalar is expanded by the product itself. */
export const beside = (parameter: Tensor, { shape }: Tensor): Tensor => {
  const missing = shape.length - parameter.shape.length
  return parameter.shape.length === 0 || missing === 0
    ? parameter
    : expand({ axes: shape.slice(0, missing).map((_, i) => i - shape.length), sizes: shape.slice(0, missing) })(parameter)
}
