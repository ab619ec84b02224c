import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitsOf, floatOf } from '../program/lane-oracles.js'
import {
  A,
  apart,
  B,
  C,
  canonical,
  fillFloats,
  fillWords,
  floatAt,
  floats,
  kernel,
  OUT,
  range,
  SCRATCH,
  size,
  wordAt,
  words,
  written,
} from './kernel-host.js'

describe('matmul', () => {
  type Matrix = readonly [row: number, column: number]
  const MIDDLE = 1 << 16

  /** Σ in float32, in order within blocks of 256 terms, block by block. */
  const entry = (k: number, a: (p: number) => number, b: (p: number) => number): number => {
    let total = 0
    for (let start = 0; start < k; start += 256) {
      let block = 0
      for (let p = start; p < Math.min(k, start + 256); ++p) block = Math.fround(block + Math.fround(a(p) * b(p)))
      total = start === 0 ? block : Math.fround(total + block)
    }
    return total
  }

  const agrees = (m: number, n: number, k: number, [aRow, aCol]: Matrix, [bRow, bCol]: Matrix): void => {
    fillFloats(A, 2 * MIDDLE, m + n)
    fillFloats(B, 2 * MIDDLE, k)
    const bytes = kernel('matmulScratch')(m, n, k)
    words.fill(-7, SCRATCH / 4, (SCRATCH + bytes) / 4 + 8)
    const row = n === 0 ? 0 : n + (k % 3)
    const got = written(m * row, () => kernel('matmul')(OUT, row, m, n, k, A + 4 * MIDDLE, aRow, aCol, B + 4 * MIDDLE, bRow, bCol, SCRATCH))
    const want = range(m).flatMap((i) =>
      range(n).map((j) =>
        entry(
          k,
          (p) => floatAt(A, MIDDLE + i * aRow + p * aCol),
          (p) => floatAt(B, MIDDLE + p * bRow + j * bCol),
        ),
      ),
    )
    expect(got).toEqual(apart(want.map(bitsOf), n, row))
    expect([...words.subarray((SCRATCH + bytes) / 4, (SCRATCH + bytes) / 4 + 8)]).toEqual(Array(8).fill(-7))
  }

  const strides = fc.oneof(fc.constantFrom<'row' | 'column'>('row', 'column'), fc.tuple(fc.integer({ min: -40, max: 40 }), size(40)))
  const matrix = (rows: number, columns: number, s: 'row' | 'column' | Matrix): Matrix =>
    s === 'row' ? [columns, 1] : s === 'column' ? [1, rows] : s

  it('is the sum of products, bit for bit, for any strides', () => {
    fc.assert(
      fc.property(size(14), size(21), size(13), strides, strides, (m, n, k, s, t) => agrees(m, n, k, matrix(m, k, s), matrix(k, n, t))),
      { numRuns: 600 },
    )
  })

  it.each([
    [67, 9, 300],
    [5, 523, 33],
    [66, 18, 514],
    [1, 35, 600],
    [3, 30, 515],
    [77, 1, 301],
  ])('crosses its blocks: %i × %i over %i', (m, n, k) => {
    for (const s of ['row', 'column'] as const)
      for (const t of ['row', 'column'] as const) agrees(m, n, k, matrix(m, k, s), matrix(k, n, t))
  })
})

type Axes = { readonly shape: readonly number[]; readonly strides: readonly number[] }
const [ROWS_META, COLUMNS_META] = [C, C + 4096]
const MIDDLE = 1 << 16

const described = (address: number, { shape, strides }: Axes): void => words.set([shape.length, ...shape, ...strides], address / 4)
const offsetsOf = ({ shape, strides }: Axes): readonly number[] =>
  shape.reduce<readonly number[]>((from, n, axis) => from.flatMap((at) => range(n).map((i) => at + i * (strides[axis] ?? 0))), [0])

const axes = (most: number): fc.Arbitrary<Axes> =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: most }), fc.oneof(fc.constant(1), fc.integer({ min: -20, max: 40 }))), { maxLength: 3 })
    .map((all) => ({ shape: all.map(([n]) => n), strides: all.map(([, step]) => step) }))

