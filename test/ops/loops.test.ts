/** The written-out loops, where the sizes of operands lie around what they take at a time. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as loops from '../../src/ops/loop/arithmetic.js'
import { choose, map1, map2 } from '../../src/ops/loop/elementwise.js'
import { multiply } from '../../src/ops/loop/matmul.js'
import { isAllFinite, isMostlyZero, stride } from '../../src/ops/loop/sparsity.js'
import { encrypt } from '../../src/ops/loop/threefry.js'
import { rounded } from '../../src/tensor/buffer.js'
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

test('zeros beside what is not finite are not left out, in whichever product of a batch', () => {
  const [batch, m, k, n] = [5, 2, 2, 2]
  const out = new Float64Array(batch * m * n)
  const w = new Float64Array(batch * k * n).fill(1)
  w[w.length - 1] = Number.POSITIVE_INFINITY
  multiply(out, new Float64Array(batch * m * k), w, batch, m, k, n)
  expect([...out]).toEqual([...Array.from({ length: 17 }, () => 0), Number.NaN, 0, Number.NaN])
})

describe('what a product may leave out', () => {
  const looks = 10
  const size = looks * stride
  /** Two parts of one size: the first with so many zeros where it is looked at, the second all zeros, but for what stands at its end. */
  const parts = (zeros: number): Float64Array =>
    Float64Array.from({ length: 2 * size }, (_, i) => (i < size && i >= zeros * stride ? 1 : 0))
  test('zeros are most of what more than half of is 0, in the part that is asked for', () => {
    expect([0, 5, 6, 10].map((zeros) => isMostlyZero(parts(zeros), 0, size))).toEqual([false, false, true, true])
    expect([0, 10].map((zeros) => isMostlyZero(parts(zeros), size, size))).toEqual([true, true])
    expect(isMostlyZero(new Float64Array(3).fill(2), 0, 3)).toBe(false)
  })
  test('a part is finite whatever stands around it', () => {
    const w = [Number.NaN, 1, 2, Number.NEGATIVE_INFINITY]
    expect(isAllFinite(Float64Array.from(w), 1, 2)).toBe(true)
    expect([0, 2].map((start) => isAllFinite(Float64Array.from(w), start, 2))).toEqual([false, false])
  })
})

describe('one number stands for all', () => {
  const unary = { copy: loops.copy, neg: loops.neg, sqrt: loops.sqrt, shiftLeft: loops.shiftLeft(3), shiftRight: loops.shiftRight(1) }
  const others = { shiftRightUnsigned: loops.shiftRightUnsigned(1), rotateLeft: loops.rotateLeft(5), map1: map1((x) => 2 * x + 1) }
  test.each(Object.entries<loops.UnaryLoop>({ ...unary, ...others }))('%s', (_, loop) => {
    const run = (x: readonly number[]) => {
      const out = new Int32Array(3)
      loop(out, [rounded('int32', x)])
      return [...out]
    }
    expect(run([9])).toEqual(run([9, 9, 9]))
    expect(run([9, 9, 9])[1]).not.toBe(0)
    expect(run([9, 4, 49])[2]).toBe(run([49])[0])
  })
  const { add, addIntegers, sub, mul, div, maximum, minimum, less, xor } = loops
  const binary = { add, addIntegers, sub, mul, div, maximum, minimum, less, xor, map2: map2((x, y) => x - 3 * y) }
  test.each(Object.entries<loops.BinaryLoop>(binary))('%s, on either side', (_, loop) => {
    const run = (x: readonly number[], y: readonly number[]) => {
      const out = new Int32Array(3)
      loop(out, [rounded('int32', x), rounded('int32', y)])
      return [...out]
    }
    const several = [2, 6, 18]
    expect(run([6], several)).toEqual(run([6, 6, 6], several))
    expect(run(several, [6])).toEqual(run(several, [6, 6, 6]))
  })
  test('a choice', () => {
    const run = (c: readonly number[], x: readonly number[], y: readonly number[]) => {
      const out = new Float32Array(3)
      choose(out, [rounded('bool', c), rounded('float32', x), rounded('float32', y)])
      return [...out]
    }
    expect(run([1, 0, 1], [5], [1, 2, 3])).toEqual([5, 2, 5])
    expect(run([1, 0, 1], [1, 2, 3], [5])).toEqual([1, 5, 3])
    expect(run([0], [1, 2, 3], [5, 6, 7])).toEqual([5, 6, 7])
    expect(run([1], [1, 2, 3], [5])).toEqual([1, 2, 3])
  })
})

test('threefry by the known answers of Random123, place by place, and one word for all', () => {
  const of = (...words: readonly number[]): Uint32Array => Uint32Array.from(words)
  const run = (k0: Uint32Array, k1: Uint32Array, c0: Uint32Array, c1: Uint32Array): readonly (readonly number[])[] => {
    const out = [new Uint32Array(3), new Uint32Array(3)] as const
    encrypt(out, [k0, k1], [c0, c1], 0x1bd11bda)
    return out.map((words) => [...words])
  }
  const most = 2 ** 32 - 1
  const [k0, k1, c0, c1] = [of(0, most, 0x13198a2e), of(0, most, 0x03707344), of(0, most, 0x243f6a88), of(0, most, 0x85a308d3)]
  expect(run(k0, k1, c0, c1)).toEqual([
    [0x6b200159, 0x1cb996fc, 0xc4923a9c],
    [0x99ba4efe, 0xbb002be7, 0x483df7a0],
  ])
  const alike = (word: number): Uint32Array => of(word, word, word)
  expect(run(of(5), k1, c0, c1)).toEqual(run(alike(5), k1, c0, c1))
  expect(run(k0, of(5), c0, c1)).toEqual(run(k0, alike(5), c0, c1))
  expect(run(k0, k1, of(5), c1)).toEqual(run(k0, k1, alike(5), c1))
  expect(run(k0, k1, c0, of(5))).toEqual(run(k0, k1, c0, alike(5)))
})

test('a choice keeps all bits of what is chosen, which a NaN as a number would not', () => {
  const bits = [0x7fa00001, 0x7fa00002, 0x3f800000]
  const [x, y] = [new Float32Array(Int32Array.from(bits).buffer), new Float32Array(3)]
  const out = new Float32Array(3)
  choose(out, [rounded('bool', [1, 0, 1]), x, y])
  expect([...new Int32Array(out.buffer)]).toEqual([0x7fa00001, 0, 0x3f800000])
  choose(out, [rounded('bool', [1, 0, 1]), y, x])
  expect([...new Int32Array(out.buffer)]).toEqual([0, 0x7fa00002, 0])
})

test.each(['float32', 'bool', 'int32'] as const)('rows of %s', (precision) => {
  const rows = [
    [0, 1, 1],
    [1, 0, 1],
  ]
  expect([...toArray(matrix(rows, precision))]).toEqual(rows.flat())
})
