/** How tensors show themselves. */
import { inspect } from 'node:util'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { dense, input } from '../../src/layer/index.js'
import { gaussian } from '../../src/likelihood/index.js'
import { summary } from '../../src/network/index.js'
import { add } from '../../src/ops/index.js'
import { sgd } from '../../src/optimise/index.js'
import { key } from '../../src/random/index.js'
import { full, matrix, placeholder, range, scalar, type Tensor, tensor, vector } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

describe('printing', () => {
  test.each<readonly [Tensor, string]>([
    [scalar(0.1), 'float32 [] 0.1'],
    [scalar(1 / 3), 'float32 [] 0.33333'],
    [scalar(1 / 3, 'float64'), 'float64 [] 0.33333333'],
    [scalar(16_777_216, 'uint32'), 'uint32 [] 16777216'],
    [vector([1, -0, Number.NaN, Number.POSITIVE_INFINITY]), 'float32 [4] [1, -0, NaN, Infinity]'],
    [vector([1, 0], 'bool'), 'bool [2] [true, false]'],
    [vector([]), 'float32 [0] []'],
    [
      matrix([
        [1, 2],
        [3, 4],
      ]),
      'float32 [2, 2] \n[[1, 2],\n [3, 4]]',
    ],
    [tensor([2, 1, 2], [1, 2, 3, 4]), 'float32 [2, 1, 2] \n[[[1, 2]],\n [[3, 4]]]'],
    [range(8), 'int32 [8] [0, 1, 2, 3, 4, 5, 6, 7]'],
    [range(100), 'int32 [100] [0, 1, 2, …, 97, 98, 99]'],
    [full([9, 1], 0.5), 'float32 [9, 1] \n[[0.5],\n [0.5],\n [0.5],\n …,\n [0.5],\n [0.5],\n [0.5]]'],
    [placeholder([2, 3], 'float32', 'x'), 'placeholder x float32 [2, 3]'],
    [add(1)(placeholder([2])), 'add float32 [2]'],
  ])('%s', (x, text) => {
    expect(String(x)).toBe(text)
    expect(inspect(x)).toBe(text)
    expect(`${x}`).toBe(text)
  })

  test('inside of something else, in one line by a few of its numbers', () => {
    expect(inspect({ w: full([2, 2], 0.5), n: scalar(3, 'int32'), x: placeholder([2]), none: vector([]) })).toBe(
      '{\n  w: float32 [2, 2] 0.5, 0.5, 0.5, …,\n  n: int32 [] 3,\n  x: placeholder x float32 [2],\n  none: float32 [0]\n}',
    )
  })
  test('a network by its summary, a training state by its fields', () => {
    const net = pipe(input(2), dense(1))
    expect(inspect(net)).toBe(summary(net))
    const state = train(gaussian(net), sgd({ learningRate: 1 })).init(key(1))
    expect(inspect(state)).toMatch(/^TrainState \(3 parameters\) \{\n {2}params: \[\n.*weights: float32 \[2, 1\] /s)
    expect(inspect(state)).not.toContain('_values')
    expect(String(state)).toBe('TrainState after 0 steps, cost NaN, 3 parameters')
  })
})

describe('printing is bounded', () => {
  const numbersIn = (text: string): number => text.match(/0\.5/g)?.length ?? 0
  test.each([
    [[4, 4, 4, 4, 4, 4], 4096],
    [[4, 4, 4, 4, 4, 4, 4], 4096],
    [[9, 9, 9, 9, 9], 2 * 6 ** 4],
    [[4, 4, 4, 4, 4, 4, 4, 4, 1], 6],
  ] as const)('%j shows %i numbers', (shape, shown) => expect(numbersIn(String(full(shape, 0.5)))).toBe(shown))

  test('axes are left out from the front', () =>
    expect(String(full([2, 8, 8, 8, 8], 0.5)).startsWith('float32 [2, 8, 8, 8, 8] \n[[[[[0.5, ')).toBe(true))

  test('however many axes there are', () => {
    const x = tensor(
      Array.from({ length: 100_000 }, () => 1),
      [0.5],
    )
    expect(String(x).endsWith(' [0.5]')).toBe(true)
  })
})
