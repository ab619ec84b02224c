/** Tensors put together along a new axis, and taken apart. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { grad } from '../../src/graph/index.js'
import { at, mul, square, stack, sumAll } from '../../src/ops/index.js'
import { matrix, scalar, type Tensor, toArray, toNested, vector } from '../../src/tensor/index.js'

describe('stack and at', () => {
  const [a, b] = [vector([1, 2, 3]), vector([4, 5, 6])] as const
  test('stack makes a first axis, at takes one entry of it', () => {
    const both = stack([a, b])
    const shape: readonly [2, 3] = both.shape
    expect([shape, toNested(both)]).toEqual([
      [2, 3],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ])
    const row: readonly [3] = at(1)(both).shape
    expect([row, toNested(at(1)(both)), toNested(at(-2)(both))]).toEqual([[3], [4, 5, 6], [1, 2, 3]])
    expect(toNested(stack([scalar(1), scalar(2)]))).toEqual([1, 2])
  })
  test('at of stack is the tensor, with its gradient, on every engine', () => {
    const f = (x: Tensor) => sumAll(mul(at(0)(matrix([[2, 3]])))(at(1)(stack([square(x), x])) as never))
    for (const engine of [reference, wasm]) expect(Array.from(toArray(compile(engine)(grad<Tensor>(f))(vector([5, 7]))))).toEqual([2, 3])
  })
  test.each<readonly [() => unknown, string]>([
    [() => stack([]), 'stack expects at least one tensor, receives none'],
    [() => stack([a, vector([1])]), 'stack expects tensors of one shape, receives [3] and [1]'],
    [() => stack(a as never), 'stack expects a list of tensors, receives float32 [3]'],
    [() => pipe(a, at(3)), 'at expects an index from -3 to 2, receives 3'],
    [() => pipe(a, at(0.5)), 'at expects an index from -3 to 2, receives 0.5'],
  ])('%#', (make, sentence) => expect(make).toThrow(expect.objectContaining({ message: sentence })))
})
