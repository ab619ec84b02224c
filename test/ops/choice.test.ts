/** Bits, precisions and choices: what a number becomes, and that no derivative goes through it. */
import { describe, expect, test } from 'vitest'
import { tabulate } from '../../src/engine/reference/index.js'
import { grad } from '../../src/graph/index.js'
import { cast, mul, not, rotateLeft, select, shiftLeft, shiftRight, sumAll } from '../../src/ops/index.js'
import { placeholder, type Scalar, type Tensor, toNested, vector } from '../../src/tensor/index.js'
import { nodeOf } from '../../src/tensor/node.js'

const [most, least] = [2 ** 31 - 1, -(2 ** 31)]
/** By the meaning of every op that was applied. */
const meant = (y: Tensor, x: Tensor): Tensor => {
  const node = nodeOf(y)
  return node.kind === 'apply'
    ? tabulate(node.prim, node.operands.map((operand) => meant(operand, x)) as never, node.attributes as never, node)
    : x
}
/** Computed at once, by its loop; and by its meaning. */
const both = (f: (x: Tensor) => Tensor, x: Tensor): readonly unknown[] =>
  [f(x), meant(f(placeholder(x.shape, x.precision)), x)].map(toNested)

test.each<readonly [string, (x: Tensor) => Tensor, Tensor, readonly number[]]>([
  ['int32 → uint32 keeps the bits', cast('uint32'), vector([-1, 5, least], 'int32'), [2 ** 32 - 1, 5, 2 ** 31]],
  ['uint32 → int32 keeps the bits', cast('int32'), vector([2 ** 32 - 1, 5], 'uint32'), [-1, 5]],
  ['float32 → int32 is the nearest', cast('int32'), vector([1e20, -1e20, 2.9, -2.9, Number.NaN]), [most, least, 2, -2, 0]],
  ['float64 → uint32 is the nearest', cast('uint32'), vector([-1, 1e20, 0.5], 'float64'), [0, 2 ** 32 - 1, 0]],
  ['float32 → bool asks for other than 0', cast('bool'), vector([0, -0, 0.1, Number.NaN]), [0, 0, 1, 1]],
  ['int32 → bool asks for other than 0', cast('bool'), vector([256, 0, -1], 'int32'), [1, 0, 1]],
  ['shiftRight of int32 keeps the sign', shiftRight(1), vector([-8, 7, -1], 'int32'), [-4, 3, -1]],
  ['shiftRight of uint32 has none', shiftRight(31), vector([2 ** 32 - 1, 1], 'uint32'), [1, 0]],
  ['shiftRight(0)', shiftRight(0), vector([-8, 7], 'int32'), [-8, 7]],
  ['shiftLeft', shiftLeft(3), vector([1, -1], 'int32'), [8, -8]],
  ['shiftLeft of all bits', shiftLeft(32), vector([1, -1], 'int32'), [0, 0]],
  ['shiftRight of all bits', shiftRight(32), vector([1, -1], 'int32'), [0, -1]],
  ['rotateLeft', rotateLeft(4), vector([2 ** 31 + 1], 'uint32'), [0x18]],
  ['not of bool', not, vector([0, 1], 'bool'), [1, 0]],
  ['not of int32', not, vector([0, 5], 'int32'), [-1, -6]],
])('%s', (_, f, x, expected) => expect(both(f, x)).toEqual([expected, expected]))

describe('no derivative goes through', () => {
  const slope = (f: (x: Tensor) => Tensor) => toNested(grad((x: Tensor) => sumAll(f(x)) as Scalar)(vector([1.5, -2])))
  test('an integer', () => expect(slope((x) => mul(x)(cast('float32')(cast('int32')(x)) as Tensor))).toEqual([1, -2]))
  test('a condition', () => expect(slope((x) => select(x, mul(3)(x))(cast('bool')(x)) as Tensor)).toEqual([1, 1]))
  test('but through another float', () => expect(slope((x) => mul(2)(cast('float32')(cast('float64')(x)) as Tensor))).toEqual([2, 2]))
})

test.each([shiftLeft, shiftRight, rotateLeft])('%o refuses half a bit', (op) => {
  expect(() => op(0.5)(vector([1], 'int32'))).toThrow('a whole number of bits, 0 or more, receives 0.5')
  expect(() => op(-1)(vector([1], 'int32'))).toThrow('a whole number of bits, 0 or more, receives -1')
})
