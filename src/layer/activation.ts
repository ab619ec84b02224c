/** Activations as layers: element-wise, without parameters, of any shape. */
import { ShapeError } from '../error/index.js'
import { outputOf, type Pointwise, pointwise } from '../network/index.js'
import * as ops from '../ops/index.js'

/** max(0, z): easy to optimise; the default hidden unit. */
export const relu = pointwise('relu', ops.relu)
/** |z|. @source Jarrett et al. (2009) */
export const absoluteValue = pointwise('absoluteValue', ops.abs)
/** max(0, z) + slope · min(0, z). @source Maas et al. (2013) */
export const leakyRelu = (slope = 0.01) => pointwise('leakyRelu', ops.leakyRelu(slope), { attributes: { slope } })
/** σ(z) */
export const sigmoid = pointwise('sigmoid', ops.sigmoid)
/** tanh z = 2σ(2z) − 1 */
export const tanh = pointwise('tanh', ops.tanh)
/** log(1 + eᶻ). @source Dugas et al. (2001) */
export const softplus = pointwise('softplus', ops.softplus)
/** max(−1, min(1, z)). @source Collobert (2004) */
export const hardTanh = pointwise('hardTanh', ops.hardTanh)
const overLastAxis = pointwise('softmax', ops.softmax)
/**
 * softmax over the last axis: for gates inside a network; the `categorical` likelihood has its own.
 *
 * @error `ShapeError` for a shape without axes
 */
export const softmax: Pointwise = (before) => {
  if (outputOf('softmax', before).length === 0) throw new ShapeError('softmax expects at least one axis, receives []')
  return overLastAxis(before)
}
