/** Ops on tensors, curried, data last: they compute on literals and build graph on anything else. */
export { prims } from '../prim/index.js'
export {
  clippedLinear,
  elu,
  gelu,
  geluTanh,
  hardSigmoid,
  hardTanh,
  leakyRelu,
  logSigmoid,
  relu,
  relu6,
  selu,
  silu,
} from './activation.js'
export type { Algebra, ApplyTo } from './algebra.js'
export * from './arithmetic.js'
export * from './comparison.js'
export { type Formula, formula } from './formula.js'
export { affine, dot, type Multiplies, matmul } from './matmul.js'
export { oneHot } from './one-hot.js'
export type { Beside, Operand } from './operand.js'
export * from './reduction.js'
export type { Lifted, Read, Row, RowOf, Table, TensorType } from './row.js'
export type { Joined, Padded, Permuted, Resized, SizeAt, WithLast, Without } from './shape-types.js'
export { logSoftmax, logSumExp, softmax } from './softmax.js'
export { logGamma } from './special.js'
export * from './structure.js'
export { table } from './table.js'
