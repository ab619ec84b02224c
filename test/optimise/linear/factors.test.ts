/** Factors multiply to what they are factors of; least squares on data sets with certified answers, eager and compiled. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { compile } from '../../../src/engine/index.js'
import { wasm } from '../../../src/engine/wasm/index.js'
import { vjp } from '../../../src/graph/index.js'
import { abs, concat, formula, max, reshape, sub, transpose } from '../../../src/ops/index.js'
import { backSubstitute, cholesky, forwardSubstitute, leastSquares, normalEquations, qr } from '../../../src/optimise/index.js'
import { type Matrix, matrix, ones, type Tensor, tensor, toArray, toNested, toNumber } from '../../../src/tensor/index.js'
import { type Certified, digits, filip, longley, norris } from './nist.js'

/** Bounds of 1e-13 are those of the backward error, n·p·ε‖X‖, of 11 × 5 numbers up to 1. */
type Numbers = Matrix<number, number>
const largest = (x: Tensor): number => toNumber(max(0)(abs(reshape([x.shape.reduce((a, b) => a * b, 1)])(x))))
const gap = (x: Tensor, y: Tensor): number => largest(sub(y)(x))
const eye = (p: number): Numbers =>
  matrix(
    Array.from({ length: p }, (_, i) => Array.from({ length: p }, (_, j) => Number(i === j))),
    'float64',
  )
/** Of numbers of all magnitudes: now and then a column is a combination of others, to rounding. */
const tall = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 6 }), fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })))
  .map(([p, more, stream]): Numbers => tensor([p + more, p], [...stream.take((p + more) * p)], 'float64'))

describe('QR', () => {
  test('QR = X, QᵀQ = 1, R is upper triangular', () =>
    fc.assert(
      fc.property(tall, (x) => {
        const { q, r, independent } = qr(x)
        // Of a column that depends on others, what is left, up to 2⁻⁴² of its length, is dropped.
        const dropped = toArray(independent).every((one) => one === 1) ? 0 : 2 ** -42 * Math.sqrt(x.shape[0])
        expect(gap(formula.matmul(q, r), x)).toBeLessThan(1e-13 + dropped)
        for (const [i, row] of (toNested(r) as readonly (readonly number[])[]).entries())
          expect(row.slice(0, i).every((value) => value === 0)).toBe(true)
        expect(gap(formula.matmul(transpose(q), q), eye(x.shape[1]))).toBeLessThan(1e-13)
      }),
    ))

  test('a column that depends on others is seen, and those behind it are judged without it', () => {
    const a = [1, 2, 3, 4]
    const b = [1, -1, 1, 0.5]
    const columns = [a, a.map((v) => 2 * v), b, [0, 0, 0, 0], a.map((v, i) => v + (b[i] ?? 0) / 3), [1e200, 0, 0, 0]].slice(0, 4)
    expect([...toArray(qr(transpose(matrix(columns, 'float64')) as Numbers).independent)]).toEqual([1, 0, 1, 0])
    const two = transpose(matrix([[1, 1], [0.3, 0.3]], 'float64')) as Numbers // biome-ignore format: rows
    expect([...toArray(qr(two).independent)]).toEqual([1, 0])
    const scales = transpose(matrix([[1e200, 1e200, 0], [1e-200, 0, 1e-200], [1e200, 1e200, 0]], 'float64')) as Numbers // biome-ignore format: rows
    expect([...toArray(qr(scales).independent)]).toEqual([1, 1, 0])
  })

  test('float32 knows its own rounding', () => {
    const x = tensor([3, 2], [0.1, 0.3, 0.7, 2.1, 1.3, 3.9])
    expect([...toArray(qr(x).independent)]).toEqual([1, 0])
    expect([...toArray(qr(tensor([3, 2], [0.1, 0.3, 0.7, 2.1, 1.3, 3.8])).independent)]).toEqual([1, 1])
  })

  test.each<readonly [string, () => unknown, string]>([
    ['more columns than rows', () => qr(ones([2, 3])), 'qr expects a matrix with no more columns than rows, receives [2, 3]'],
    ['a vector', () => qr(ones([2]) as never), 'qr expects a matrix with no more columns than rows, receives [2]'],
    ['a matrix that is not square', () => cholesky(ones([2, 3]) as never), 'cholesky expects a square matrix, receives [2, 3]'],
    [
      'a right side of other rows',
      () => backSubstitute(ones([2, 2]))(ones([3, 1]) as never),
      'backSubstitute expects a square matrix and a matrix of as many rows, receives [2, 2] and [3, 1]',
    ],
    [
      'a triangle that is not square',
      () => forwardSubstitute(ones([2, 3]) as never)(ones([2, 1])),
      'forwardSubstitute expects a square matrix and a matrix of as many rows, receives [2, 3] and [2, 1]',
    ],
  ])('%s', (_, make, sentence) => expect(make).toThrow(expect.objectContaining({ name: 'ShapeError', message: sentence })))
})

