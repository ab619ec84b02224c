/** Numbers and combinations as they are printed: what R's `format`, `formatC` and `format.pval` make of them. */
import { describe, expect, test } from 'vitest'
import { combination } from '../../../src/optimise/linear/design.js'
import { formatted, general, probabilities, rounded } from '../../../src/optimise/linear/number-format.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number

describe('numbers in one form', () => {
  test.each<readonly [readonly number[], number, readonly string[]]>([
    [[1, 10, 100], 7, ['  1', ' 10', '100']],
    [[0.1, 0.12, 0.123], 7, ['0.100', '0.120', '0.123']],
    [[-1.5, 10], 7, ['-1.5', '10.0']],
    [[0.001, 123.456], 3, ['  0.001', '123.456']],
    [[2.34567], 3, ['2.35']],
    [[1e-10, 1], 7, ['1e-10', '1e+00']],
    [[1.5e-10, -1], 7, [' 1.5e-10', '-1.0e+00']],
    [[1e5], 7, ['1e+05']],
    [[123456], 7, ['123456']],
    [[0.0001], 7, ['1e-04']],
    [[0.00012], 7, ['0.00012']],
    [[1234567.891], 7, ['1234568']],
    [[1e100, 1], 7, ['1e+100', ' 1e+00']],
    [[0], 7, ['0']],
    [[nan, 1, inf, -inf], 7, [' NaN', '   1', ' Inf', '-Inf']],
    [[nan], 7, ['NaN']],
    [[], 7, []],
  ])('%j to %d digits', (xs, digits, texts) => expect(formatted(xs, digits)).toEqual(texts))
})

describe('one number by itself', () => {
  test.each([
    [0.5, 4, '0.5'],
    [0.66642, 4, '0.6664'],
    [1234, 4, '1234'],
    [12346, 4, '1.235e+04'],
    [9999.6, 4, '1e+04'],
    [9999.4, 4, '9999'],
    [0.0001, 4, '0.0001'],
    [0.00001234, 4, '1.234e-05'],
    [-30, 7, '-30'],
    [0, 4, '0'],
    [inf, 4, 'Inf'],
    [nan, 4, 'NaN'],
  ])('%d to %d digits', (x, digits, text) => expect(general(x, digits)).toBe(text))
})

test.each([
  [1.2345, 2, 1.23],
  [-1.2355, 3, -1.236],
  [1234.5, 0, 1235],
  [1e20, 2, 1e20],
  [2 ** -1074, 400, 0],
  [inf, 2, inf],
  [-inf, 2, -inf],
])('%d rounded to %d decimals', (x, decimals, y) => expect(rounded(x, decimals)).toBe(y))

describe('probabilities', () => {
  test.each<readonly [readonly number[], number, readonly string[]]>([
    [[0.5, 1e-20], 3, ['0.5', '<2e-16']],
    [[0.00123, 1e-20], 3, ['0.00123', '< 2e-16']],
    [[1e-20], 3, ['<2e-16']],
    [[1e-20], 4, ['< 2.2e-16']],
    [[0.5, 1.2e-10], 3, ['0.5', '1.2e-10']],
    [[2 ** -52, 2 ** -53], 3, ['2.22e-16', '< 2e-16']],
    [[1e-20, 0.03, 2e-6, 0.5, 0, 3.5e-7], 3, ['< 2e-16', '0.03', '2.0e-06', '0.50', '< 2e-16', '3.5e-07']],
    [[nan, 0.25], 3, [' NaN', '0.25']],
    [[1], 3, ['1']],
  ])('%j to %d digits', (ps, digits, texts) => expect(probabilities(ps, digits)).toEqual(texts))
})

describe('a combination of columns', () => {
  test.each<readonly [readonly number[], readonly number[], string]>([
    [[1, -1, 0], [1, 1, 1], 'a − b'],
    [[-1, 1, 1], [1, 1, 1], '−a + b + c'],
    [[-2, 0.5, 0], [1, 1, 1], '−2·a + 0.5·b'],
    [[0, -1.23456, 3], [1, 1, 1], '−1.23·b + 3·c'],
    [[1, 0.9999, 1e-7], [1, 1, 1], 'a + b'],
    [[1, 1e-7, 0], [1, 100, 1], 'a + 1e-7·b'],
    [[1, 1, 1], [1, 0, 1e-7], 'a'],
    [[0, 0, 0], [1, 1, 1], ''],
  ])('%j, of columns of length %j', (factors, sizes, text) => expect(combination(factors, ['a', 'b', 'c'], sizes)).toBe(text))
})