describe('matmulView', () => {
  /** The product of the view is that of its copy, bit for bit; and it writes its scratch and nothing past it. */
  const agrees = (rows: Axes, columns: Axes, n: number): void => {
    const [down, along] = [offsetsOf(rows), offsetsOf(columns)]
    const [m, k] = [down.length, along.length]
    fillFloats(A, 2 * MIDDLE, m + n)
    fillFloats(B, k * n, k)
    described(ROWS_META, rows)
    described(COLUMNS_META, columns)
    const bytes = kernel('matmulViewScratch')(m, n, k)
    words.fill(-7, SCRATCH / 4, (SCRATCH + bytes) / 4 + 8)
    const row = n === 0 ? 0 : n + (k % 3)
    const got = written(m * row, () => kernel('matmulView')(OUT, row, m, n, k, A + 4 * MIDDLE, ROWS_META, COLUMNS_META, B, n, 1, SCRATCH))
    expect([...words.subarray((SCRATCH + bytes) / 4, (SCRATCH + bytes) / 4 + 8)]).toEqual(Array(8).fill(-7))
    const copy = down.flatMap((i) => along.map((p) => floatAt(A, MIDDLE + i + p)))
    floats.set(copy, A / 4)
    const want = written(m * n, () => kernel('matmul')(OUT, n, m, n, k, A, k, 1, B, n, 1, SCRATCH))
    expect(got).toEqual(apart(want, n, row))
  }

  it('is the product of the copy, bit for bit, for any axes', () => {
    fc.assert(fc.property(axes(4), axes(4), fc.integer({ min: 1, max: 19 }), agrees), { numRuns: 600 })
  })
  it.each<readonly [string, Axes, Axes, number]>([
    ['windows of one channel', { shape: [3, 9, 9], strides: [169, 13, 1] }, { shape: [5, 5], strides: [13, 1] }, 6],
    ['windows of channels', { shape: [2, 5, 5], strides: [486, 54, 6] }, { shape: [5, 30], strides: [54, 1] }, 16],
    ['windows, turned: more terms than a block', { shape: [5, 5], strides: [32, 1] }, { shape: [2, 20, 28], strides: [1024, 32, 1] }, 6],
    ['more columns than a block', { shape: [3, 4], strides: [7, 1] }, { shape: [2, 3], strides: [7, 1] }, 530],
    ['far apart', { shape: [2, 5], strides: [300, -30] }, { shape: [7], strides: [3] }, 9],
  ])('is it of %s', (_, rows, columns, n) => agrees(rows, columns, n))
})

describe('addView', () => {
  it('adds a view to a view, element by element in order, for any axes', () => {
    const places = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), size(3), size(3)), { maxLength: 4 })
    fc.assert(
      fc.property(places, fc.nat(), (all, seed) => {
        const shape = all.map(([n]) => n)
        const [to, from] = [
          { shape, strides: all.map(([, step]) => step) },
          { shape, strides: all.map(([, , step]) => step) },
        ]
        const [there, here] = [offsetsOf(to), offsetsOf(from)]
        fillFloats(A, 2 * MIDDLE, seed)
        described(ROWS_META, to)
        described(COLUMNS_META, from)
        const room = 1 + Math.max(...there)
        const before = range(room).map((i) => floatAt(A, MIDDLE + i))
        there.forEach((place, i) => {
          before[place] = Math.fround((before[place] ?? 0) + floatAt(A, here[i] ?? 0))
        })
        const got = written(room, () => {
          floats.copyWithin(OUT / 4, A / 4 + MIDDLE, A / 4 + MIDDLE + room)
          kernel('addView')(OUT, ROWS_META, A, COLUMNS_META)
        })
        expect(got).toEqual(before.map(bitsOf))
      }),
      { numRuns: 400 },
    )
  })
})

describe('reductions of views', () => {
  /** Terms one after the other in float64, as the kernel of a copy has them where they are few. */
  const oracles = {
    sumView: (terms: readonly number[]) => Math.fround(terms.reduce((sum, x) => sum + x, 0)),
    maxView: (terms: readonly number[]) => Math.max(...terms),
  }
  it.each(['sumView', 'maxView'] as const)('%s folds the terms of every place, bit for bit, for any axes', (name) => {
    fc.assert(
      fc.property(axes(7), axes(3), fc.nat(), (rows, columns, seed) => {
        const [places, terms] = [offsetsOf(rows), offsetsOf(columns)]
        fillWords(A, 2 * MIDDLE, seed)
        described(ROWS_META, rows)
        described(COLUMNS_META, columns)
        words.fill(-7, SCRATCH / 4, SCRATCH / 4 + terms.length + 8)
        const got = written(places.length, () => kernel(name)(OUT, ROWS_META, COLUMNS_META, A + 4 * MIDDLE, SCRATCH))
        const want = places.map((place) => bitsOf(oracles[name](terms.map((term) => floatAt(A, MIDDLE + place + term)))))
        expect(got.map(canonical)).toEqual(want)
        expect([...words.subarray(SCRATCH / 4 + terms.length, SCRATCH / 4 + terms.length + 8)]).toEqual(Array(8).fill(-7))
      }),
      { numRuns: 400 },
    )
  })
})