describe('Cholesky', () => {
  test('LLᵀ = A, and both substitutions solve', () =>
    fc.assert(
      fc.property(tall, (x) => {
        const p = x.shape[1]
        const a = formula.add(formula.matmul(transpose(x), x) as Numbers, eye(p)) as Numbers
        const l = cholesky(a)
        expect(gap(formula.matmul(l, transpose(l)), a)).toBeLessThan(1e-13)
        const b = matrix(
          Array.from({ length: p }, (_, i) => [i + 1, 2 - i]),
          'float64',
        ) as Numbers
        expect(gap(formula.matmul(l, forwardSubstitute(l)(b)), b)).toBeLessThan(1e-13)
        expect(gap(formula.matmul(transpose(l), backSubstitute(transpose(l))(b)), b)).toBeLessThan(1e-13)
      }),
    ))

  test('NaN from the column on where a matrix is not positive definite', () =>
    expect(
      toNested(
        cholesky(
          matrix(
            [
              [1, 0, 0],
              [0, -1, 0],
              [0, 0, 1],
            ],
            'float64',
          ) as Matrix<3, 3>,
        ),
      ),
    ).toEqual([
      // biome-ignore format: rows
      [1, 0, 0],
      [0, Number.NaN, 0],
      [0, Number.NaN, Number.NaN],
    ]))
})

const systemOf = ({ x, y }: Certified): readonly [Numbers, Numbers] => [
  matrix(x.map((row) => [1, ...row]), 'float64'),
  matrix(y.map((value) => [value]), 'float64'),
] // biome-ignore format: a pair
const least = (got: Tensor, { coefficients }: Certified): number =>
  Math.min(...coefficients.map((want, i) => digits(toArray(got)[i] ?? Number.NaN, want)))

describe('least squares', () => {
  test.each([
    ['Norris', norris, 12],
    ['Longley', longley, 11],
    ['Filip', filip, 7.5],
  ] as const)('%s by QR, to so many digits, eager and compiled', (_, data, atLeast) => {
    const [x, y] = systemOf(data)
    expect(least(leastSquares(x)(y).coefficients, data)).toBeGreaterThan(atLeast)
    const fast = compile(wasm)((a: Numbers, b: Numbers) => leastSquares(a)(b).coefficients)
    expect(least(fast(x, y), data)).toBeGreaterThan(atLeast)
  })

  test('the normal equations lose twice as many: three digits more of Longley, and all of Filip', () => {
    const [x, y] = systemOf(longley)
    const lost = normalEquations(x)(y)
    expect(least(lost, longley)).toBeLessThan(9)
    expect(least(lost, longley)).toBeGreaterThan(7)
    const [powers, values] = systemOf(filip)
    expect([...toArray(normalEquations(powers)(values))].every(Number.isNaN)).toBe(true)
  })

  test('its derivative by y is the pseudo-inverse', () => {
    const [x, y] = systemOf(norris)
    const [, pullback] = vjp((b: Numbers) => leastSquares(x)(b).coefficients as Numbers)(y)
    const dy = pullback(matrix([[1], [2]], 'float64'))
    const inverse = normalEquations(formula.matmul(transpose(x), x) as Numbers)(matrix([[1], [2]], 'float64') as Numbers)
    expect(gap(dy, formula.matmul(x, inverse))).toBeLessThan(1e-9)
  })

  test('of several right sides at once', () => {
    const [x, y] = systemOf(norris)
    const both = leastSquares(x)(concat({ axis: -1 })([y, x] as readonly Tensor[]) as Numbers).coefficients
    const slopes = pipe(both, toNested) as readonly (readonly number[])[]
    expect(slopes[1]?.[2]).toBeCloseTo(1, 12)
    expect(digits(slopes[0]?.[0] ?? 0, norris.coefficients[0] ?? 0)).toBeGreaterThan(12)
  })
})
