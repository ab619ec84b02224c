import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { orThrow, ShapeError } from '../../src/error/index.js'
import { type NamedShape, ones, placeholder, refine, scalar, type Tensor } from '../../src/tensor/index.js'

const saying = (expected: NamedShape, x: Tensor): string => {
  const result = refine(expected)(x)
  return isLeft(result) ? `${result.left.name}: ${result.left.message}` : 'right'
}

describe('refine', () => {
  test('returns the same tensor', () => {
    const x: Tensor = ones([32, 784])
    expect(refine(['batch', 784])(x)).toEqual(right(x))
    expect(orThrow(refine(['batch', 784])(x))).toBe(x)
    expect(orThrow(refine([32, 784])(x))).toBe(x)
  })

  const x32: Tensor = ones([32, 100])
  const wrong: readonly (readonly [expected: NamedShape, x: Tensor, sentence: string])[] = [
    [['batch', 784], x32, 'refine expects [batch, 784], receives [32, 100]'],
    [['batch', 784], ones([32, 784, 1]), 'refine expects [batch, 784], receives [32, 784, 1]'],
    [['batch', 784], ones([784]), 'refine expects [batch, 784], receives [784]'],
    [['batch'], scalar(1), 'refine expects [batch], receives []'],
    [[], x32, 'refine expects [], receives [32, 100]'],
    [[32, 784], x32, 'refine expects [32, 784], receives [32, 100]'],
    [['n', 'n'], x32, 'refine expects [n, n], receives [32, 100]'],
    [['n', 'm', 'n'], ones([2, 3, 4]), 'refine expects [n, m, n], receives [2, 3, 4]'],
  ]
  for (const [expected, x, sentence] of wrong) test(sentence, () => expect(saying(expected, x)).toBe(`ShapeError: ${sentence}`))

  test('a name that is repeated is one size', () => {
    expect(saying(['n', 'm', 'n'], ones([2, 3, 2]))).toBe('right')
    expect(saying(['n', 'n'], ones([0, 0]))).toBe('right')
  })

  test('a dim found once is asked of the next tensor', () => {
    const size = orThrow(refine(['batch', 784])(ones([32, 784]) as Tensor)).shape[0]
    expect(saying([size, 10], ones([32, 10]))).toBe('right')
    expect(saying([size, 10], ones([31, 10]))).toBe('ShapeError: refine expects [32, 10], receives [31, 10]')
  })

  test('looks at shapes only, so placeholders are refined too', () => {
    const x: Tensor = placeholder([5, 2])
    expect(orThrow(refine(['batch', 2])(x))).toBe(x)
  })

  test('its left is a ShapeError, not a throw', () => {
    expect(refine([1])(ones([2]))).toEqual(left(new ShapeError('refine expects [1], receives [2]')))
  })
})
