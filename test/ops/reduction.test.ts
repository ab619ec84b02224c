/** Reductions along an axis, counted from the end or from the front. */
import { describe, expect, test } from 'vitest'
import { argMax, max, mean, meanAll, min, norm, sum, sumAll } from '../../src/ops/index.js'
import { scalar, type Tensor, tensor, toNested, toNumber, zeros } from '../../src/tensor/index.js'

/** 0, 1, … 11 in two rows of threes of pairs, some with their signs turned. */
const x = tensor([2, 3, 2], [0, -1, 2, 3, 4, -5, 6, 7, -8, 9, 10, 11])
const reductions = { sum, mean, max, min, argMax, norm } as Readonly<Record<string, (axis: number) => (x: Tensor) => Tensor>>

describe('an axis goes away', () => {
  test.each<readonly [string, number, unknown]>([
    [
      'sum',
      -1,
      [
        [-1, 5, -1],
        [13, 1, 21],
      ],
    ],
    [
      'sum',
      -2,
      [
        [6, -3],
        [8, 27],
      ],
    ],
    [
      'sum',
      -3,
      [
        [6, 6],
        [-6, 12],
        [14, 6],
      ],
    ],
    [
      'mean',
      -1,
      [
        [-0.5, 2.5, -0.5],
        [6.5, 0.5, 10.5],
      ],
    ],
    [
      'mean',
      -2,
      [
        [2, -1],
        [8 / 3, 9],
      ],
    ],
    [
      'max',
      -1,
      [
        [0, 3, 4],
        [7, 9, 11],
      ],
    ],
    [
      'max',
      -3,
      [
        [6, 7],
        [2, 9],
        [10, 11],
      ],
    ],
    [
      'min',
      -1,
      [
        [-1, 2, -5],
        [6, -8, 10],
      ],
    ],
    [
      'min',
      -2,
      [
        [0, -5],
        [-8, 7],
      ],
    ],
    [
      'argMax',
      -1,
      [
        [0, 1, 0],
        [1, 1, 1],
      ],
    ],
    [
      'argMax',
      -2,
      [
        [2, 1],
        [2, 2],
      ],
    ],
    [
      'argMax',
      -3,
      [
        [1, 1],
        [0, 1],
        [1, 1],
      ],
    ],
    [
      'norm',
      -2,
      [
        [Math.sqrt(20), Math.sqrt(35)],
        [Math.sqrt(200), Math.sqrt(251)],
      ],
    ],
  ])('%s(%d), and counted from the front', (name, axis, expected) => {
    const reduce = reductions[name] as (typeof reductions)[string]
    const wanted = toNested(tensor(reduce(axis)(x).shape, (expected as number[][]).flat(), reduce(axis)(x).precision))
    expect(toNested(reduce(axis)(x))).toEqual(wanted)
    expect(toNested(reduce(axis + 3)(x))).toEqual(wanted)
  })
  test('of all, none is left', () => expect([toNumber(sumAll(x)), toNumber(meanAll(x))]).toEqual([38, Math.fround(38 / 12)]))
  test('of none, the mean is NaN', () => {
    expect(toNested(mean(0)(zeros([0, 2])))).toEqual([Number.NaN, Number.NaN])
    expect(toNumber(meanAll(zeros([0])))).toBeNaN()
  })
})

describe('an axis that is not there', () => {
  test.each(Object.keys(reductions))('%s', (name) => {
    const reduce = reductions[name] as (typeof reductions)[string]
    for (const axis of [3, -4, 0.5, -0.5, Number.NaN, Number.NEGATIVE_INFINITY])
      expect(() => reduce(axis)(x)).toThrow(`${name} expects an axis of [2, 3, 2], receives ${axis}`)
    for (const axis of [0, -1]) expect(() => reduce(axis)(scalar(1))).toThrow(`${name} expects an axis of [], receives ${axis}`)
  })
})
