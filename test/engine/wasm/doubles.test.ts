/** Kernels of float64, and of words beside them: each has the bits of JavaScript's own arithmetic, however its operands lie. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixed } from '../../../src/engine/program/address.js'
import type { ElementBytes, Product } from '../../../src/engine/program/instruction.js'
import { isTinyProduct } from '../../../src/engine/wasm/emit/product.js'
import type { Kernels } from '../../../src/engine/wasm/kernels.js'
import { type Bits, bitsOf, doubles as oracles } from '../program/lane-oracles.js'
import {
  A,
  B,
  bytesGiven,
  bytesTaken,
  C,
  canonical,
  emittedWith,
  fillWords,
  kernel,
  memory,
  OUT,
  range,
  size,
  wordAt,
  words,
  written,
} from './kernel-host.js'

const doubles = new Float64Array(memory.buffer)
const doubleAt = (address: number, index: number): number => doubles[address / 8 + index] ?? 0

const edges = [
  0,
  -0,
  1,
  -1,
  Infinity,
  -Infinity,
  NaN,
  0.5,
  -2.5,
  5e-324,
  -1e-310,
  1.7e308,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 32,
  2 ** 53 + 2,
  1e-46,
  3.5e38,
]
/** Reproducible numbers: one in three is an edge case, the others use every bit. */
const fillDoubles = (address: number, count: number, seed: number): void => {
  fillWords(address, 2 * count, seed)
  for (const i of range(count)) {
    const [low, high] = [wordAt(address, 2 * i) >>> 0, wordAt(address, 2 * i + 1)]
    doubles[address / 8 + i] = low % 3 === 0 ? (edges[low % edges.length] ?? 0) : ((low / 2 ** 31 - 1) * 4) / (1 + (high & 7))
  }
}
/** Masks, where conditions are wanted; or any words. */
const fillOperand = (address: number, count: number, seed: number, bytes: ElementBytes, isMask: boolean): void => {
  if (bytes === 8) fillDoubles(address, count, seed)
  else fillWords(address, count, seed)
  if (isMask) for (const i of range(count)) new Int32Array(memory.buffer)[address / 4 + i] = wordAt(address, i) % 2 === 0 ? 0 : -1
}
const numberAt = (bytes: ElementBytes, address: number, index: number): number =>
  bytes === 8 ? doubleAt(address, index) : wordAt(address, index)
/** Of so many words that were written, the numbers. */
const read = (count: number, bytes: ElementBytes, run: () => void): readonly number[] => {
  const got = written((count * bytes) / 4, run)
  return bytes === 8 ? range(count).map((i) => doubleAt(OUT, i)) : got
}

type Strides = readonly [outer: number, inner: number]
/** Beyond the farthest that strides reach, 5·95 + 18·5. */
const MIDDLE = 1024
const strides = (inner: number): fc.Arbitrary<Strides> =>
  fc
    .tuple(fc.constantFrom('flat', 'any'), fc.constantFrom(0, 1, 1, 2, -1, 5), fc.integer({ min: -20, max: 20 }))
    .map(([kind, step, jump]): Strides => (kind === 'flat' ? [inner * step, step] : [jump, step]))
const layouts = (operands: number) =>
  fc.tuple(size(6), size(19)).chain(([outer, inner]) =>
    fc.record({
      outer: fc.constant(outer),
      inner: fc.constant(inner),
      operands: fc.array(strides(inner), { minLength: operands, maxLength: operands }),
      seed: fc.nat(),
    }),
  )

const maskFirst = new Set(['maskToF64', 'selectDouble'])
const all: readonly (readonly [name: string, operands: number, oracle: Bits])[] = [
  ...Object.entries<Bits>({ ...oracles.unary, ...oracles.words, ...oracles.masks }).map(([name, f]) => [name, 1, f] as const),
  ...Object.entries<Bits>(oracles.binary).map(([name, f]) => [name, 2, f] as const),
  ...Object.entries<Bits>(oracles.select).map(([name, f]) => [name, 3, f] as const),
]

describe('element by element', () => {
  it.each(all)('%s', (name, count, oracle) => {
    fc.assert(
      fc.property(layouts(count), ({ outer, inner, operands, seed }) => {
        const slots = [A, B, C].slice(0, count)
        const bytes = slots.map((_, n) => bytesTaken(name, n))
        for (const [n, slot] of slots.entries()) fillOperand(slot, 2 * MIDDLE, seed + n, bytes[n] ?? 4, n === 0 && maskFirst.has(name))
        const args = operands.flatMap(([o, i], n) => [(slots[n] ?? A) + (bytes[n] ?? 4) * MIDDLE, o, i])
        const given = bytesGiven(name)
        const got = read(outer * inner, given, () => kernel(name)(OUT, outer, inner, ...args))
        const want = range(outer * inner).map((at) => {
          const [row, column] = [Math.floor(at / inner), at % inner]
          return oracle(...operands.map(([o, i], n) => numberAt(bytes[n] ?? 4, slots[n] ?? A, MIDDLE + row * o + column * i)))
        })
        expect(given === 8 ? got : got.map(canonical)).toEqual(given === 8 ? want : want.map(canonical))
      }),
      { numRuns: 60 },
    )
  })
})

