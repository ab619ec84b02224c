/**
 * Oracles of the ops that move and sum numbers. Their rows say of every place of the result what it reads; here every number of an
 * operand says where it goes, and a place of the result is made of what arrives there.
 */
import type { TensorType } from '../../src/ops/index.js'
import { type Attributes, type Count, isFloat, type Operands, type Prim } from '../../src/prim/index.js'
import * as examples from '../arbitrary/operands.js'
import { exact, terms } from '../budget.js'
import { isBelow, word } from './arithmetic.js'
import { exactly, nearest, places } from './exact.js'
import type { Given, Oracle, OracleOf } from './oracle.js'

type Index = readonly number[]
interface Arrival {
  readonly to: Index
  readonly number: number
}

/** All indices of a shape, row by row. */
const indicesOf = (shape: Index): readonly Index[] =>
  shape.reduce<readonly Index[]>((all, size) => all.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])), [[]])
const counted = (size: number): readonly number[] => [...Array(size).keys()]
/** The numbers of an operand, each with its index. */
const cells = ({ shape, numbers }: Given): readonly { readonly index: Index; readonly number: number }[] =>
  indicesOf(shape).map((index, i) => ({ index, number: numbers[i] ?? Number.NaN }))

/** Where each number of the operands goes, and what a place is, made of those that arrive, in their order. */
const moved = <N extends Count, A>(
  tried: OracleOf<N, A>['examples'],
  statement: string,
  arrivals: (operands: Operands<N, Given>, attributes: A, result: TensorType) => readonly Arrival[],
  made: (numbers: readonly number[], attributes: NoInfer<A>, result: TensorType) => number,
  on: 'any' | 'moderate' = 'any',
): OracleOf<N, A> => ({
  examples: tried,
  statement,
  source: 'by definition',
  ulps: 0,
  /** An engine may add in any order. */
  engine: on === 'any' ? exact : terms(1),
  on,
  numbers: (operands, attributes, result) => {
    const all = arrivals(operands, attributes, result).map(({ to, number }) => ({ place: to.join(), number }))
    return indicesOf(result.shape).map((index) =>
      made(
        all.filter(({ place }) => place === index.join()).map(({ number }) => number),
        attributes,
        result,
      ),
    )
  },
})

/** The one that arrives. */
const only = (numbers: readonly number[]): number => {
  const [first, ...others] = numbers
  if (first === undefined || others.length > 0) throw new Error(`a place where ${numbers.length} numbers arrive, not one`)
  return first
}
/** Their sum, exact before it is rounded. */
const sumOf = (numbers: readonly number[], _: unknown, { precision }: TensorType): number =>
  isFloat(precision)
    ? nearest(numbers.reduce((sum, x) => sum + exactly(x), 0n))
    : word(
        numbers.reduce((sum, x) => sum + BigInt(x), 0n),
        precision,
      )
/** Which of them is the first of the largest; a NaN is larger than all. */
const largest = (numbers: readonly number[]): number => {
  const none = numbers.findIndex((x) => Number.isNaN(x))
  if (none >= 0) return none
  return numbers.reduce((best, x, i) => (x !== numbers[best] && isBelow(numbers[best] ?? Number.NaN, x) ? i : best), 0)
}
/** The largest of them; of both zeros, 0. */
const maximumOf = (numbers: readonly number[]): number => {
  const best = numbers[largest(numbers)] ?? Number.NaN
  return best === 0 ? (numbers.find((x) => Object.is(x, 0)) ?? best) : best
}

/** The index with the entries at these axes, counted from its end, left out. */
const without = (index: Index, axes: Index): Index => index.filter((_, i) => !axes.includes(i - index.length))
/** The index with its trailing entries moved. */
const shifted = (index: Index, by: Index, sign: number): Index => index.map((at, i) => at + sign * (by[by.length - index.length + i] ?? 0))
/** The index cut before an axis, counted from its end, and behind it. */
const cut = (index: Index, axis: number): { readonly lead: Index; readonly at: number; readonly rest: Index } => {
  const place = index.length + axis
  return { lead: index.slice(0, place), at: index[place] ?? 0, rest: index.slice(place + 1) }
}
type Windows = Pick<Attributes<'windows'>, 'stride' | 'dilation'>
const seenFrom = (window: number, k: number, { stride, dilation }: Windows): number => window * stride + k * dilation

