/** The written-out loops, where the sizes of operands lie around what they take at a time. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { multiply } from '../../src/ops/loop/matmul.js'
import { matrix, toArray } from '../../src/tensor/index.js'

const sum = (size: number, term: (p: number) => number): number =>
  Array.from({ length: size }, (_, p) => term(p)).reduce((s, x) => s + x, 0)

test('a product has the bits of sums in the order of k, for any number of rows and columns', () => {
  const finite = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 5e-324, -1e308))
  const zeros = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(0, -0) }, { weight: 2, arbitrary: finite })
  const any = fc.oneof(
    { weight: 9, arbitrary: finite },
    { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
  )
  const numbers = (length: number) =>
    fc
      .constantFrom(finite, zeros, any)
      .chain((number) => fc.array(number, { minLength: length, maxLength: length }))
      .map((xs) => Float64Array.from(xs))
  const size = fc.oneof(fc.nat({ max: 9 }), fc.constantFrom(15, 16, 17))
  const product = fc
    .tuple(fc.nat({ max: 2 }), size, size, size)
    .chain(([b, m, k, n]) => fc.tuple(fc.constant([b, m, k, n] as const), numbers(b * m * k), numbers(b * k * n)))
  fc.assert(
    fc.property(product, ([[b, m, k, n], x, w]) => {
      const out = new Float64Array(b * m * n)
      multiply(out, x, w, b, m, k, n)
      const wanted = Array.from(out, (_, at) => {
        const [batch, i, j] = [Math.floor(at / (m * n)), Math.floor(at / n) % m, at % n]
        return sum(k, (p) => (x[(batch * m + i) * k + p] ?? 0) * (w[(batch * k + p) * n + j] ?? 0))
      })
      expect([...out]).toEqual(wanted)
    }),
    { numRuns: 600 },
  )
})

test.each(['float32', 'bool', 'int32'] as const)('rows of %s', (precision) => {
  const rows = [
    [0, 1, 1],
    [1, 0, 1],
  ]
  expect([...toArray(matrix(rows, precision))]).toEqual(rows.flat())
})