describe('over the middle axis', () => {
  it.each<readonly [string, (column: readonly number[]) => number]>([
    ['sumDouble', (xs) => xs.reduce((x, y) => x + y, 0)],
    ['maxDouble', (xs) => Math.max(...xs)],
    ['argMaxDouble', (xs) => (xs.some(Number.isNaN) ? xs.findIndex(Number.isNaN) : Math.max(0, xs.indexOf(Math.max(...xs))))],
  ])('%s', (name, oracle) => {
    fc.assert(
      fc.property(size(6), size(40), fc.oneof(fc.constant(1), size(9)), fc.nat(), (outer, mid, inner, seed) => {
        fillDoubles(A, outer * mid * inner, seed)
        const got = read(outer * inner, name === 'argMaxDouble' ? 4 : 8, () => kernel(name)(OUT, outer, mid, inner, A))
        const want = range(outer * inner).map((at) =>
          oracle(range(mid).map((m) => doubleAt(A, (Math.floor(at / inner) * mid + m) * inner + (at % inner)))),
        )
        expect(got).toEqual(want)
      }),
      { numRuns: 200 },
    )
  })
})

describe('products', () => {
  type Matrix = readonly [row: number, column: number]
  const matrix = (rows: number, columns: number): fc.Arbitrary<Matrix> =>
    fc.constantFrom<Matrix>([columns, 1], [1, rows], [0, 1], [1, 0], [3 * columns, 3], [-2, 1])
  const cases = fc
    .tuple(size(9), size(7), size(12))
    .chain(([m, n, k]) => fc.record({ sizes: fc.constant([m, n, k] as const), a: matrix(m, k), b: matrix(k, n), seed: fc.nat() }))
  const START = 1024

  const expected = ([m, n, k]: readonly [number, number, number], a: Matrix, b: Matrix): readonly number[] =>
    range(m * n).map((at) =>
      range(k).reduce((sum, p) => {
        const x = doubleAt(A, START + Math.floor(at / n) * a[0] + p * a[1])
        return sum + x * doubleAt(B, START + p * b[0] + (at % n) * b[1])
      }, 0),
    )

  it('by the kernel', () => {
    fc.assert(
      fc.property(cases, ({ sizes: [m, n, k], a, b, seed }) => {
        fillDoubles(A, 2 * START, seed)
        fillDoubles(B, 2 * START, seed + 1)
        const got = read(m * n, 8, () => kernel('matmulDouble')(OUT, n, m, n, k, A + 8 * START, ...a, B + 8 * START, ...b))
        expect(got).toEqual(expected([m, n, k], a, b))
      }),
      { numRuns: 400 },
    )
  })

  it('written out, where they are tiny', () => {
    fc.assert(
      fc.property(cases, ({ sizes: [m, n, k], a, b, seed }) => {
        const at = (slot: number, [row, column]: Matrix) => ({ address: fixed(0, slot + 8 * START), row, column })
        const product: Product = { kind: 'matmul', precision: 'float64', out: fixed(0, OUT), outRow: n, a: at(A, a), b: at(B, b), m, n, k }
        fc.pre(isTinyProduct(product))
        fillDoubles(A, 2 * START, seed)
        fillDoubles(B, 2 * START, seed + 1)
        expect(read(m * n, 8, emittedWith({} as Kernels)(product))).toEqual(expected([m, n, k], a, b))
      }),
      { numRuns: 400 },
    )
  })
})

it('rows are added in order, and what is outside is dropped', () => {
  const cases = fc.record({ batch: size(3), count: size(6), rows: size(5), row: size(11), seed: fc.nat() })
  fc.assert(
    fc.property(cases, ({ batch, count, rows, row, seed }) => {
      fillDoubles(A, batch * count * row, seed)
      const indices = range(batch * count).map((i) => ((seed + i * 7919) % (rows + 3)) - 1)
      words.set(indices, B / 4)
      const got = read(batch * rows * row, 8, () => kernel('scatterAddRowsDouble')(OUT, A, B, batch, count, rows, row))
      const want: number[] = Array(batch * rows * row).fill(0)
      for (const [i, index] of indices.entries())
        for (const r of index < 0 || index >= rows ? [] : range(row)) {
          const to = (Math.floor(i / count) * rows + index) * row + r
          want[to] = (want[to] ?? 0) + doubleAt(A, i * row + r)
        }
      expect(got).toEqual(want)
    }),
  )
})

it('windows that overlap are added up in row-major order', () => {
  const cases = fc.record({ rows: size(5), columns: size(7), row: size(5), column: fc.integer({ min: 1, max: 3 }), seed: fc.nat() })
  fc.assert(
    fc.property(cases, ({ rows, columns, row, column, seed }) => {
      const reach = rows * row + columns * column + 1
      fillDoubles(A, rows * columns, seed)
      fillDoubles(C, reach, seed + 1)
      const want = range(reach).map((i) => doubleAt(C, i))
      for (const i of range(rows * columns)) {
        const to = Math.floor(i / columns) * row + (i % columns) * column
        want[to] = (want[to] ?? 0) + doubleAt(A, i)
      }
      words.set([2, rows, columns, row, column], B / 4)
      const got = read(reach, 8, () => {
        for (const i of range(reach)) doubles[OUT / 8 + i] = doubleAt(C, i)
        kernel('scatterAddViewDouble')(OUT, B, A)
      })
      expect(got).toEqual(want)
    }),
  )
})

it('a constant of two words fills as many as are wanted, and no more', () => {
  for (const count of range(7)) {
    doubles.fill(1.5, B / 8, B / 8 + 1)
    const [low, high] = [wordAt(B, 0), wordAt(B, 1)]
    expect(read(count, 8, () => kernel('fill')(OUT, 2 * count, low, high))).toEqual(Array(count).fill(1.5))
  }
  expect(written(3, () => kernel('fill')(OUT, 3, bitsOf(1), 7))).toEqual([bitsOf(1), 7, bitsOf(1)])
})
