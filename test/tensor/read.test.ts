/** Reading numbers, and the one sentence a tensor says that has none. */
import { describe, expect, test } from 'vitest'
import { grad, trace } from '../../src/graph/index.js'
import { mul, square } from '../../src/ops/index.js'
import { placeholder, type Scalar, scalar, type Tensor, toArray, toNumber, vector } from '../../src/tensor/index.js'

const sentence = (who: string, what: string): string =>
  `${who} expects a literal, receives ${what}, whose numbers are not known while a function is traced; choose between tensors with select, repeat with scan`
const x = placeholder([2])
const s: Scalar = placeholder([])

describe('a placeholder has no numbers', () => {
  test('toArray', () => expect(() => toArray(x)).toThrow(sentence('toArray', 'placeholder x float32 [2]')))
  test('toNumber', () => expect(() => toNumber(s)).toThrow(sentence('toNumber', 'placeholder x float32 []')))
  test('toNumber of what is built on it', () => expect(() => toNumber(mul(2)(s))).toThrow(sentence('toNumber', 'mul float32 []')))
  test.each<readonly [string, () => unknown]>([
    ['<', () => (s as unknown as number) < 1],
    ['+', () => (s as unknown as number) + 1],
    ['Math.sqrt', () => Math.sqrt(s as unknown as number)],
    ['Number', () => Number(s)],
    ['Math.max', () => Math.max(s as unknown as number, 0)],
  ])('branching and computing by %s', (_, act) => expect(act).toThrow(sentence('a JavaScript operator', 'placeholder x float32 []')))
  test('inside a function that is traced or differentiated', () => {
    const branching = (z: Scalar): Scalar => ((z as unknown as number) > 0 ? z : square(z))
    expect(() => trace(branching)(scalar(1))).toThrow('choose between tensors with select, repeat with scan')
    expect(() => grad(branching)(scalar(1))).toThrow('choose between tensors with select, repeat with scan')
  })
})

describe('a literal has', () => {
  test('a scalar is a number to JavaScript', () => {
    expect((scalar(2) as unknown as number) < 3).toBe(true)
    expect(Number(scalar(2.5))).toBe(2.5)
  })
  test('anything else is not', () => {
    expect(() => (vector([1, 2]) as unknown as number) + 1).toThrow(
      'a JavaScript operator expects a scalar, receives float32 [2]; read its numbers with toArray',
    )
    expect(() => toNumber(vector([1, 2]))).toThrow('toNumber expects one number, receives float32 [2]')
    expect(() => toNumber(vector([]))).toThrow('toNumber expects one number, receives float32 [0]')
  })
  test('one number of any rank is a number', () => expect(toNumber(vector([7]))).toBe(7))
  test('what is no tensor is refused', () => {
    expect(() => toArray([1, 2] as unknown as Tensor)).toThrow(
      'toArray expects a tensor, receives [1, 2]; make one with tensor, vector or scalar',
    )
    expect(() => mul(2)(3 as unknown as Tensor)).toThrow()
  })
})
