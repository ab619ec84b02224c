/** Nested arrays in and out. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromNested, type Nested, scalar, tensor, toNested, zeros } from '../../src/tensor/index.js'

describe('nested arrays', () => {
  test('come back as they were, whatever the shape', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 4 }), (shape) => {
        const size = shape.reduce((a, b) => a * b, 1)
        const x = tensor(
          shape,
          Array.from({ length: size }, (_, i) => i),
        )
        const nested = toNested(x) as Nested
        const end = shape.indexOf(0)
        // After an axis of no entries there are no brackets left to count.
        expect(fromNested(nested).shape).toEqual(end < 0 ? shape : shape.slice(0, end + 1))
        expect(toNested(fromNested(nested)) as Nested).toEqual(nested)
      }),
    ))
  test('are typed by what is written', () => {
    const x = fromNested([
      [1, 2, 3],
      [4, 5, 6],
    ])
    const shape: readonly [2, 3] = x.shape
    expect(shape).toEqual([2, 3])
    const rows: readonly (readonly number[])[] = toNested(x)
    expect(rows).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
    const one: number = toNested(scalar(7))
    expect([one, toNested(fromNested(7))]).toEqual([7, 7])
  })
  test('may hold typed arrays, at any precision', () => {
    expect(toNested(fromNested([Float32Array.of(1, 2), Float32Array.of(3, 4)]))).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(toNested(fromNested([[true], [false]], 'bool'))).toEqual([[1], [0]])
  })
  test.each<readonly [unknown, string]>([
    [[[1, 2], [3]], 'fromNested expects 2 entries in every bracket of a level, receives 1 (at [1])'],
    [[[1, 2], 3], 'fromNested expects 2 entries in every bracket of a level, receives none (at [1])'],
    [
      [
        [[1], [2]],
        [[3], [4], [5]],
      ],
      'fromNested expects 2 entries in every bracket of a level, receives 3 (at [1])',
    ],
    [
      [
        [[1], [2]],
        [[3], [4, 5]],
      ],
      'fromNested expects 1 entry in every bracket of a level, receives 2 (at [1][1])',
    ],
    [[1, [2]], 'fromNested expects numbers, receives [2] (at [1])'],
    [
      [
        [1, 2],
        [3, null],
      ],
      'fromNested expects numbers, receives null (at [1][1])',
    ],
    ['text', 'fromNested expects numbers, receives "text"'],
    [undefined, 'fromNested expects numbers, receives undefined'],
  ])('%j is refused, and where', (nested, sentence) =>
    expect(() => fromNested(nested as Nested)).toThrow(new RegExp(`^${sentence.replace(/[[\]()]/g, '\\$&')}$`)),
  )
  test('what contains itself ends', () => {
    const circle: unknown[] = []
    circle.push(circle)
    expect(() => fromNested(circle as Nested)).toThrow('fromNested expects at most 64 axes, receives more')
  })
  test('no numbers: the shape is kept', () => expect(toNested(zeros([2, 0]))).toEqual([[], []]))
})
