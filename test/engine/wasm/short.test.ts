/** Tiny products and sums, emitted as straight-line code, give the bits of the kernels, however their operands lie. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tinyProductOf } from '../../../src/engine/wasm/emit/product.js'
import { tinySumOf } from '../../../src/engine/wasm/emit/sum.js'
import type { Address, KernelCall } from '../../../src/engine/wasm/instruction.js'
import type { Kernels } from '../../../src/engine/wasm/kernels.js'
import { link } from '../../../src/engine/wasm/link.js'
import { A, B, canonical, fillWords, kernel, memory, OUT, SCRATCH, size, written } from './kernel-host.js'

const at = (bytes: number): Address => ({ buffer: 0, bytes, steps: [] })
const callOf = ([m, n, k]: readonly number[], a: readonly number[], b: readonly number[]): KernelCall => ({
  kind: 'kernel',
  kernel: 'matmul',
  args: [at(OUT), ...[m, n, k].map(Number), at(A), ...a, at(B), ...b, at(SCRATCH)],
  reads: [0],
  writes: [0],
})
/** Without kernels: what is emitted must not need them. */
const emitted = (call: KernelCall): (() => void) => link([call], {} as Kernels, { addresses: [0], parts: new Map() }, memory)

const strides = (rows: number, columns: number): fc.Arbitrary<readonly number[]> =>
  fc.constantFrom([columns, 1], [1, rows], [0, 1], [1, 0], [0, 0], [3 * columns, 3])

it('a tiny product has the bits of the kernel', () => {
  const cases = fc
    .tuple(size(6), size(9), size(9))
    .chain(([m, n, k]) => fc.tuple(fc.constant([m, n, k]), strides(m, k), strides(k, n), fc.nat()))
    .filter(([sizes, a, b]) => tinyProductOf(callOf(sizes, a, b)) !== undefined)
  fc.assert(
    fc.property(cases, ([[m = 0, n = 0, k = 0], a, b, seed]) => {
      fillWords(A, 1024, seed)
      fillWords(B, 1024, seed + 1)
      const got = written(m * n, emitted(callOf([m, n, k], a, b)))
      const want = written(m * n, () => {
        kernel('matmul')(OUT, m, n, k, A, ...a, B, ...b, SCRATCH)
      })
      expect(got.map(canonical)).toEqual(want.map(canonical))
    }),
    { numRuns: 400 },
  )
})

it('a product that is not tiny, or that runs backwards, is left to the kernel', () => {
  expect(tinyProductOf(callOf([8, 64, 32], [32, 1], [64, 1]))).toBeUndefined()
  expect(tinyProductOf(callOf([2, 2, 2], [2, -1], [2, 1]))).toBeUndefined()
})

it('a tiny sum has the bits of the kernel', () => {
  const cases = fc.tuple(size(4), size(20), fc.oneof(fc.constant(1), size(9)), fc.nat())
  fc.assert(
    fc.property(cases, ([outer, mid, inner, seed]) => {
      const call: KernelCall = { kind: 'kernel', kernel: 'sum', args: [at(OUT), outer, mid, inner, at(A)], reads: [0], writes: [0] }
      fc.pre(tinySumOf(call) !== undefined)
      fillWords(A, 1024, seed)
      const got = written(outer * inner, emitted(call))
      const want = written(outer * inner, () => {
        kernel('sum')(OUT, outer, mid, inner, A)
      })
      expect(got.map(canonical)).toEqual(want.map(canonical))
    }),
    { numRuns: 400 },
  )
})
