/**
 * Axes of one and of none: what is computed along them, as data. Over nothing a sum is 0, a mean is not a number, and a
 * maximum is refused.
 */
import type { Algebra } from '../../src/ops/index.js'
import { logSoftmax, logSumExp, mean, softmax, transpose } from '../../src/ops/index.js'
import type { Shape } from '../../src/shape/index.js'
import type { Tensor } from '../../src/tensor/index.js'

export interface AxisCase {
  readonly name: string
  readonly shape: Shape
  readonly f: (o: Algebra<Tensor>) => (x: Tensor) => Tensor
  readonly result: Shape
  /** From the numbers of x to those of f(x). */
  readonly value: (x: readonly number[]) => readonly number[]
  /** The gradient of the sum of f, where that is not ones. */
  readonly slope?: number
}
const same = (x: readonly number[]): readonly number[] => x
const none = (): readonly number[] => []
const many = (n: number, value: number) => (): readonly number[] => Array.from({ length: n }, () => value)

export const axisCases: readonly AxisCase[] = [
  { name: 'sum of none', shape: [2, 0], f: (o) => (x) => o.sum(x, { axes: [-1] }), result: [2], value: many(2, 0) },
  { name: 'sum of no rows', shape: [0, 2], f: (o) => (x) => o.sum(x, { axes: [-2] }), result: [2], value: many(2, 0) },
  { name: 'sum of one', shape: [2, 1], f: (o) => (x) => o.sum(x, { axes: [-1] }), result: [2], value: same },
  { name: 'sum over no axis', shape: [2], f: (o) => (x) => o.sum(x, { axes: [] }), result: [2], value: same },
  { name: 'mean of none', shape: [2, 0], f: () => (x) => mean(-1)(x) as Tensor, result: [2], value: many(2, Number.NaN) },
  { name: 'max of one', shape: [3, 1], f: (o) => (x) => o.max(x, { axis: -1 }), result: [3], value: same },
  { name: 'max in no rows', shape: [0, 3], f: (o) => (x) => o.max(x, { axis: -1 }), result: [0], value: none },
  {
    name: 'matmul over none',
    shape: [2, 0],
    f: (o) => (x) =>
      o.matmul(x, o.reshape(o.transpose(o.slice(x, { starts: [0, 0], sizes: [2, 0] }), { axes: [-1, -2] }), { shape: [0, 2] })),
    result: [2, 2],
    value: many(4, 0),
  },
  {
    name: 'matmul of no rows',
    shape: [0, 2],
    f: (o) => (x) => o.matmul(x, o.expand(o.constant(1, o.sum(x, { axes: [-2, -1] })), { axes: [-2, -1], sizes: [2, 3] })),
    result: [0, 3],
    value: none,
  },
  {
    name: 'matmul of one by one',
    shape: [1, 1],
    f: (o) => (x) => o.matmul(x, o.constant(3, x)),
    result: [1, 1],
    value: ([x = 0]) => [3 * x],
    slope: 3,
  },
  { name: 'softmax of one', shape: [3, 1], f: () => softmax, result: [3, 1], value: many(3, 1), slope: 0 },
  { name: 'softmax in no rows', shape: [0, 3], f: () => softmax, result: [0, 3], value: none },
  { name: 'logSoftmax of one', shape: [2, 1], f: () => logSoftmax, result: [2, 1], value: many(2, 0), slope: 0 },
  { name: 'logSumExp of one', shape: [2, 1], f: () => (x) => logSumExp(x), result: [2], value: same },
  { name: 'transpose of none', shape: [0, 3], f: () => (x) => transpose(x as never), result: [3, 0], value: none },
  { name: 'reshape of none', shape: [0, 3], f: (o) => (x) => o.reshape(x, { shape: [2, 0] }), result: [2, 0], value: none },
  { name: 'slice to none', shape: [3], f: (o) => (x) => o.slice(x, { starts: [3], sizes: [0] }), result: [0], value: none, slope: 0 },
  {
    name: 'pad of none',
    shape: [0],
    f: (o) => (x) => o.pad(x, { low: [1], high: [2], value: 7 }),
    result: [3],
    value: many(3, 7),
  },
  {
    name: 'concat with none',
    shape: [3],
    f: (o) => (x) => o.concat([o.slice(x, { starts: [0], sizes: [0] }), x, o.slice(x, { starts: [3], sizes: [0] })], { axis: -1 }),
    result: [3],
    value: same,
  },
  { name: 'expand to none', shape: [2], f: (o) => (x) => o.expand(x, { axes: [-2], sizes: [0] }), result: [0, 2], value: none, slope: 0 },
  { name: 'expand to one', shape: [2], f: (o) => (x) => o.expand(x, { axes: [-1], sizes: [1] }), result: [2, 1], value: same },
  {
    name: 'gather of none',
    shape: [3, 2],
    f: (o) => (x) => o.gather(x, o.range(0, 'int32'), { axis: -2 }),
    result: [0, 2],
    value: none,
    slope: 0,
  },
  {
    name: 'scatterAdd of none',
    shape: [0, 2],
    f: (o) => (x) => o.scatterAdd(x, o.range(0, 'int32'), { axis: -2, size: 2 }),
    result: [2, 2],
    value: many(4, 0),
  },
  {
    name: 'one window',
    shape: [3],
    f: (o) => (x) => o.windows(x, { axis: -1, size: 3, stride: 2, dilation: 1 }),
    result: [1, 3],
    value: same,
  },
  { name: 'tanh of none', shape: [0], f: (o) => (x) => o.tanh(x), result: [0], value: none },
]
