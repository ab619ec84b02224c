/**
 * What oracles of the ops that move and sum numbers are made of. Their rows say of every place of the result what it reads; here every
 * number of an operand says where it goes, and a place of the result is made of what arrives there.
 */
import type { TensorType } from '../../src/ops/index.js'
import { type Count, isFloat, type Operands } from '../../src/prim/index.js'
import { exact, terms } from '../budget.js'
import { word } from './arithmetic.js'
import { exactly, nearest } from './exact.js'
import type { Given, OracleOf } from './oracle.js'
import { isBelow } from './order.js'

type Index = readonly number[]
interface Arrival {
  readonly to: Index
  readonly number: number
}

/** All indices of a shape, row by row. */
export const indicesOf = (shape: Index): readonly Index[] =>
  shape.reduce<readonly Index[]>((all, size) => all.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])), [[]])
export const counted = (size: number): readonly number[] => [...Array(size).keys()]
/** The numbers of an operand, each with its index. */
export const cells = ({ shape, numbers }: Given): readonly { readonly index: Index; readonly number: number }[] =>
  indicesOf(shape).map((index, i) => ({ index, number: numbers[i] ?? Number.NaN }))

/** Where each number of the operands goes, and what a place is, made of those that arrive, in their order. */
export const moved = <N extends Count, A>(
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
export const only = (numbers: readonly number[]): number => {
  const [first, ...others] = numbers
  if (first === undefined || others.length > 0) throw new Error(`a place where ${numbers.length} numbers arrive, not one`)
  return first
}
/** Their sum, exact before it is rounded. */
export const sumOf = (numbers: readonly number[], _: unknown, { precision }: TensorType): number =>
  isFloat(precision)
    ? nearest(numbers.reduce((sum, x) => sum + exactly(x), 0n))
    : word(
        numbers.reduce((sum, x) => sum + BigInt(x), 0n),
        precision,
      )
/** Which of them is the first of the largest; a NaN is larger than all. */
export const largest = (numbers: readonly number[]): number => {
  const none = numbers.findIndex((x) => Number.isNaN(x))
  if (none >= 0) return none
  return numbers.reduce((best, x, i) => (x !== numbers[best] && isBelow(numbers[best] ?? Number.NaN, x) ? i : best), 0)
}
/** The largest of them; of both zeros, 0. */
export const maximumOf = (numbers: readonly number[]): number => {
  const best = numbers[largest(numbers)] ?? Number.NaN
  return best === 0 ? (numbers.find((x) => Object.is(x, 0)) ?? best) : best
}

/** The index with the entries at these axes, counted from its end, left out. */
export const without = (index: Index, axes: Index): Index => index.filter((_, i) => !axes.includes(i - index.length))
/** The index with its trailing entries moved. */
export const shifted = (index: Index, by: Index, sign: number): Index =>
  index.map((at, i) => at + sign * (by[by.length - index.length + i] ?? 0))
/** The index cut before an axis, counted from its end, and behind it. */
export const cut = (index: Index, axis: number): { readonly lead: Index; readonly at: number; readonly rest: Index } => {
  const place = index.length + axis
  return { lead: index.slice(0, place), at: index[place] ?? 0, rest: index.slice(place + 1) }
}
