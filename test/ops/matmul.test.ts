/** One matrix for all rows of a tensor, and what does not fit it. */
import { describe, expect, test } from 'vitest'
import { batched, printProgram, trace } from '../../src/graph/index.js'
import { tensors } from '../../src/ops/apply.js'
import { matmul } from '../../src/ops/index.js'
import { matrix, placeholder, scalar, type Tensor, tensor, toNested, vector, zeros } from '../../src/tensor/index.js'

const w = matrix([
  [1, 0],
  [0, 1],
  [10, 100],
])

describe('matmul', () => {
  test('of rows', () => expect(toNested(matmul(w)(matrix([[1, 2, 3]])))).toEqual([[31, 302]]))
  test('of any number of leading axes, as one product of all rows', () => {
    const x = tensor([2, 1, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 0])
    const y = matmul(w)(x)
    expect(y.shape).toEqual([2, 1, 2, 2])
    expect(toNested(y)).toEqual([
      [
        [
          [31, 302],
          [64, 605],
        ],
      ],
      [
        [
          [97, 908],
          [0, 1],
        ],
      ],
    ])
  })
  test('of no rows', () => expect(matmul(w)(zeros([2, 0, 3])).shape).toEqual([2, 0, 2]))

  test('of matrices on both sides, a product for each, however many axes lead', () => {
    const lead = [2, 1, 2, 1, 3]
    const count = 12
    const numbers = (size: number, f: (i: number) => number) => Array.from({ length: size }, (_, i) => f(i))
    const x = tensor(
      [...lead, 1, 2],
      numbers(count * 2, (i) => i),
    )
    const y = tensor(
      [...lead, 2, 1],
      numbers(count * 2, (i) => i % 5),
    )
    const wanted = numbers(count, (b) => 2 * b * ((2 * b) % 5) + (2 * b + 1) * ((2 * b + 1) % 5))
    expect(toNested(tensors.reshape(tensors.matmul(x, y), { shape: [count] }))).toEqual(wanted)
  })

  test.each<readonly [string, Tensor, Tensor, string]>([
    ['a vector', w, vector([1, 2, 3]), '[3] and [3, 2]'],
    ['a scalar', w, scalar(1), '[] and [3, 2]'],
    ['rows of another size', w, zeros([5, 2, 2]), '[5, 2, 2] and [3, 2]'],
    ['a vector of weights', vector([1, 2, 3]), zeros([5, 2, 3]), '[5, 2, 3] and [3]'],
    ['many matrices of weights', zeros([3, 2, 2]), zeros([5, 2, 3]), '[5, 2, 3] and [3, 2, 2]'],
  ])('refuses %s, as it was given', (_, weights, x, shapes) =>
    expect(() => matmul(weights as never)(x as never)).toThrow(
      expect.objectContaining({ message: `matmul expects [..., M, K] and [..., K, N], receives ${shapes}` }),
    ),
  )
})

describe('a batch of examples is rows of one product', () => {
  const programOf = (shape: readonly number[]): readonly string[] => {
    const product = batched((x: Tensor) => tensors.matmul(x, w))
    return printProgram(trace(product)(placeholder(shape) as never)).split('\n')
  }
  test('of one axis', () =>
    expect(programOf([5, 4, 3])).toEqual([
      '%0 = input the root : float32 [5, 4, 3]',
      '%1 = reshape %0 {shape:[20,3]} : float32 [20, 3]',
      '%2 = literal : float32 [3, 2]',
      '%3 = matmul %1 %2 : float32 [20, 2]',
      '%4 = reshape %3 {shape:[5,4,2]} : float32 [5, 4, 2]',
      'return %4',
    ]))
})
