/** Tiny products and sums, emitted as straight-line code, give the bits of the kernels, however their operands lie. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fixed } from '../../../src/engine/program/address.js'
import type { Matrix, Product, Reduce } from '../../../src/engine/program/instruction.js'
import { isTinyProduct } from '../../../src/engine/wasm/emit/product.js'
import { isTinySum } from '../../../src/engine/wasm/emit/sum.js'
import type { Kernels } from '../../../src/engine/wasm/kernels.js'
import { A, B, canonical, emittedWith, fillWords, kernel, OUT, SCRATCH, size, written } from './kernel-host.js'

const matrixAt = (bytes: number, [row = 0, column = 0]: readonly number[]): Matrix => ({ address: fixed(0, bytes), row, column })
const productOf = ([m = 0, n = 0, k = 0]: readonly number[], a: readonly number[], b: readonly number[]): Product => ({
  kind: 'matmul',
  precision: 'float32',
  out: fixed(0, OUT),
  outRow: n,
  a: matrixAt(A, a),
  b: matrixAt(B, b),
  m,
  n,
  k,
})
/** Without kernels: what is emitted must not need them. */
const emitted = emittedWith({} as Kernels)

const strides = (rows: number, columns: number): fc.Arbitrary<readonly number[]> =>
  fc.constantFrom([columns, 1], [1, rows], [0, 1], [1, 0], [0, 0], [3 * columns, 3])

it('a tiny product has the bits of the kernel', () => {
  const cases = fc
    .tuple(size(6), size(9), size(9))
    .chain(([m, n, k]) => fc.tuple(fc.constant([m, n, k]), strides(m, k), strides(k, n), fc.nat()))
    .filter(([sizes, a, b]) => isTinyProduct(productOf(sizes, a, b)))
  fc.assert(
    fc.property(cases, ([[m = 0, n = 0, k = 0], a, b, seed]) => {
      fillWords(A, 1024, seed)
      fillWords(B, 1024, seed + 1)
      const got = written(m * n, emitted(productOf([m, n, k], a, b)))
      const want = written(m * n, () => {
        kernel('matmul')(OUT, n, m, n, k, A, ...a, B, ...b, SCRATCH)
      })
      expect(got.map(canonical)).toEqual(want.map(canonical))
    }),
    { numRuns: 400 },
  )
})

it('a product that is not tiny, or that runs backwards, is left to the kernel', () => {
  expect(isTinyProduct(productOf([8, 64, 32], [32, 1], [64, 1]))).toBe(false)
  expect(isTinyProduct(productOf([2, 2, 2], [2, -1], [2, 1]))).toBe(false)
})

it('a tiny sum has the bits of the kernel', () => {
  const cases = fc.tuple(size(4), size(20), fc.oneof(fc.constant(1), size(9)), fc.nat())
  fc.assert(
    fc.property(cases, ([outer, mid, inner, seed]) => {
      const sum: Reduce = { kind: 'reduce', reduction: 'sum', out: fixed(0, OUT), x: fixed(0, A), outer, mid, inner }
      fc.pre(isTinySum(sum))
      fillWords(A, 1024, seed)
      const got = written(outer * inner, emitted(sum))
      const want = written(outer * inner, () => {
        kernel('sum')(OUT, outer, mid, inner, A)
      })
      expect(got.map(canonical)).toEqual(want.map(canonical))
    }),
    { numRuns: 400 },
  )
})
