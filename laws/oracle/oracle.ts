/**
 * What an op's numbers are, by other means than its row: by integers of any size, by series, by where each number of an operand
 * goes. A row says what it computes, and its laws that it does; an oracle says that this is what its name promises.
 */
import type { TensorType } from '../../src/ops/index.js'
import type { Attributes, Count, Operands, Precision, Prim, Prims } from '../../src/prim/index.js'

/** An operand: its numbers, row by row. */
export interface Given extends TensorType {
  readonly numbers: readonly number[]
}

export interface OracleOf<N extends Count, A> {
  readonly statement: string
  readonly source: string
  /**
   * How many floats an op may be from the oracle. Elementary functions of JavaScript err by less than a unit; a unit is up to
   * 2⁻⁵² of a number, and at least 2⁻⁵³.
   */
  readonly ulps: number
  /** Whether it says something of any numbers, or only of moderate ones, whose sums and products are exact. */
  readonly on: 'any' | 'moderate'
  readonly numbers: (operands: Operands<N, Given>, attributes: A, result: TensorType) => readonly number[]
}
export type Oracle<K extends Prim> = OracleOf<Prims[K]['operands'], Attributes<K>>

type Saying = Partial<Pick<OracleOf<Count, null>, 'source' | 'ulps'>>
const bitForBit = { source: 'IEEE 754-2019 §5', ulps: 0, on: 'any' } as const

/** y(i) = f(x(i)), at the precision of x. */
export const unary = <A = null>(
  statement: string,
  f: (x: number, precision: Precision, attributes: A) => number,
  saying: Saying = {},
): OracleOf<1, A> => ({
  ...bitForBit,
  ...saying,
  statement,
  numbers: ([{ numbers, precision }], attributes) => numbers.map((x) => f(x, precision, attributes)),
})
/** z(i) = f(x(i), y(i)), at the precision of both. */
export const binary = (
  statement: string,
  f: (x: number, y: number, precision: Precision) => number,
  saying: Saying = {},
): OracleOf<2, null> => ({
  ...bitForBit,
  ...saying,
  statement,
  numbers: ([x, y]) => x.numbers.map((number, i) => f(number, y.numbers[i] ?? Number.NaN, x.precision)),
})
