/** The rules of precisions: each for the ops that share it. */
import { left, right } from 'fp-ts/lib/Either.js'
import { PrecisionError } from '../error/index.js'
import type { CastAttributes, PadAttributes } from './attributes.js'
import { holds, isFloat, isInteger, type Precision } from './precision.js'
import type { Count, PrecisionRule } from './signature.js'

const isNumber = (p: Precision): boolean => p !== 'bool'
const isBits = (p: Precision): boolean => p === 'bool' || isInteger(p)
const always = (): boolean => true

/** All operands of one precision that `allows`; the result has it too, unless `gives` says otherwise. */
const uniform =
  (expected: string, allows: (p: Precision) => boolean, gives?: Precision): PrecisionRule<Count, unknown> =>
  (who, precisions) => {
    const [first] = precisions
    return first !== undefined && precisions.every((p) => p === first) && allows(first)
      ? right(gives ?? first)
      : left(new PrecisionError({ who, expected, received: precisions.join(' and '), hint: 'cast one of them' }))
  }
export const floats = uniform('one float precision', isFloat)
export const numbers = uniform('one numeric precision', isNumber)
export const integers = uniform('int32 or uint32', isInteger)
export const bits = uniform('bool, int32 or uint32', isBits)
export const any = uniform('one precision', always)
/** Of numbers, to another precision. */
export const numbersTo = (gives: Precision): PrecisionRule<Count, unknown> => uniform('one numeric precision', isNumber, gives)
export const anyTo = (gives: Precision): PrecisionRule<Count, unknown> => uniform('one precision', always, gives)

const indexed =
  (allows: (p: Precision) => boolean): PrecisionRule<2, unknown> =>
  (who, [x, i]) =>
    allows(x) && i === 'int32' ? right(x) : left(new PrecisionError({ who, expected: 'int32 indices', received: `${x} and ${i}` }))
/** Anything, by int32 indices; and what can be added. */
export const anyIndexed = indexed(always)
export const numbersIndexed = indexed(isNumber)

export const toAnother: PrecisionRule<1, CastAttributes> = (_who, _precisions, { to }) => right(to)
export const condition: PrecisionRule<3, unknown> = (who, [c, x, y]) =>
  c === 'bool' && x === y
    ? right(x)
    : left(new PrecisionError({ who, expected: 'bool and two of one precision', received: `${c}, ${x} and ${y}` }))
/** The precision must hold the value beside the numbers. */
export const withValue: PrecisionRule<1, PadAttributes> = (who, [p], { value }) =>
  holds(p, value) ? right(p) : left(new PrecisionError({ who, expected: `a value of ${p}`, received: String(value) }))
