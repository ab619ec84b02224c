/**
 * What the laws are told of an op: examples of it, and its numbers by other means than its row: by integers of any size, by series,
 * by where each number of an operand goes. A row says what it computes, and its laws that it does; an oracle says that this is what
 * its name promises.
 */
import type * as fc from 'fast-check'
import type { TensorType } from '../../src/ops/index.js'
import type { Attributes, Count, Operands, Precision, Prim, Prims } from '../../src/prim/index.js'
import * as examples from '../arbitrary/operands.js'
import { type Allowance, exact } from '../budget.js'

/** An operand: its numbers, row by row. */
export interface Given extends TensorType {
  readonly numbers: readonly number[]
}

export interface OracleOf<N extends Count, A> {
  /** Operands and attributes that its rules accept. */
  readonly examples: fc.Arbitrary<examples.Applied<N, A>>
  readonly statement: string
  readonly source: string
  /**
   * How many floats an op may be from the oracle. Elementary functions of JavaScript err by less than a unit; a unit is up to
   * 2⁻⁵² of a number, and at least 2⁻⁵³.
   */
  readonly ulps: number
  /** How far an engine may be from the op. */
  readonly engine: Allowance
  /** Whether it says something of any numbers, or only of moderate ones, whose sums and products are exact. */
  readonly on: 'any' | 'moderate'
  readonly numbers: (operands: Operands<N, Given>, attributes: A, result: TensorType) => readonly number[]
}
export type Oracle<K extends Prim> = OracleOf<Prims[K]['operands'], Attributes<K>>

type Saying<N extends Count, A> = Partial<Pick<OracleOf<N, A>, 'source' | 'ulps' | 'engine' | 'examples'>>
const bitForBit = { source: 'IEEE 754-2019 §5', ulps: 0, engine: exact, on: 'any' } as const

type One<A> = (x: number, precision: Precision, attributes: A) => number
/** y(i) = f(x(i)), at the precision of x and with attributes. */
export const unaryWith = <A>(statement: string, f: One<A>, saying: Saying<1, A> & Pick<OracleOf<1, A>, 'examples'>): OracleOf<1, A> => ({
  ...bitForBit,
  ...saying,
  statement,
  numbers: ([{ numbers, precision }], attributes) => numbers.map((x) => f(x, precision, attributes)),
})
/** y(i) = f(x(i)), at the precision of x. */
export const unary = (statement: string, f: One<null>, saying: Saying<1, null> = {}): OracleOf<1, null> =>
  unaryWith(statement, f, { examples: examples.unary(), ...saying })
/** z(i) = f(x(i), y(i)), at the precision of both. */
export const binary = (
  statement: string,
  f: (x: number, y: number, precision: Precision) => number,
  saying: Saying<2, null> = {},
): OracleOf<2, null> => ({
  ...bitForBit,
  examples: examples.binary(),
  ...saying,
  statement,
  numbers: ([x, y]) => x.numbers.map((number, i) => f(number, y.numbers[i] ?? Number.NaN, x.precision)),
})
