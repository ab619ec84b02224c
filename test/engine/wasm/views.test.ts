import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitsOf, floatOf } from '../program/lane-oracles.js'
import {
  A,
  B,
  canonical,
  fillFloats,
  fillWords,
  floatAt,
  kernel,
  OUT,
  range,
  SCRATCH,
  size,
  wordAt,
  words,
  written,
} from './kernel-host.js'

describe('views', () => {
  const MIDDLE = 4096
  const META = SCRATCH
  type Axis = readonly [size: number, stride: number]

  /** Offsets of a view's elements, in row-major order. */
  const offsets = (axes: readonly Axis[]): number[] =>
    axes.reduce<number[]>((from, [n, stride]) => from.flatMap((offset) => range(n).map((i) => offset + i * stride)), [0])
  const writeMeta = (axes: readonly Axis[]): void =>
    words.set([axes.length, ...axes.map(([n]) => n), ...axes.map(([, stride]) => stride)], META / 4)

  const gathers = (axes: readonly Axis[], seed: number): void => {
    fillWords(A, 2 * MIDDLE, seed)
    writeMeta(axes)
    const at = offsets(axes)
    const got = written(at.length, () => kernel('gatherView')(OUT, META, A + 4 * MIDDLE))
    expect(got).toEqual(at.map((offset) => wordAt(A, MIDDLE + offset)))
  }

  const scatters: Record<string, (before: number, x: number) => number> = {
    scatterView: (_, x) => x,
    scatterAddView: (before, x) => bitsOf(floatOf(before) + floatOf(x)),
    scatterAddViewInt: (before, x) => (before + x) | 0,
  }
  const scattersLike = (name: string, axes: readonly Axis[], seed: number): void => {
    const at = offsets(axes)
    fillWords(A, at.length, seed)
    fillWords(OUT, 2 * MIDDLE, seed + 1)
    writeMeta(axes)
    const want = [...words.subarray(OUT / 4, OUT / 4 + 2 * MIDDLE)]
    for (const [i, offset] of at.entries()) want[MIDDLE + offset] = scatters[name]?.(want[MIDDLE + offset] ?? 0, wordAt(A, i)) ?? 0
    kernel(name)(OUT + 4 * MIDDLE, META, A)
    const differs = (x: number, i: number): boolean => x !== want[i] && canonical(x) !== canonical(want[i] ?? 0)
    expect(words.subarray(OUT / 4, OUT / 4 + 2 * MIDDLE).findIndex(differs)).toBe(-1)
  }

  const axis = fc.tuple(size(7), fc.constantFrom(0, 1, 1, 2, 3, 7, 8, 49, -1, -5))
  const anyAxes = fc.array(axis, { maxLength: 4 })
  /** Transposes, slices with gaps, overlapping windows: those with a fast path or a trap. */
  const shaped: readonly (readonly Axis[])[] = [
    [
      [67, 1],
      [70, 67],
    ],
    [
      [70, 1],
      [9, 71],
    ],
    [
      [5, 1],
      [5, 2],
    ],
    [
      [9, 1],
      [6, 1],
    ],
    [
      [9, 2],
      [6, 1],
    ],
    [
      [3, 300],
      [13, 17],
      [11, 1],
    ],
    [
      [2, 400],
      [3, 8],
      [5, 1],
      [8, 30],
    ],
    [
      [4, 100],
      [90, 1],
    ],
    [
      [20, 1],
      [3, 0],
    ],
    [
      [1, 9],
      [12, 3],
    ],
    [
      [12, 3],
      [1, 9],
    ],
    [],
  ]

  it('gatherView copies any view', () => {
    fc.assert(fc.property(anyAxes, fc.nat(), gathers), { numRuns: 400 })
    for (const [i, axes] of shaped.entries()) gathers(axes, i)
  })
  it.each(Object.keys(scatters))('%s writes any view, in order', (name) => {
    fc.assert(
      fc.property(anyAxes, fc.nat(), (axes, seed) => scattersLike(name, axes, seed)),
      { numRuns: 150 },
    )
    for (const [i, axes] of shaped.entries()) scattersLike(name, axes, i)
  })
})

describe('rows', () => {
  const cases = fc.record({ batch: size(3), count: size(6), rows: size(5), row: size(11), seed: fc.nat() })
  const chosen = (count: number, rows: number, seed: number): number[] => range(count).map((i) => ((seed + i * 7919) % (rows + 3)) - 1)

  it('gatherRows reads the chosen rows, and zeros outside', () => {
    fc.assert(
      fc.property(cases, ({ batch, count, rows, row, seed }) => {
        fillWords(A, batch * rows * row, seed)
        const indices = chosen(batch * count, rows, seed)
        words.set(indices, B / 4)
        const got = written(batch * count * row, () => kernel('gatherRows')(OUT, A, B, batch, count, rows, row))
        const want = indices.flatMap((index, i) =>
          range(row).map((r) => (index < 0 || index >= rows ? 0 : wordAt(A, (Math.floor(i / count) * rows + index) * row + r))),
        )
        expect(got).toEqual(want)
      }),
    )
  })

  it('scatterAddRows adds in order, and drops what is outside', () => {
    fc.assert(
      fc.property(cases, ({ batch, count, rows, row, seed }) => {
        fillFloats(A, batch * count * row, seed)
        const indices = chosen(batch * count, rows, seed)
        words.set(indices, B / 4)
        const got = written(batch * rows * row, () => kernel('scatterAddRows')(OUT, A, B, batch, count, rows, row))
        const want: number[] = Array(batch * rows * row).fill(0)
        for (const [i, index] of indices.entries()) {
          for (const r of index < 0 || index >= rows ? [] : range(row)) {
            const to = (Math.floor(i / count) * rows + index) * row + r
            want[to] = Math.fround((want[to] ?? 0) + floatAt(A, i * row + r))
          }
        }
        expect(got).toEqual(want.map(bitsOf))
      }),
    )
  })
})

describe('copies and constants', () => {
  it.each([...range(10), 63, 64, 65, 200])('%i elements', (count) => {
    fillWords(A, count, count)
    expect(written(count, () => kernel('copy')(OUT, A, 4 * count))).toEqual(range(count).map((i) => wordAt(A, i)))
    expect(written(count, () => kernel('fill')(OUT, count, 12345, 12345))).toEqual(Array(count).fill(12345))
  })
  it('the arena starts above what the module keeps', () => {
    expect(kernel('arenaStart')() % 16).toBe(0)
    expect(kernel('arenaStart')()).toBeLessThan(65536)
  })
})
