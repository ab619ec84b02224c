/** A list becomes the operands of an op where there are as many as it takes. */
import { expect, test } from 'vitest'
import { mapOperands, operandsFor } from '../../src/prim/index.js'

test('as many as the op takes, of any kind', () => {
  expect(operandsFor('add', ['x', 'y'])).toEqual(['x', 'y'])
  expect(operandsFor('concat', [1, 2, 3])).toEqual([1, 2, 3])
  expect(mapOperands('select', [1, 2, 3], (x, i) => x * i)).toEqual([0, 2, 6])
})

test.each([[['x']], [['x', 'y', 'z']]])('%j are not the operands of add', (list) =>
  expect(() => operandsFor('add', list)).toThrow(`add was given ${list.length} operands, and takes 2`),
)
