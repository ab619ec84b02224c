/** Ops that move numbers, each by an example, and what they refuse. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import {
  at,
  concat,
  expand,
  expandFirst,
  expandLast,
  oneHot,
  overlapAdd,
  pad,
  permute,
  reshape,
  slice,
  takeRows,
  transpose,
  windows,
} from '../../src/ops/index.js'
import { matrix, scalar, type Tensor, tensor, toNested, vector } from '../../src/tensor/index.js'

const rows = matrix([
  [1, 2, 3],
  [4, 5, 6],
])
const box = tensor([1, 2, 3], [1, 2, 3, 4, 5, 6])

test.each<readonly [string, () => Tensor, readonly number[], unknown]>([
  [
    'reshape',
    () => reshape([3, 2])(rows),
    [3, 2],
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ],
  [
    'transpose',
    () => transpose(rows) as Tensor,
    [3, 2],
    [
      [1, 4],
      [2, 5],
      [3, 6],
    ],
  ],
  ['permute, all axes', () => permute([-1, -3, -2])(box), [3, 1, 2], [[[1, 4]], [[2, 5]], [[3, 6]]]],
  [
    'permute, the last axes',
    () => permute([-1, -2])(box),
    [1, 3, 2],
    [
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
  ],
  ['slice', () => slice({ starts: [1, 1], sizes: [1, 2] })(rows), [1, 2], [[5, 6]]],
  [
    'slice, the last axis',
    () => slice({ starts: [1], sizes: [2] })(rows),
    [2, 2],
    [
      [2, 3],
      [5, 6],
    ],
  ],
  ['pad', () => pad({ low: [1], high: [2], value: 9 })(vector([1, 2])), [5], [9, 1, 2, 9, 9]],
  [
    'pad, below only',
    () => pad({ low: [1, 0], high: [0, 0], value: 0 })(rows),
    [3, 3],
    [
      [0, 0, 0],
      [1, 2, 3],
      [4, 5, 6],
    ],
  ],
  [
    'concat',
    () => concat({ axis: -1 })([rows, matrix([[7], [8]])]),
    [2, 4],
    [
      [1, 2, 3, 7],
      [4, 5, 6, 8],
    ],
  ],
  [
    'expand',
    () => expand({ axes: [-1], sizes: [2] })(vector([1, 2])),
    [2, 2],
    [
      [1, 1],
      [2, 2],
    ],
  ],
  [
    'expand, along more axes than two in front',
    () => expand({ axes: [-4, -3, -2], sizes: [2, 1, 3] })(vector([1, 2])),
    [2, 1, 3, 2],
    [
      [
        [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
      ],
      [
        [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
      ],
    ],
  ],
  [
    'expand, around an axis',
    () => expand({ axes: [-1, -4, -3], sizes: [2, 2, 1] })(vector([1, 2])),
    [2, 1, 2, 2],
    [
      [
        [
          [1, 1],
          [2, 2],
        ],
      ],
      [
        [
          [1, 1],
          [2, 2],
        ],
      ],
    ],
  ],
  [
    'expandFirst',
    () => expandFirst(2)(vector([1, 2])),
    [2, 2],
    [
      [1, 2],
      [1, 2],
    ],
  ],
  [
    'expandLast',
    () => expandLast(2)(vector([1, 2])),
    [2, 2],
    [
      [1, 1],
      [2, 2],
    ],
  ],
  ['at', () => at(-2)(rows), [3], [1, 2, 3]],
  [
    'takeRows',
    () => takeRows(vector([1, 7, -1, 0], 'int32'))(rows),
    [4, 3],
    [
      [4, 5, 6],
      [0, 0, 0],
      [0, 0, 0],
      [1, 2, 3],
    ],
  ],
  [
    'windows',
    () => windows({ axis: -1, size: 2, stride: 2, dilation: 1 })(vector([1, 2, 3, 4, 5])),
    [2, 2],
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    'windows, dilated',
    () => windows({ axis: -1, size: 2, stride: 1, dilation: 3 })(vector([1, 2, 3, 4, 5])),
    [2, 2],
    [
      [1, 4],
      [2, 5],
    ],
  ],
  [
    'overlapAdd',
    () =>
      overlapAdd({ axis: -1, size: 2, stride: 1, dilation: 1, length: 3 })(
        matrix([
          [1, 2],
          [3, 4],
        ]),
      ),
    [3],
    [1, 5, 4],
  ],
  [
    'oneHot',
    () => oneHot(3)(vector([2, 0, 5, -1], 'int32')),
    [4, 3],
    [
      [0, 0, 1],
      [1, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ],
  ],
  ['oneHot of one', () => oneHot(2)(scalar(1, 'int32')), [2], [0, 1]],
  [
    'oneHot of rows',
    () =>
      oneHot(
        2,
        'float64',
      )(
        matrix(
          [
            [0, 1],
            [1, 1],
          ],
          'int32',
        ),
      ),
    [2, 2, 2],
    [
      [
        [1, 0],
        [0, 1],
      ],
      [
        [0, 1],
        [0, 1],
      ],
    ],
  ],
])('%s', (_, make, shape, expected) => {
  const y = make()
  expect(y.shape).toEqual(shape)
  expect(toNested(y)).toEqual(expected)
})

test('oneHot is of the precision that is asked for', () => {
  const index = vector([1], 'int32')
  expect([oneHot(2)(index).precision, oneHot(2, 'float64')(index).precision]).toEqual(['float32', 'float64'])
})

test('the attributes are those of the call, whatever becomes of them', () => {
  const sizes = [2, 1]
  const shaped = reshape(sizes)
  sizes[0] = 7
  expect(shaped(vector([1, 2])).shape).toEqual([2, 1])
})

describe('refused', () => {
  test.each<readonly [string, () => unknown, string]>([
    ['at, before the first', () => pipe(vector([1, 2, 3]), at(-4)), 'at expects an index from -3 to 2, receives -4'],
    ['at, behind the last', () => pipe(vector([1, 2, 3]), at(3)), 'at expects an index from -3 to 2, receives 3'],
    ['slice of nothing', () => slice(undefined as never), 'slice expects a record of attributes, receives undefined'],
    ['pad', () => pad(undefined as never), 'pad expects a record of attributes, receives undefined'],
    ['expand', () => expand(null as never), 'expand expects a record of attributes, receives null'],
    ['windows', () => windows(3 as never), 'windows expects a record of attributes, receives 3'],
    ['overlapAdd', () => overlapAdd(undefined as never), 'overlapAdd expects a record of attributes, receives undefined'],
    ['expandFirst of a number', () => expandFirst(2)(1 as never), 'expandFirst expects a tensor, receives 1'],
  ])('%s', (_, make, message) => expect(make).toThrow(message))
})
