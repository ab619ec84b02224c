/** Trees of tensors as values: equal when their structure is and every tensor is. */
import { hash, is } from 'immutable'
import { leavesWithPaths } from './tree.js'

/** Whether two trees have the same paths, and at each the same tensor, literals compared by value. */
export const sameTree = (a: unknown, b: unknown): boolean => {
  const [left, right] = [leavesWithPaths(a), leavesWithPaths(b)]
  return left.length === right.length && left.every(({ path, tensor }, i) => path === right[i]?.path && is(tensor, right[i]?.tensor))
}

/** Equal for equal trees. */
export const hashTree = (tree: unknown): number =>
  leavesWithPaths(tree).reduce((h, { path, tensor }) => (Math.imul(31, Math.imul(31, h) + hash(path)) + hash(tensor)) | 0, 17)
