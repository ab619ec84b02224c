/** Typed trees of tensors. */
export { count } from './count.js'
export { sameTree } from './equal.js'
export { type None, noParameters } from './none.js'
export { ravel, unravel } from './ravel.js'
export { type Leaf, leaves, leavesWithPaths, mapTree, withLeaves, zipTrees } from './tree.js'
export { isWeight } from './weights.js'
