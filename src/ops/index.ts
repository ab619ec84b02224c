/** Ops on tensors, curried, data last: they compute on literals and build graph on anything else. */
export { prims } from '../prim/index.js'
export {
  clippedLinear,
  elu,
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
export {
  abs,
  add,
  cast,
  cos,
  div,
  exp,
  expm1,
  floor,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  sigmoid,
  sign,
  sin,
  softplus,
  sqrt,
  square,
  stopGradient,
  sub,
  tanh,
} from './arithmetic.js'
export {
  and,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  not,
  or,
  rotateLeft,
  select,
  shiftLeft,
  shiftRight,
  xor,
} from './comparison.js'
export { type Formula, formula } from './formula.js'
export { affine, dot, type Multiplies, matmul } from './matmul.js'
export { oneHot } from './one-hot.js'
export type { Beside, Operand } from './operand.js'
export { argMax, max, mean, meanAll, min, norm, sum, sumAll } from './reduction.js'
export type { Lifted, Read, Row, RowOf, Table, TensorType } from './row.js'
export type { Joined, Padded, Permuted, WithLast, Without } from './shape-types.js'
export { logSoftmax, logSumExp, softmax } from './softmax.js'
export {
  at,
  concat,
  expand,
  expandFirst,
  expandLast,
  overlapAdd,
  pad,
  permute,
  reshape,
  slice,
  stack,
  takeRows,
  transpose,
  windows,
} from './structure.js'
export { table } from './table.js'
