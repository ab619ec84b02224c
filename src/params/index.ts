/** Typed trees of tensors. */
export { count } from './count.js'
export { hashTree, sameTree } from './equal.js'
export { ravel, unravel } from './ravel.js'
export { type Leaf, leaves, leavesWithPaths, mapTree, withLeaves, zipTrees } from './tree.js'
