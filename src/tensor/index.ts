/** Tensors: immutable expressions with a shape and a precision. */
export type { Precision } from '../prim/index.js'
export type { NamedShape } from '../shape/index.js'
export type { Numbers } from './buffer.js'
export { full, matrix, ones, range, scalar, tensor, vector, zeros } from './create.js'
export { type Node, placeholder } from './node.js'
export { isLiteral, toArray, toNumber } from './read.js'
export { type Refined, refine } from './refine.js'
export type { Batch, Matrix, Scalar, Tensor, Vector } from './tensor.js'
