import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixed } from '../../../src/engine/program/address.js'
import type { Pointwise } from '../../../src/engine/program/instruction.js'
import { rowsTogether } from '../../../src/engine/wasm/emit/rows-together.js'
import { type Bits, bitsOf, exact, near } from '../program/lane-oracles.js'
import { A, B, C, canonical, fillWords, kernel, OUT, words, written } from './kernel-host.js'

/** Operations with arithmetic of our own: their accuracy has its own test, here a lane must not depend on its place. */
const own = Object.keys(near.unary)

type Strides = readonly [outer: number, inner: number]
const MIDDLE = 1024

const sizes = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 19 }))
/** Strides of an operand: often contiguous or repeated, sometimes anything. */
const strides = (inner: number): fc.Arbitrary<Strides> =>
  fc
    .tuple(fc.constantFrom('flat', 'any'), fc.constantFrom(0, 1, 1, 2, -1, 5), fc.integer({ min: -20, max: 20 }))
    .map(([kind, step, jump]): Strides => (kind === 'flat' ? [inner * step, step] : [jump, step]))
const layouts = (operands: number) =>
  sizes.chain(([outer, inner]) =>
    fc.record({
      outer: fc.constant(outer),
      inner: fc.constant(inner),
      operands: fc.array(strides(inner), { minLength: operands, maxLength: operands }),
      seed: fc.nat(),
    }),
  )
const SLOTS = [A, B, C]
const OPTIONS = { numRuns: 60 }

const element = (slot: number, [o, i]: Strides, row: number, column: number): number => words[slot / 4 + MIDDLE + row * o + column * i] ?? 0

/** Runs a kernel on operands of these strides and compares each element with the oracle. */
const agrees = (
  name: string,
  oracle: Bits,
  layout: { outer: number; inner: number; operands: readonly Strides[]; seed: number },
  extra: readonly number[] = [],
): void => {
  const { outer, inner, operands, seed } = layout
  for (const [i] of operands.entries()) fillWords(SLOTS[i] ?? A, 2 * MIDDLE, seed + i)
  const args = operands.flatMap(([o, i], n) => [(SLOTS[n] ?? A) + 4 * MIDDLE, o, i])
  const got = written(outer * inner, () => kernel(name)(OUT, outer, inner, ...args, ...extra))
  const want = Array.from({ length: outer * inner }, (_, at) => {
    const row = Math.floor(at / inner)
    return oracle(...operands.map((s, n) => element(SLOTS[n] ?? A, s, row, at - row * inner)), ...extra)
  })
  expect(got.map(canonical)).toEqual(want.map(canonical))
}

describe('one operand', () => {
  it.each(Object.entries<Bits>(exact.unary))('%s', (name, oracle) => {
    fc.assert(
      fc.property(layouts(1), (layout) => agrees(name, oracle, layout)),
      OPTIONS,
    )
  })
  it.each(own)('%s gives a lane the same bits wherever it lies', (name) => {
    const alone: Bits = (x) => {
      words[B / 4] = x
      kernel(name)(C, 1, 1, B, 1, 1)
      return words[C / 4] ?? 0
    }
    fc.assert(
      fc.property(layouts(1), (layout) => agrees(name, alone, layout)),
      OPTIONS,
    )
  })
  it.each(Object.entries<Bits>(exact.shift))('%s', (name, oracle) => {
    fc.assert(
      fc.property(layouts(1), fc.integer({ min: 0, max: 31 }), (layout, bits) => agrees(name, oracle, layout, [bits])),
      OPTIONS,
    )
  })
  it.each([
    ['maskToI32', 1],
    ['maskToF32', bitsOf(1)],
  ])('%s', (name, yes) => {
    words.set([0, -1, -1, 0, -1, 0, -1], A / 4)
    expect(written(7, () => kernel(name)(OUT, 1, 7, A, 7, 1))).toEqual([0, yes, yes, 0, yes, 0, yes])
  })
})

describe('two operands', () => {
  it.each(Object.entries<Bits>(exact.binary))('%s', (name, oracle) => {
    fc.assert(
      fc.property(layouts(2), (layout) => agrees(name, oracle, layout)),
      OPTIONS,
    )
  })
  it('pow gives a lane the same bits wherever it lies', () => {
    const alone: Bits = (x, y) => {
      words[C / 4] = x
      words[C / 4 + 1] = y
      kernel('pow')(C + 16, 1, 1, C, 1, 1, C + 4, 1, 1)
      return words[C / 4 + 4] ?? 0
    }
    fc.assert(
      fc.property(layouts(2), (layout) => agrees('pow', alone, layout)),
      OPTIONS,
    )
  })
  it('an operand may be overwritten', () => {
    fillWords(OUT, 11, 1)
    const want = [...words.subarray(OUT / 4, OUT / 4 + 11)].map((x) => canonical(x ^ 0x80000000))
    kernel('neg')(OUT, 1, 11, OUT, 11, 1)
    expect([...words.subarray(OUT / 4, OUT / 4 + 11)].map(canonical)).toEqual(want)
  })
})

describe('three operands', () => {
  it('select', () => {
    fc.assert(fc.property(layouts(3), (layout) => agrees('select', exact.select.select, layout)))
  })
})

describe('rows that do not fill vectors', () => {
  /** Numbers that run on, that are the same in every row, and that are one. */
  const kinds = (inner: number): readonly Strides[] => [
    [inner, 1],
    [0, 1],
    [0, 0],
  ]
  const rows = fc.record({
    outer: fc.integer({ min: 1, max: 11 }),
    inner: fc.integer({ min: 1, max: 18 }),
    which: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)),
    seed: fc.nat(),
  })
  it('are taken together, with the bits of rows alone', () => {
    fc.assert(
      fc.property(rows, ({ outer, inner, which, seed }) => {
        const operands = which.map((kind) => kinds(inner)[kind] as Strides)
        agrees('select', exact.select.select, { outer, inner, operands, seed })
        agrees('add', exact.binary.add, { outer, inner, operands: operands.slice(0, 2), seed })
      }),
      { numRuns: 500 },
    )
  })

  const loop = (outer: number, inner: number, operands: readonly Strides[], steps = 1): Pointwise => ({
    kind: 'pointwise',
    outer,
    inner,
    inputs: operands.map(([row, step]) => ({ address: fixed(0), outer: row, inner: step, bytesPer: 4 })),
    steps: Array.from({ length: steps }, () => ({ operation: 'add', args: [0, 0], bits: 0 })),
    outputs: [{ value: operands.length, to: fixed(0), bytesPer: 4 }],
  })
  it.each<readonly [number, Pointwise]>([
    [2, loop(9, 6, kinds(6))],
    [4, loop(9, 5, kinds(5))],
    [1, loop(9, 8, kinds(8))],
    [1, loop(1, 6, kinds(6))],
    [1, loop(9, 6, [[1, 0]])],
    [1, loop(9, 6, [[7, 1]])],
    [1, loop(9, 10, kinds(10), 40)],
  ])('as many as make vectors, %i, if they run on or repeat', (together, rowsOf) => expect(rowsTogether(rowsOf)).toBe(together))
})
