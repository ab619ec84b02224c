/** Directions like a tree, of moderate numbers. */
import * as fc from 'fast-check'
import { leaves, leavesWithPaths, mapTree } from '../../src/params/index.js'
import { isFloat } from '../../src/prim/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { moderate, tensorOf } from './tensors.js'

export const directions = <T>(tree: T): fc.Arbitrary<T> => {
  const all = leaves(tree)
  return fc.tuple(...all.map((x) => tensorOf(x.shape, moderate(1 / 64), isFloat(x.precision) ? 'float64' : x.precision))).map((tensors) => {
    const at = new Map(leavesWithPaths(tree).map(({ path }, i) => [path, tensors[i] as Tensor]))
    return mapTree((x, path) => at.get(path) ?? x)(tree)
  })
}
