/** An op that changes nothing is left out, and numbers that need not be moved or made are not. */
import { describe, expect, test } from 'vitest'
import { tensors } from '../../src/ops/apply.js'
import { add, concat, div, expand, formula, mul, pad, reshape, slice, stopGradient, sub, sumAll } from '../../src/ops/index.js'
import { fixedShape } from '../../src/shape/index.js'
import { Literal, numbersOf } from '../../src/tensor/buffer.js'
import { tensorOf } from '../../src/tensor/expression.js'
import { full, placeholder, scalar, type Tensor, toNested, vector } from '../../src/tensor/index.js'
import { wantsLiteral } from '../../src/tensor/read.js'

const heldBy = (x: Tensor) => numbersOf(wantsLiteral('test', x))

describe('the operand itself', () => {
  const nothing: Readonly<Record<string, (x: Tensor) => Tensor>> = {
    'x · 1': mul(1),
    '1 · x': (x) => formula.mul(1, x),
    'x / 1': div(1),
    'a reshape to its own shape': (x) => reshape(x.shape)(x),
    'all of it': slice({ starts: [0, 0], sizes: [2, 3] }),
    'nothing put around it': pad({ low: [0, 0], high: [0, 0], value: 7 }),
    'one of one': (x) => concat({ axis: -1 })([x]),
    'no new axes': expand({ axes: [], sizes: [] }),
    'a sum over no axes': (x) => tensors.sum(x, { axes: [] }),
  }
  test.each(Object.entries(nothing))('%s', (_, f) => {
    for (const x of [placeholder([2, 3]), full([2, 3], 5), reshape([2, 3])(vector([1, 2, 3, 4, 5, 6]))]) expect(f(x)).toBe(x)
  })
  test('a scalar beside a scalar is not expanded', () => {
    const [x, y] = [placeholder([]), placeholder([])]
    expect(add(y)(x)).toMatchObject({ operands: [x, y] })
    expect(sumAll(x)).toBe(x)
  })
  test('beside 1 on the wrong side, or beside another number, it is computed', () => {
    const x = placeholder([2])
    expect(toNested(formula.div(1, vector([2, 4])))).toEqual([0.5, 0.25])
    for (const y of [mul(2)(x), mul(vector([1, 2]) as Tensor)(x), div(2)(x), formula.div(1, x), sub(1)(x), mul(x)(x)]) expect(y).not.toBe(x)
  })
})

describe('the numbers of a literal', () => {
  test('are shared with the same numbers in another shape', () => {
    const x = vector([1, 2, 3, 4])
    expect(heldBy(reshape([2, 2])(x))).toBe(heldBy(x))
    expect(heldBy(stopGradient(x))).toBe(heldBy(x))
  })

  /** Of two numbers that are alike, as long as nobody asks for them. */
  const alike = (value: number): Tensor =>
    tensorOf(
      new Literal(
        fixedShape([2]),
        'float32',
        () => {
          throw new Error('the numbers are made')
        },
        value,
      ),
    )
  test('are not made where one stands for all', () => {
    expect(toNested(add(alike(5))(vector([1, 2])))).toEqual([6, 7])
    expect(toNested(tensors.select(vector([1, 0], 'bool'), alike(5), vector([1, 2])))).toEqual([5, 2])
    expect(toNested(mul(alike(3))(alike(5)))).toEqual([15, 15])
    expect(toNested(expand({ axes: [-2], sizes: [1] })(alike(3)))).toEqual([[3, 3]])
    expect(() => toNested(alike(1))).toThrow('the numbers are made')
  })
  test('that come of numbers that are alike are alike', () => {
    expect(toNested(add(scalar(2))(full([2], 3)))).toEqual([5, 5])
  })
})
