/** Rows that act on one number at a time, from a formula, a function of numbers and a pullback. */
import { isFloat, type Precision } from '../../prim/index.js'
import type { BinaryLoop, UnaryLoop } from '../loop/arithmetic.js'
import { map1, map2 } from '../loop/elementwise.js'
import type { RowOf } from '../row.js'

export type Unary = (x: number) => number
export type Binary = (x: number, y: number) => number
export type UnaryRow = RowOf<1, null>
export type BinaryRow = RowOf<2, null>

/** y(i) = f(x(i)), by a loop of its own where there is one for the precision. */
export const unary = (
  formula: string,
  f: (precision: Precision) => Unary,
  pullback: UnaryRow['pullback'],
  loopOf: (precision: Precision) => UnaryLoop | undefined = () => undefined,
): UnaryRow => ({
  formula: `y(i) = ${formula}`,
  meaning:
    ([x], [type]) =>
    (...i) =>
      f(type.precision)(x(...i)),
  loop: (out, operands, [type]) => (loopOf(type.precision) ?? map1(f(type.precision)))(out, operands),
  uniform: ([x], precision) => f(precision)(x),
  pullback,
})

/** z(i) = f(x(i), y(i)), by a loop of its own where there is one for the precision. */
export const binary = (
  formula: string,
  f: (precision: Precision) => Binary,
  pullback: BinaryRow['pullback'],
  loopOf: (precision: Precision) => BinaryLoop | undefined = () => undefined,
): BinaryRow => ({
  formula: `z(i) = ${formula}`,
  meaning:
    ([x, y], [type]) =>
    (...i) =>
      f(type.precision)(x(...i), y(...i)),
  loop: (out, operands, [type]) => (loopOf(type.precision) ?? map2(f(type.precision)))(out, operands),
  uniform: ([x, y], precision) => f(precision)(x, y),
  pullback,
})

/** The same function at every precision. */
export const plain =
  <F extends Unary | Binary>(f: F) =>
  (): F =>
    f
/** One function for floats, another for integers (results are taken modulo 2³²). */
export const byKind =
  <F extends Unary | Binary>(float: F, integer: F) =>
  (precision: Precision): F =>
    isFloat(precision) ? float : integer

export const noCotangent1: UnaryRow['pullback'] = () => () => [null]
export const noCotangent2: BinaryRow['pullback'] = () => () => [null, null]
