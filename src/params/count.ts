import { sizeOf } from '../shape/index.js'
import { leaves } from './tree.js'

/** How many numbers a tree of tensors holds: 101,770 for the parameters of a 784-128-10 network. */
export const count = (tree: unknown): number => leaves(tree).reduce((total, tensor) => total + sizeOf(tensor.shape), 0)
