/** Views of other shapes: what need not be copied to be reshaped. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lower } from '../../../src/engine/program/lower.js'
import { stridesAs } from '../../../src/engine/program/place.js'
import { type Program, pruned, trace } from '../../../src/graph/index.js'
import { tensors as o } from '../../../src/ops/apply.js'
import { sizeOf } from '../../../src/shape/index.js'
import { ones, type Tensor } from '../../../src/tensor/index.js'

const offsets = (shape: readonly number[], strides: readonly number[]): readonly number[] =>
  shape.reduce<readonly number[]>(
    (from, size, axis) => from.flatMap((at) => Array.from({ length: size }, (_, i) => at + i * (strides[axis] ?? 0))),
    [0],
  )
const as = (shape: readonly number[], strides: readonly number[], to: readonly number[]): readonly number[] | undefined =>
  stridesAs({ shape, strides }, to)

describe('stridesAs', () => {
  it('divides axes, and joins those that run straight on', () => {
    expect(as([6, 4], [4, 1], [2, 3, 2, 2])).toEqual([12, 4, 2, 1])
    expect(as([2, 3, 4], [12, 4, 1], [24])).toEqual([1])
    expect(as([3, 2], [1, 3], [3, 2, 1])).toEqual([1, 3, 0])
    expect(as([5, 4], [1, 0], [5, 2, 2])).toEqual([1, 0, 0])
    expect(as([], [], [1, 1])).toEqual([0, 0])
  })
  it('joins no others', () => {
    expect(as([3, 2], [1, 3], [6])).toBeUndefined()
    expect(as([3, 2], [1, 3], [2, 3])).toBeUndefined()
    expect(as([5, 4], [1, 0], [4, 5])).toBeUndefined()
    expect(as([0, 4], [4, 1], [4, 0])).toBeUndefined()
  })
  it('gives a view of the same numbers in the same order, or nothing', () => {
    const axis = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: -12, max: 12 }))
    const given = fc.tuple(fc.array(axis, { maxLength: 4 }), fc.nat(1000))
    fc.assert(
      fc.property(given, ([axes, seed]) => {
        const [shape, strides] = [axes.map(([size]) => size), axes.map(([, step]) => step)]
        const size = sizeOf(shape)
        const first = [1, 2, 3, 4].filter((n) => size % n === 0)[seed % 2] ?? 1
        const to = seed % 3 === 0 ? [size] : [first, size / first]
        const found = as(shape, strides, to)
        if (found !== undefined) expect(offsets(to, found)).toEqual(offsets(shape, strides))
      }),
      { numRuns: 500 },
    )
  })
})

const kindsOf = (f: (x: Tensor) => Tensor, x: Tensor): readonly string[] =>
  lower(pruned(trace(f)(x) as Program)).instructions.map(({ kind }) => kind)
const windows = { axis: -1, size: 3, stride: 3, dilation: 1 }

describe('windows side by side', () => {
  it('are put together by no addition into memory', () => {
    expect(kindsOf((x) => o.overlapAdd(x, { ...windows, length: 12 }), ones([4, 3]))).toEqual(['fill', 'pointwise'])
    expect(kindsOf((x) => o.overlapAdd(x, { ...windows, length: 12 }), ones([4, 3], 'float64'))).toEqual(['fill', 'pointwise'])
    expect(kindsOf((x) => o.overlapAdd(o.neg(x), { ...windows, length: 12 }), ones([4, 3], 'int32'))).toEqual(['pointwise'])
  })
  it('but are where something is left over, or they overlap, or lie within each other', () => {
    expect(kindsOf((x) => o.overlapAdd(x, { ...windows, length: 13 }), ones([4, 3]))).toContain('scatter')
    expect(kindsOf((x) => o.overlapAdd(x, { ...windows, stride: 1, length: 6 }), ones([4, 3]))).toContain('scatter')
    expect(kindsOf((x) => o.overlapAdd(x, { axis: -1, size: 2, stride: 2, dilation: 3, length: 10 }), ones([4, 2]))).toContain('scatter')
  })
})
