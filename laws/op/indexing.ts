/** The ops that take rows and windows, and those that put them back. */
import * as fc from 'fast-check'
import { type Attributes, sizeAt } from '../../src/prim/index.js'
import { range, type Tensor } from '../../src/tensor/index.js'
import { adjoints } from '../algebra/adjoints.js'
import { floats, inDomain, wholes } from '../algebra/domain.js'
import { size, some, unsigned } from '../algebra/examples.js'
import { same } from '../algebra/properties.js'
import * as examples from '../arbitrary/operands.js'
import { tensorOf } from '../arbitrary/tensors.js'
import { cells, counted, cut, moved, only, sumOf } from '../oracle/moved.js'
import type { DeclaredOps } from './declared.js'

type Windows = Pick<Attributes<'windows'>, 'stride' | 'dilation'>
const seenFrom = (window: number, k: number, { stride, dilation }: Windows): number => window * stride + k * dilation

const last = { axis: -1 }
const indices = (count: number, below: number): fc.Arbitrary<Tensor> => tensorOf([count], fc.integer({ min: 0, max: below - 1 }), 'int32')
export const indexing = {
  gather: {
    oracle: moved(
      examples.gather,
      'row n goes wherever n is asked for, and where nothing goes is 0',
      ([x, indices], { axis }) =>
        cells(indices).flatMap(({ index: asked, number: row }) =>
          cells(x)
            .map(({ index, number }) => ({ ...cut(index, axis), number }))
            .filter(({ lead, at }) => at === row && lead.join() === asked.slice(0, -1).join())
            .map(({ rest, number }) => ({ to: [...asked, ...rest], number })),
        ),
      (numbers) => (numbers.length === 0 ? 0 : only(numbers)),
    ),
    properties: [
      adjoints.gather,
      same(
        'all',
        'x at 0, 1, … is x',
        (f) => fc.tuple(some, size).chain((s) => inDomain(floats, f, s)),
        (o, x) => [x, o.gather(x, range(sizeAt(x.shape, 0)), { axis: -2 })],
      ),
      same(
        'composes',
        '(x at i) at j = x at (i at j)',
        (f) => fc.tuple(some, some, size).chain(([n, i, j]) => fc.tuple(inDomain(wholes, f, [n, 2]), indices(i, n), indices(j, i))),
        (o, [x, i, j]) => [o.gather(x, o.gather(i, j, last), { axis: -2 }), o.gather(o.gather(x, i, { axis: -2 }), j, { axis: -2 })],
      ),
    ],
  },
  scatterAdd: {
    oracle: moved(
      examples.scatterAdd,
      'row k goes to the row that its index names, where they are added without rounding',
      ([dy, indices], { axis }) => {
        const rows = new Map(cells(indices).map(({ index, number }) => [index.join(), number]))
        return cells(dy).map(({ index, number }) => {
          const { lead, at, rest } = cut(index, axis)
          return { to: [...lead, rows.get([...lead, at].join()) ?? -1, ...rest], number }
        })
      },
      sumOf,
      'moderate',
    ),
    properties: [
      adjoints.scatterAdd,
      same(
        'all',
        'added at 0, 1, … into zeros is x',
        (f) => fc.tuple(some, size).chain((s) => inDomain(wholes, f, s)),
        (o, x) => [unsigned(x), unsigned(o.scatterAdd(x, range(sizeAt(x.shape, 0)), { axis: -2, size: sizeAt(x.shape, 0) }))],
      ),
    ],
  },
  windows: {
    oracle: moved(
      examples.windows,
      'x(n) goes to every window w and place k in it with n = w · stride + k · dilation',
      ([x], a, { shape }) => {
        const [count, size] = [shape.at(a.axis - 1) ?? 0, shape.at(a.axis) ?? 0]
        return cells(x).flatMap(({ index, number }) => {
          const { lead, at, rest } = cut(index, a.axis)
          return counted(count).flatMap((window) =>
            counted(size)
              .filter((k) => seenFrom(window, k, a) === at)
              .map((k) => ({ to: [...lead, window, k, ...rest], number })),
          )
        })
      },
      only,
    ),
    properties: [
      adjoints.windows,
      same(
        'of-one',
        'windows of one number are x',
        (f) => some.chain((n) => inDomain(floats, f, [n])),
        (o, x) => [x, o.reshape(o.windows(x, { axis: -1, size: 1, stride: 1, dilation: 1 }), { shape: x.shape })],
      ),
    ],
  },
  overlapAdd: {
    oracle: moved(
      examples.overlapAdd,
      'x(w, k) goes to w · stride + k · dilation, where they are added without rounding',
      ([x], a) =>
        cells(x).map(({ index, number }) => {
          const { lead, at: k, rest } = cut(index, a.axis)
          return { to: [...lead.slice(0, -1), seenFrom(lead.at(-1) ?? 0, k, a), ...rest], number }
        }),
      sumOf,
      'moderate',
    ),
    properties: [
      adjoints.overlapAdd,
      same(
        'apart',
        'windows that do not overlap are put back as they were',
        (f) => fc.tuple(some, some).chain(([count, n]) => inDomain(wholes, f, [count * n]).map((x) => ({ x, n }))),
        (o, { x, n }) => {
          const cut = { axis: -1, size: n, stride: n, dilation: 1 }
          return [unsigned(x), unsigned(o.overlapAdd(o.windows(x, cut), { ...cut, length: sizeAt(x.shape, -1) }))]
        },
      ),
    ],
  },
} satisfies Partial<DeclaredOps>