export const movement = {
  reshape: {
    examples: examples.reshape,
    statement: 'the same numbers in the same order',
    source: 'by definition',
    ulps: 0,
    engine: exact,
    on: 'any',
    numbers: ([x]) => x.numbers,
  },
  transpose: moved(
    examples.transpose,
    'trailing axis j of the result is axis axes[j] of the operand',
    ([x], { axes }) =>
      cells(x).map(({ index, number }) => ({
        to: [...index.slice(0, index.length - axes.length), ...axes.map((axis) => index.at(axis) ?? 0)],
        number,
      })),
    only,
  ),
  slice: moved(
    examples.slice,
    'x(start + i) goes to i, if i is inside',
    ([x], { starts }) => cells(x).map(({ index, number }) => ({ to: shifted(index, starts, -1), number })),
    only,
  ),
  pad: moved(
    examples.pad,
    'x(i) goes to low + i, and where nothing goes is the value',
    ([x], { low }) => cells(x).map(({ index, number }) => ({ to: shifted(index, low, 1), number })),
    (numbers, { value }) => (numbers.length === 0 ? value : only(numbers)),
  ),
  concat: moved(
    examples.concat,
    'each operand goes behind those before it',
    (xs, { axis }) =>
      xs.flatMap((x, which) => {
        const before = xs.slice(0, which).reduce((sum, { shape }) => sum + (shape.at(axis) ?? 0), 0)
        return cells(x).map(({ index, number }) => {
          const { lead, at, rest } = cut(index, axis)
          return { to: [...lead, before + at, ...rest], number }
        })
      }),
    only,
  ),
  expand: moved(
    examples.expand,
    'x(i) goes to every index that is i without the new axes',
    ([x], { axes }, { shape }) =>
      cells(x).flatMap(({ index, number }) =>
        indicesOf(shape)
          .filter((to) => without(to, axes).join() === index.join())
          .map((to) => ({ to, number })),
      ),
    only,
  ),
  sum: moved(
    examples.sum,
    'every number goes to its index without the axes, where they are added without rounding',
    ([x], { axes }) => cells(x).map(({ index, number }) => ({ to: without(index, axes), number })),
    sumOf,
    'moderate',
  ),
  max: moved(
    examples.along,
    'every number goes to its index without the axis, where the largest stays; NaN if one is',
    ([x], { axis }) => cells(x).map(({ index, number }) => ({ to: without(index, [axis]), number })),
    maximumOf,
  ),
  argMax: moved(
    examples.along,
    'every number goes to its index without the axis, where the first of the largest is counted out',
    ([x], { axis }) => cells(x).map(({ index, number }) => ({ to: without(index, [axis]), number })),
    largest,
  ),
  matmul: moved(
    examples.matmul,
    'each x(…, m, k) meets each w(…, k, n), and their product goes to (…, m, n)',
    ([x, w], _, { shape }) => {
      const n = shape.at(-1) ?? 0
      const others = new Map(cells(w).map(({ index, number }) => [index.join(), number]))
      return cells(x).flatMap(({ index, number }) => {
        const [lead, m, k] = [index.slice(0, -2), index.at(-2) ?? 0, index.at(-1) ?? 0]
        return counted(n).map((column) => {
          const product = exactly(number) * exactly(others.get([...lead, k, column].join()) ?? Number.NaN)
          return { to: [...lead, m, column], number: nearest(product, 2 * places) }
        })
      })
    },
    sumOf,
    'moderate',
  ),
  gather: moved(
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
  scatterAdd: moved(
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
  windows: moved(
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
  overlapAdd: moved(
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
} satisfies { readonly [K in Prim]?: Oracle<K> }
