/**
 * The laws of a compiler's passes: a pass keeps the meaning, here bit for bit. They compare an engine with one that leaves
 * the pass out, over random graphs of element-wise ops that share operands, are summed in between, and meet again.
 */
import * as fc from 'fast-check'
import { compile, type Engine } from '../../src/engine/index.js'
import { gaussian } from '../../src/likelihood/index.js'
import { tensors } from '../../src/ops/apply.js'
import { adam } from '../../src/optimise/index.js'
import { key, uniformIn } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'
import { descriptions, imageDescriptions, networkOf } from '../arbitrary/networks.js'
import { identical } from '../compare.js'
import { type Law, law } from '../law.js'

const o = tensors
const drawn = (shape: Shape, seed: number): Tensor => uniformIn(shape, -2, 2)(key(seed))

const wide = (x: Tensor): Tensor => o.cast(x, { to: 'float64' })
const narrow = (x: Tensor): Tensor => o.cast(x, { to: 'float32' })

/** What a step of a random graph does with two values of one shape; what goes over an axis is spread again. */
const ways = {
  add: (x, y) => o.add(x, y),
  mul: (x, y) => o.mul(x, y),
  sub: (x, y) => o.sub(y, x),
  maximum: (x, y) => o.maximum(x, y),
  chosen: (x, y) => o.select(o.less(x, y), x, o.neg(y)),
  counted: (x, y) => o.cast(o.rotateLeft(o.add(o.cast(x, { to: 'uint32' }), o.cast(y, { to: 'uint32' })), { bits: 7 }), { to: 'float32' }),
  tanh: (x) => o.tanh(x),
  softplus: (x, y) => o.softplus(o.mul(x, y)),
  rows: (x, y) => o.add(y, o.expand(o.sum(x, { axes: [-2] }), { axes: [-2], sizes: [x.shape[0] ?? 1] })),
  columns: (x, y) => o.mul(y, o.expand(o.max(x, { axis: -1 }), { axes: [-1], sizes: [x.shape[1] ?? 1] })),
  everywhere: (x, y) => o.sub(y, o.expand(o.sum(x, { axes: [-2, -1] }), { axes: [-2, -1], sizes: x.shape })),
  /** By way of float64: numbers of two widths in one loop, and conditions of the one that choose among the other. */
  widened: (x, y) => narrow(o.sub(o.mul(wide(x), wide(y)), wide(o.abs(x)))),
  judged: (x, y) => o.select(o.less(wide(x), o.sqrt(o.abs(wide(y)))), x, y),
  weighed: (x, y) => narrow(o.select(o.lessEqual(x, y), wide(x), o.neg(wide(y)))),
  summed: (x, y) => narrow(o.add(wide(y), o.expand(o.sum(wide(x), { axes: [-2] }), { axes: [-2], sizes: [x.shape[0] ?? 1] }))),
  /** Windows of two rows and two columns, each a row of a product, as in a convolution. */
  seen: (x, y) => {
    const [rows = 0, columns = 0] = x.shape
    if (rows < 2 || columns < 2) return o.sub(x, y)
    const over = (axis: number) => ({ axis, size: 2, stride: 1, dilation: 1 })
    const windows = o.transpose(o.windows(o.windows(x, over(-2)), over(-1)), { axes: [-4, -2, -3, -1] })
    const patches = o.reshape(windows, { shape: [(rows - 1) * (columns - 1), 4] })
    const kernel = o.reshape(o.slice(y, { starts: [0, 0], sizes: [2, 2] }), { shape: [4, 1] })
    const products = o.matmul(patches, o.concat([kernel, o.tanh(kernel)], { axis: -1 }))
    const gradient = o.matmul(o.transpose(patches, { axes: [-1, -2] }), products)
    return o.add(y, o.expand(o.sum(gradient, { axes: [-2, -1] }), { axes: [-2, -1], sizes: x.shape }))
  },
  /** The sum and the largest number of every window, and of every column of them. */
  pooled: (x, y) => {
    const columns = x.shape[1] ?? 0
    if (columns < 3) return o.add(x, y)
    const windows = o.transpose(o.windows(x, { axis: -1, size: 2, stride: 1, dilation: 1 }), { axes: [-2, -3, -1] })
    const flat = o.reshape(windows, { shape: [columns - 1, (x.shape[0] ?? 0) * 2] })
    const largest = o.expand(o.sum(o.max(windows, { axis: -1 }), { axes: [-2] }), { axes: [-2], sizes: [x.shape[0] ?? 0] })
    const sums = o.expand(o.sum(o.sum(flat, { axes: [-1] }), { axes: [-1] }), { axes: [-2, -1], sizes: x.shape })
    return o.add(y, o.add(sums, o.expand(o.sum(largest, { axes: [-1, -2] }), { axes: [-2, -1], sizes: x.shape })))
  },
  /** Windows of three columns, put together where they overlap, from numbers that lie in another order. */
  overlapping: (x, y) => {
    const [rows = 0, columns = 0] = x.shape
    if (columns < 3) return o.mul(x, y)
    const windows = o.expand(o.transpose(o.slice(x, { starts: [0, 2], sizes: [rows, columns - 2] }), { axes: [-1, -2] }), {
      axes: [-1],
      sizes: [3],
    })
    const together = o.overlapAdd(o.transpose(windows, { axes: [-2, -3, -1] }), {
      axis: -1,
      size: 3,
      stride: 1,
      dilation: 1,
      length: columns,
    })
    return o.sub(together, y)
  },
  turned: (x, y) =>
    o.add(
      o.transpose(o.matmul(o.transpose(x, { axes: [-1, -2] }), y), { axes: [-1, -2] }),
      o.matmul(o.transpose(y, { axes: [-1, -2] }), x),
    ),
} as const satisfies Readonly<Record<string, (x: Tensor, y: Tensor) => Tensor>>

