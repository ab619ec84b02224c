/** A tree as one vector, and back. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { tensorOf } from '../../laws/arbitrary/tensors.js'
import { check, law } from '../../laws/index.js'
import { ravel, sameTree, unravel } from '../../src/params/index.js'
import { matrix, scalar, toArray, vector, zeros } from '../../src/tensor/index.js'

const numbers = fc.double({ noNaN: true })
const trees = fc.record({
  weights: tensorOf([2, 3], numbers),
  rest: fc.tuple(tensorOf([], numbers), tensorOf([0], numbers), tensorOf([4], numbers)),
})

test('unravel(tree)(ravel(tree)) = tree', () =>
  check(
    law({ name: 'params.ravel', statement: 'unravel(tree)(ravel(tree)) = tree' }, trees, (tree) => {
      if (!sameTree(tree, unravel(tree)(ravel(tree)))) throw new Error('it is another tree')
    }),
  ))
test('numbers come tensor after tensor, row by row', () => {
  const tree = [matrix([[1, 2], [3, 4]]), { a: scalar(5), b: vector([6, 7]), c: zeros([0]) }] // biome-ignore format: a tree
  expect(Array.from(toArray(ravel(tree)))).toEqual([1, 2, 3, 4, 5, 6, 7])
})
test('tensors of several precisions make no vector', () => expect(() => ravel([scalar(1), scalar(2, 'float64')])).toThrow('one precision'))
