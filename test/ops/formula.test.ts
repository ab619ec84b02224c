/** Ops data-first mean what the curried ones mean, operands in the order of the formula. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import { describe, expect, test } from 'vitest'
import * as ops from '../../src/ops/index.js'
import { matrix, type Scalar, scalar, type Tensor, toNested, toNumber, vector, zeros } from '../../src/tensor/index.js'

const { formula } = ops
const curriedOps: Readonly<Record<string, unknown>> = ops
const { matmul, select, ...infix } = formula

describe('formulas', () => {
  const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 3, maxLength: 3 })
  test.each(Object.keys(infix) as (keyof typeof infix)[])('%s(x, y) = pipe(x, %s(y)), with numbers on either side', (name) =>
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: -3, max: 3 }), (a, b, n) => {
        const [x, y]: readonly [Tensor, Tensor] = [vector(a), vector(b)]
        const curried = curriedOps[name] as (y: Tensor | number) => (x: Tensor) => Tensor
        expect(is(infix[name](x, y), pipe(x, curried(y)))).toBe(true)
        expect(is(infix[name](x, n), pipe(x, curried(n)))).toBe(true)
        expect(is(infix[name](n, y), pipe(vector([n, n, n]) as Tensor, curried(y)))).toBe(true)
      }),
    ),
  )
  test('read as they are written', () => {
    const { add, mul, sub } = formula
    const between = (a: Scalar, b: Scalar, t: Scalar): Scalar => add(mul(sub(1, t), a), mul(t, b))
    expect(toNumber(between(scalar(10), scalar(20), scalar(0.25)))).toBe(12.5)
    const product = matmul(matrix([[1, 2]]), matrix([[3], [4]]))
    expect(toNested(product)).toEqual([[11]])
    expect(toNested(select(vector([1, 0], 'bool'), vector([1, 2]), 0))).toEqual([1, 0])
  })
  test('refuse two shapes, in types and at run time, and two numbers', () => {
    // @ts-expect-error -- [2] is not [3]
    expect(() => formula.sub(vector([1, 2]), vector([1, 2, 3]))).toThrow('sub expects equal shapes, receives [2] and [3]')
    // @ts-expect-error -- matmul expects [..., M, K] and [..., K, N]
    expect(() => formula.matmul(zeros([1, 2]), zeros([3, 1]))).toThrow('matmul expects')
    expect(() => formula.add(1, 2)).toThrow('add expects at least one tensor, receives 1 and 2; make one with scalar')
  })
})