const step = fc.record({
  way: fc.constantFrom(...(Object.keys(ways) as (keyof typeof ways)[])),
  first: fc.nat(20),
  second: fc.nat(20),
})
const graphs = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  columns: fc.integer({ min: 1, max: 9 }),
  steps: fc.array(step, { minLength: 1, maxLength: 16 }),
  kept: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(1000),
})

const networksOf = (description: typeof descriptions) =>
  fc.record({ description, size: fc.integer({ min: 1, max: 9 }), seed: fc.nat(1000) })

/** Every law of a pass: `engine` has it, `plain` leaves it out. */
export const passLaws = (pass: string, engine: Engine, plain: Engine): readonly Law[] => [
  law(
    { name: `pass.${pass}.graph`, statement: `with ${pass} and without it: the same bits, on graphs of many ops` },
    graphs,
    ({ rows, columns, steps, kept, seed }) => {
      const graph = (x: Tensor, y: Tensor): readonly Tensor[] =>
        steps
          .reduce<readonly Tensor[]>(
            (values, { way, first, second }) => {
              const [a, b] = [values[first % values.length], values[second % values.length]] as readonly [Tensor, Tensor]
              const next = way === 'turned' && rows !== columns ? ways.add(a, b) : ways[way](a, b)
              return values.concat(next)
            },
            [x, y],
          )
          .slice(-kept)
      const given = [drawn([rows, columns], seed), drawn([rows, columns], seed + 1)] as const
      identical('outputs', compile(plain)(graph)(...given), compile(engine)(graph)(...given))
    },
  ),
  ...(['training', 'image'] as const).map((on) =>
    law(
      {
        name: `pass.${pass}.${on}`,
        statement: `with ${pass} and without it: the same bits, after three steps of Adam${on === 'image' ? ', of networks on images' : ''}`,
      },
      networksOf(on === 'image' ? imageDescriptions : descriptions),
      ({ description, size, seed }) => {
        const net = networkOf(description)
        const { init, step: next } = train(gaussian(net), adam({ learningRate: 1e-2 }))
        const batch = { x: drawn([size, ...net.input], seed) as never, y: drawn([size, ...net.output], seed + 1) as never }
        const after = (one: Engine): unknown => iterate(compile(one)(next))(init(key(seed)), [batch, batch, batch])
        identical('states', after(plain), after(engine))
      },
    ),
  ),
]