describe('reductions over the middle axis', () => {
  const shapes = fc.record({
    outer: size(6),
    mid: fc.oneof(size(12), fc.integer({ min: 13, max: 80 })),
    inner: fc.oneof(fc.constant(1), size(13)),
    seed: fc.nat(),
  })
  type Shape = { readonly outer: number; readonly mid: number; readonly inner: number; readonly seed: number }

  /** Compares a reduction with a fold of each column's bits. */
  const agrees = (name: string, oracle: (column: readonly number[]) => number, { outer, mid, inner, seed }: Shape): void => {
    fillWords(A, outer * mid * inner, seed)
    const got = written(outer * inner, () => kernel(name)(OUT, outer, mid, inner, A))
    const want = range(outer * inner).map((at) => {
      const o = Math.floor(at / inner)
      return oracle(range(mid).map((m) => wordAt(A, (o * mid + m) * inner + (at - o * inner))))
    })
    expect(got.map(canonical)).toEqual(want.map(canonical))
  }

  const firstWhere = (xs: readonly number[]): number => {
    const nan = xs.findIndex(Number.isNaN)
    return nan >= 0 ? nan : Math.max(0, xs.indexOf(Math.max(...xs)))
  }
  it.each<readonly [string, (column: readonly number[]) => number]>([
    ['max', (xs) => bitsOf(Math.max(...xs.map(floatOf)))],
    ['maxSigned', (xs) => xs.reduce((x, y) => Math.max(x, y), -0x80000000)],
    ['maxUnsigned', (xs) => xs.map((x) => x >>> 0).reduce((x, y) => Math.max(x, y), 0) | 0],
    ['sumInt', (xs) => xs.reduce((x, y) => (x + y) | 0, 0)],
    ['argMax', (xs) => firstWhere(xs.map(floatOf))],
    ['argMaxSigned', (xs) => firstWhere(xs)],
    ['argMaxUnsigned', (xs) => firstWhere(xs.map((x) => x >>> 0))],
  ])('%s', (name, oracle) => {
    fc.assert(
      fc.property(shapes, (shape) => agrees(name, oracle, shape)),
      { numRuns: 200 },
    )
  })

  it('sum is the float64 sum, rounded once', () => {
    fc.assert(
      fc.property(shapes, ({ outer, mid, inner, seed }) => {
        fillFloats(A, outer * mid * inner, seed)
        const got = written(outer * inner, () => kernel('sum')(OUT, outer, mid, inner, A))
        for (const at of range(outer * inner)) {
          const o = Math.floor(at / inner)
          const xs = range(mid).map((m) => floatAt(A, (o * mid + m) * inner + (at - o * inner)))
          const exact = xs.reduce((x, y) => x + y, 0)
          const bound = 2 ** -24 * Math.abs(exact) + mid * 2 ** -52 * xs.reduce((x, y) => x + Math.abs(y), 0)
          expect(Math.abs(floatOf(got[at] ?? 0) - exact)).toBeLessThanOrEqual(bound)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('sum keeps what float32 would lose, and passes on Infinity and NaN', () => {
    const sum = (...xs: number[]): number => {
      floats.set(xs, A / 4)
      kernel('sum')(OUT, 1, xs.length, 1, A)
      return floatAt(OUT, 0)
    }
    expect(sum(1e8, 1, -1e8)).toBe(1)
    expect(sum(3e38, 3e38, -3e38)).toBe(Math.fround(3e38))
    expect(sum(3e38, 3e38)).toBe(Infinity)
    expect(sum(Infinity, 1, -Infinity)).toBeNaN()
    expect(sum(...range(9), NaN)).toBeNaN()
    expect(sum()).toBe(0)
  })
})
