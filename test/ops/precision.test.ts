/** Precision belongs to the tensor: numbers are weak, and float32 does not meet float64 unseen. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { PrecisionError, ShapeError } from '../../src/error/index.js'
import { add, and, cast, concat, div, equal, exp, less, matmul, maximum, mul, select, sub, takeRows } from '../../src/ops/index.js'
import { full, matrix, placeholder, scalar, type Tensor, tensor, toArray, vector } from '../../src/tensor/index.js'

const a = vector([1, 2])
const b = vector([1, 2], 'float64')

describe('precisions do not mix silently', () => {
  test.each<readonly [string, () => unknown, string]>([
    ['add', () => add(b)(a), 'add expects one numeric precision, receives float32 and float64; cast one of them'],
    [
      'mul by a scalar',
      () => mul(scalar(2, 'float64'))(a),
      'mul expects one numeric precision, receives float32 and float64; cast one of them',
    ],
    ['less', () => less(a)(b), 'less expects one numeric precision, receives float64 and float32; cast one of them'],
    ['equal', () => equal(vector([1, 2], 'int32'))(a), 'equal expects one precision, receives float32 and int32; cast one of them'],
    [
      'matmul',
      () => matmul(matrix([[1]], 'float64') as never)(matrix([[1]]) as never),
      'matmul expects one float precision, receives float32 and float64; cast one of them',
    ],
    ['concat', () => concat({ axis: -1 })([a, b]), 'concat expects one precision, receives float32 and float64; cast one of them'],
    [
      'select',
      () => pipe(vector([1, 0], 'bool'), select(a as Tensor, b as Tensor)),
      'select expects bool and two of one precision, receives bool, float32 and float64',
    ],
    [
      'select by a number',
      () => pipe(a as Tensor, select(a as Tensor, a as Tensor)),
      'select expects bool and two of one precision, receives float32, float32 and float32',
    ],
    ['exp of integers', () => exp(vector([1], 'int32')), 'exp expects one float precision, receives int32; cast one of them'],
    ['div of integers', () => div(2)(vector([1], 'int32')), 'div expects one float precision, receives int32 and int32; cast one of them'],
    ['add of bool', () => add(1)(vector([1], 'bool')), 'add expects one numeric precision, receives bool and bool; cast one of them'],
    ['and of floats', () => and(a)(a), 'and expects bool, int32 or uint32, receives float32 and float32; cast one of them'],
    ['gather', () => takeRows(vector([0]))(a as never), 'gather expects int32 indices, receives float32 and float32'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(PrecisionError)
    expect(act).toThrow(message)
  })

  test('nor on placeholders, while a graph is built', () => {
    expect(() => add(placeholder([2], 'float64'))(placeholder([2]))).toThrow(
      'add expects one numeric precision, receives float32 and float64; cast one of them',
    )
  })

  test('a cast lets them meet', () => expect(Array.from(toArray(add(cast('float32')(b))(a)))).toEqual([2, 4]))
})

describe('a number is weak', () => {
  test.each(['float32', 'float64', 'int32', 'uint32'] as const)('%s stays %s', (precision) => {
    const x = vector([1, 2], precision)
    for (const y of [add(1)(x), sub(1)(x), mul(3)(x), maximum(0)(x)]) expect(y.precision).toBe(precision)
  })
  test('every row rounds to its precision', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), fc.float({ noNaN: true }), (x, y) => {
        const [single, double] = [toArray(add(scalar(y))(scalar(x)))[0], toArray(add(scalar(y, 'float64'))(scalar(x, 'float64')))[0]]
        return Object.is(single, Math.fround(x + y)) && Object.is(double, x + y)
      }),
    )
  })
  test('integers wrap', () => {
    expect(Array.from(toArray(add(1)(vector([2 ** 31 - 1], 'int32'))))).toEqual([-(2 ** 31)])
    expect(Array.from(toArray(mul(0x9e3779b9)(vector([0x9e3779b9], 'uint32'))))).toEqual([Number((0x9e3779b9n * 0x9e3779b9n) % 2n ** 32n)])
  })
})

describe('shapes do not mix either', () => {
  test.each<readonly [string, () => unknown, string]>([
    ['add', () => add(vector([1, 2, 3]) as Tensor)(a as Tensor), 'add expects equal shapes, receives [2] and [3]; expand one of them'],
    [
      'add of a row',
      () => add(a as Tensor)(full([3, 2], 1) as Tensor),
      'add expects equal shapes, receives [3, 2] and [2]; expand one of them',
    ],
    [
      'matmul',
      () => matmul(full([3, 4], 1) as never)(full([5, 2], 1) as never),
      'matmul expects [..., M, K] and [..., K, N], receives [5, 2] and [3, 4]',
    ],
    ['concat of nothing', () => concat({ axis: -1 })([]), 'concat expects at least one operand, receives none'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(ShapeError)
    expect(act).toThrow(message)
  })
  test('a scalar is expanded, explicitly', () =>
    expect(Array.from(toArray(mul(scalar(3) as Tensor)(tensor([2], [1, 2]) as Tensor)))).toEqual([3, 6]))
})
