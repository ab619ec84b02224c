/** Words by their binary digits. */
import type { Precision } from '../../src/prim/index.js'
import { word } from './arithmetic.js'

/** The binary digits of a word, or the one of a condition, from the largest. */
export const digitsOf = (x: number, precision: Precision): readonly number[] => {
  const count = precision === 'bool' ? 1 : 32
  return Array.from(BigInt.asUintN(count, BigInt(x)).toString(2).padStart(count, '0'), Number)
}
export const fromDigits = (digits: readonly number[], precision: Precision): number => {
  const n = BigInt(`0b${digits.join('')}`)
  return precision === 'bool' ? Number(n) : word(n, precision)
}
/** Digit by digit. */
export const byDigits =
  (f: (a: number, b: number) => boolean) =>
  (x: number, y: number, precision: Precision): number => {
    const others = digitsOf(y, precision)
    return fromDigits(
      digitsOf(x, precision).map((digit, i) => (f(digit, others[i] ?? 0) ? 1 : 0)),
      precision,
    )
  }
