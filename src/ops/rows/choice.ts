/** Comparisons, bits, precision, and choosing. None of these carries a cotangent, but for `select` and casts between floats. */
import { isFloat, type Precision, rangeOf } from '../../prim/index.js'
import { rounded } from '../../tensor/buffer.js'
import * as loops from '../loop/arithmetic.js'
import { choose, map1 } from '../loop/elementwise.js'
import type { Row } from '../row.js'
import { binary, noCotangent2, plain, type Unary, unary } from './elementwise.js'

const truth = (holds: boolean): number => (holds ? 1 : 0)

type ShiftRow = Row<'shiftLeft'>
const shift = (
  formula: string,
  f: (bits: number, precision: Precision) => Unary,
  loopOf: (bits: number, precision: Precision) => loops.UnaryLoop,
): ShiftRow => ({
  formula: `y(i) = ${formula}`,
  meaning:
    ([x], [type], { bits }) =>
    (...i) =>
      f(bits, type.precision)(x(...i)),
  loop: (out, operands, [type], _, { bits }) => loopOf(bits, type.precision)(out, operands),
  pullback: () => () => [null],
})

/** Whether writing a number into an array of the other precision converts it. */
const isPlain = (from: Precision, to: Precision): boolean => to !== 'bool' && (isFloat(to) || !isFloat(from))

/** How a number changes its precision. Of integers the bits stay. */
const converted = (from: Precision, to: Precision): Unary => {
  const range = rangeOf(to)
  if (to === 'bool') return (x) => truth(x !== 0)
  if (range === undefined || isPlain(from, to)) return (x) => x
  const [least, largest] = range
  return (x) => (Number.isNaN(x) ? 0 : Math.min(Math.max(Math.trunc(x), least), largest))
}
const cast: Row<'cast'> = {
  formula:
    'y(i) = x(i), at another precision; a float loses its fraction on the way to an integer, and becomes the nearest there is; NaN becomes 0',
  meaning:
    ([x], [type], { to }) =>
    (...i) =>
      rounded(to, [converted(type.precision, to)(x(...i))])[0] as number,
  loop: (out, operands, [type], { precision }) =>
    (isPlain(type.precision, precision) ? loops.copy : map1(converted(type.precision, precision)))(out, operands),
  pullback:
    (o, _x, _y, { to }, [type]) =>
    (dy) => [isFloat(type.precision) && isFloat(to) ? o.cast(dy, { to: type.precision }) : null],
}

const select: Row<'select'> = {
  formula: 'y(i) = c(i) ? x(i) : z(i)',
  meaning:
    ([c, x, z]) =>
    (...i) =>
      c(...i) === 0 ? z(...i) : x(...i),
  loop: (out, operands) => choose(out, operands),
  uniform: ([c, x, z]) => (c === 0 ? z : x),
  pullback:
    (o, [c]) =>
    (dy) => {
      const zero = o.constant(0, dy)
      return [null, o.select(c, dy, zero), o.select(c, zero, dy)]
    },
}

export const choice = {
  less: binary(
    'x(i) < y(i)',
    plain((x, y) => truth(x < y)),
    noCotangent2,
    () => loops.less,
  ),
  lessEqual: binary(
    'x(i) ≤ y(i)',
    plain((x, y) => truth(x <= y)),
    noCotangent2,
  ),
  equal: binary(
    'x(i) = y(i)',
    plain((x, y) => truth(x === y)),
    noCotangent2,
  ),
  and: binary(
    'x(i) ∧ y(i)',
    plain((x, y) => x & y),
    noCotangent2,
  ),
  or: binary(
    'x(i) ∨ y(i)',
    plain((x, y) => x | y),
    noCotangent2,
  ),
  xor: binary(
    'x(i) ⊕ y(i)',
    plain((x, y) => x ^ y),
    noCotangent2,
    () => loops.xor,
  ),
  not: unary(
    '¬x(i)',
    (precision) => (precision === 'bool' ? (x) => 1 - x : (x) => ~x),
    () => () => [null],
  ),
  shiftLeft: shift('x(i) ≪ bits', (bits) => (x) => x << bits, loops.shiftLeft),
  /** Logical for uint32, arithmetic for int32. */
  shiftRight: shift(
    'x(i) ≫ bits',
    (bits, precision) => (precision === 'uint32' ? (x) => x >>> bits : (x) => x >> bits),
    (bits, precision) => (precision === 'uint32' ? loops.shiftRightUnsigned : loops.shiftRight)(bits),
  ),
  rotateLeft: shift('x(i) ⋘ bits', (bits) => (x) => (x << bits) | (x >>> (32 - bits)), loops.rotateLeft),
  cast,
  select,
}
