/** Oracles of comparisons, bits, precisions and choices: by the order of the reals, and by the binary digits of words. */
import { type BitsAttributes, type CastAttributes, isFloat, type Precision } from '../../src/prim/index.js'
import * as examples from '../arbitrary/operands.js'
import { exact } from '../budget.js'
import { isBelow, word } from './arithmetic.js'
import { exactly, formats, nearest } from './exact.js'
import { binary, type Oracle, unary, unaryWith } from './oracle.js'

const source = 'by definition'
const truth = (holds: boolean): number => (holds ? 1 : 0)
const isNone = (x: number, y: number): boolean => Number.isNaN(x) || Number.isNaN(y)
/** Both zeros are one number. */
const isLess = (x: number, y: number): boolean => !isNone(x, y) && !(x === 0 && y === 0) && isBelow(x, y)

/** The binary digits of a word, or the one of a condition, from the largest. */
const digitsOf = (x: number, precision: Precision): readonly number[] => {
  const count = precision === 'bool' ? 1 : 32
  return Array.from(BigInt.asUintN(count, BigInt(x)).toString(2).padStart(count, '0'), Number)
}
const fromDigits = (digits: readonly number[], precision: Precision): number => {
  const n = BigInt(`0b${digits.join('')}`)
  return precision === 'bool' ? Number(n) : word(n, precision)
}
/** Digit by digit. */
const byDigits =
  (f: (a: number, b: number) => boolean) =>
  (x: number, y: number, precision: Precision): number => {
    const others = digitsOf(y, precision)
    return fromDigits(
      digitsOf(x, precision).map((digit, i) => truth(f(digit, others[i] ?? 0))),
      precision,
    )
  }

const ofWords = { source, examples: examples.binary(examples.word, examples.word, 'uint32') }
const shifted = (statement: string, f: (n: bigint, by: bigint) => bigint) =>
  unaryWith<BitsAttributes>(statement, (x, precision, { bits }) => word(f(BigInt(x), 2n ** BigInt(bits)), precision), {
    source,
    examples: examples.shift,
  })
/** Rounded down, of negative numbers too. */
const floored = (n: bigint, by: bigint): bigint => (n - (((n % by) + by) % by)) / by

const toWhole = (x: number, to: Precision): number => {
  const [least, largest] = to === 'int32' ? [-(2n ** 31n), 2n ** 31n - 1n] : [0n, 2n ** 32n - 1n]
  if (Number.isNaN(x)) return 0
  if (!Number.isFinite(x)) return Number(x < 0 ? least : largest)
  const whole = BigInt(Math.trunc(x))
  return Number(whole < least ? least : whole > largest ? largest : whole)
}
const converted = (x: number, from: Precision, to: Precision): number => {
  if (to === 'bool') return truth(x !== 0)
  if (to === 'float64') return x
  if (to === 'float32') return Number.isFinite(x) && x !== 0 ? nearest(exactly(x), undefined, formats.float32) : x
  return isFloat(from) ? toWhole(x, to) : word(BigInt(x), to)
}

export const choice = {
  less: binary('x stands before y among the reals', (x, y) => truth(isLess(x, y)), { source }),
  lessEqual: binary('y does not stand before x among the reals', (x, y) => truth(!isNone(x, y) && !isLess(y, x)), { source }),
  equal: binary('neither stands before the other', (x, y) => truth(!isNone(x, y) && !isLess(x, y) && !isLess(y, x)), {
    source,
    examples: examples.binary(examples.truth, examples.truth),
  }),
  and: binary(
    'binary digits that both have',
    byDigits((a, b) => a + b === 2),
    ofWords,
  ),
  or: binary(
    'binary digits that one has, or both',
    byDigits((a, b) => a + b > 0),
    ofWords,
  ),
  xor: binary(
    'binary digits that exactly one has',
    byDigits((a, b) => a + b === 1),
    ofWords,
  ),
  not: unary('binary digits that it does not have', (x, precision) => byDigits((a) => a === 0)(x, x, precision), {
    source,
    examples: examples.unary(examples.word, 'uint32'),
  }),
  shiftLeft: shifted('x · 2^bits modulo 2³²', (n, by) => n * by),
  shiftRight: shifted('⌊x / 2^bits⌋', floored),
  rotateLeft: unaryWith<BitsAttributes>(
    'its binary digits, the first behind the last',
    (x, precision, { bits }) => {
      const digits = digitsOf(x, precision)
      return fromDigits([...digits.slice(bits), ...digits.slice(0, bits)], precision)
    },
    { source, examples: examples.shift },
  ),
  cast: unaryWith<CastAttributes>(
    'the nearest float; the whole number next to x towards 0, or the nearest there is; of integers, the same modulo 2³²',
    (x, from, { to }) => converted(x, from, to),
    { source, examples: examples.cast },
  ),
  select: {
    examples: examples.select,
    statement: 'the first branch where the condition is 1, the second where it is 0',
    source,
    ulps: 0,
    engine: exact,
    on: 'any',
    numbers: ([c, x, y]) => c.numbers.map((condition, i) => [y, x][condition]?.numbers[i] ?? Number.NaN),
  } satisfies Oracle<'select'>,
}
