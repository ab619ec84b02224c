/** A tree as one vector, and back: for methods that see all parameters as a point. */
import { concat, reshape, slice } from '../ops/index.js'
import { sizeOf } from '../shape/index.js'
import type { Tensor, Vector } from '../tensor/tensor.js'
import { leaves, withLeaves } from './tree.js'

/**
 * All numbers of a tree, tensor after tensor.
 *
 *     unravel(tree)(ravel(tree)) = tree
 *
 * @error  `PrecisionError` if the tensors are of several precisions
 */
export const ravel = (tree: unknown): Vector<number> =>
  concat({ axis: -1 })(leaves(tree, 'ravel').map((x) => reshape([sizeOf(x.shape)])(x)))

/** The tree of the same structure with the numbers of a vector. */
export const unravel = <T>(like: T): ((vector: Tensor) => T) => {
  const tensors = leaves(like, 'unravel')
  /** A tree of our own: whoever calls may change his. */
  const own = withLeaves(like, tensors)
  return (vector) => {
    const parts = tensors.reduce<{ readonly start: number; readonly made: readonly Tensor[] }>(
      ({ start, made }, { shape }) => {
        const size = sizeOf(shape)
        return { start: start + size, made: [...made, reshape(shape)(slice({ starts: [start], sizes: [size] })(vector))] }
      },
      { start: 0, made: [] },
    )
    return withLeaves(own, parts.made)
  }
}
