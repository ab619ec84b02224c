/**
 * Tracing: a pure function of trees of tensors, called once on placeholders, is its own graph.
 */
import { wantsFunction } from '../error/index.js'
import { leavesWithPaths, withLeaves } from '../params/index.js'
import { placeholder } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'

export interface Traced<B> {
  /** One for every tensor of the argument, in the order of `leaves`. */
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  /** The result, with other tensors in the place of its own. */
  readonly rebuild: (outputs: readonly Tensor[]) => B
}

/** A tree of the same structure, of placeholders. */
export const placeholdersLike = <A>(tree: A, who = 'trace'): { readonly tree: A; readonly inputs: readonly Tensor[] } => {
  const inputs = leavesWithPaths(tree, who).map(({ path, tensor }) => placeholder(tensor.shape, tensor.precision, path))
  return { tree: withLeaves(tree, inputs), inputs }
}

/** The graph of `f` for arguments like `a`. */
export const trace =
  <A, B>(f: (a: A) => B, who = 'trace') =>
  (a: A): Traced<B> => {
    const { tree, inputs } = placeholdersLike(a, who)
    const result = wantsFunction(who, 'a function of trees of tensors', f)(tree)
    return { inputs, outputs: leavesWithPaths(result, who).map((leaf) => leaf.tensor), rebuild: (outputs) => withLeaves(result, outputs) }
  }
