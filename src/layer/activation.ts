/** Activations as layers: element-wise, without parameters, of any shape. */
import { ShapeError, wantsNumber } from '../error/index.js'
import { outputOf, type Pointwise, pointwise } from '../network/index.js'
import * as ops from '../ops/index.js'

/** max(0, z): easy to optimise; the default hidden unit. */
export const relu = pointwise('relu', ops.relu)
/** |z|. @source Jarrett et al. (2009) */
export const absoluteValue = pointwise('absoluteValue', ops.abs)
/** max(0, z) + slope · min(0, z). @source Maas et al. (2013) */
export const leakyRelu = (slope = 0.01) =>
  pointwise('leakyRelu', ops.leakyRelu(wantsNumber('leakyRelu', 'its slope', slope)), { attributes: { slope } })
/** σ(z) */
export const sigmoid = pointwise('sigmoid', ops.sigmoid)
/** tanh z = 2σ(2z) − 1 */
export const tanh = pointwise('tanh', ops.tanh)
/** log(1 + eᶻ). @source Dugas et al. (2001) */
export const softplus = pointwise('softplus', ops.softplus)
/** max(−1, min(1, z)). @source Collobert (2004) */
export const hardTanh = pointwise('hardTanh', ops.hardTanh)
/** z where z > 0, α(eᶻ − 1) elsewhere. @source Clevert, Unterthiner, Hochreiter (2016) */
export const elu = (alpha = 1) => pointwise('elu', ops.elu(wantsNumber('elu', 'alpha', alpha)), { attributes: { alpha } })
/** λ · elu(α)(z): wants `lecun` weights. @source Klambauer et al. (2017) */
export const selu = pointwise('selu', ops.selu)
/** z · σ(z). @source Elfwing, Uchibe, Doya (2018) */
export const silu = pointwise('silu', ops.silu)
/** z·Φ(z) = ½z(1 + erf(z/√2)), PyTorch's and Keras' default. @source Hendrycks and Gimpel (2016) */
export const gelu = pointwise('gelu', ops.gelu)
/** ½z(1 + tanh(√(2/π)(z + 0.044715z³))), near to `gelu`. @source Hendrycks and Gimpel (2016) */
export const geluTanh = pointwise('geluTanh', ops.geluTanh)
/** max{0, min{1, z}}: outside of [0, 1] its gradient is gone. @source Goodfellow et al. (2016) §6.2.2.2 */
export const clippedLinear = pointwise('clippedLinear', ops.clippedLinear)
/** min(6, max(0, z)) */
export const relu6 = pointwise('relu6', ops.relu6)
/** min(1, max(0, z/6 + ½)) */
export const hardSigmoid = pointwise('hardSigmoid', ops.hardSigmoid)

const overLastAxis = { softmax: pointwise('softmax', ops.softmax), logSoftmax: pointwise('logSoftmax', ops.logSoftmax) }
const alongAnAxis =
  (kind: keyof typeof overLastAxis): Pointwise =>
  (before) => {
    if (outputOf(kind, before).length === 0) throw new ShapeError(`${kind} expects at least one axis, receives []`)
    return overLastAxis[kind](before)
  }
/**
 * softmax over the last axis: for gates inside a network; the `categorical` likelihood has its own.
 *
 * @error `ShapeError` for a shape without axes
 */
export const softmax = alongAnAxis('softmax')
/** log softmax over the last axis, without overflow. @error `ShapeError` for a shape without axes */
export const logSoftmax = alongAnAxis('logSoftmax')
