/**
 * Composites on large literals, block by block: every op of a composite is a walk over its operands, and of a few thousand
 * numbers all walks but the first find them in the cache.
 *
 *     inBlocks(f)(x) = f(x), where f takes every place by itself
 */
import { type Shape, sizeOf } from '../shape/index.js'
import { isLiteral } from '../tensor/read.js'
import type { Tensor } from '../tensor/tensor.js'
import { tensors } from './apply.js'

/** @unit numbers */
export const blockSize = 16_384

/** A composite of one tensor, or of several of one shape, whose result at a place depends on its operands at that place only. */
export const inBlocks =
  <Xs extends readonly [Tensor, ...Tensor[]]>(f: (...xs: Xs) => Tensor) =>
  (...xs: Xs): Tensor => {
    const shape: Shape = xs[0].shape
    const size = sizeOf(shape)
    if (size <= blockSize || !xs.every(isLiteral)) return f(...xs)
    const flat = xs.map((x) => tensors.reshape(x, { shape: [size] }))
    const parts = Array.from({ length: Math.ceil(size / blockSize) }, (_, i) => {
      const start = i * blockSize
      const block = { starts: [start], sizes: [Math.min(blockSize, size - start)] }
      return f(...(flat.map((x) => tensors.slice(x, block)) as readonly Tensor[] as Xs))
    })
    return tensors.reshape(tensors.concat(parts, { axis: -1 }), { shape })
  }
