/** Numbers as a reader compares them: those of a column with the same decimals, and what is no finite number by its name. */
import { tickFormat } from 'd3-scale'

/** Digits of the largest number of a column. */
const digits = 4

const format = (specifier: string): ((x: number) => string) => tickFormat(0, 1, 1, specifier)
const withExponent = format('.3~e')
const exponential = (x: number): string => (x === 0 ? '0' : withExponent(x))

/** The largest that is finite, or 0. */
const largestOf = (values: readonly number[]): number =>
  values.filter(Number.isFinite).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)

const named = (x: number): string => {
  if (Number.isNaN(x)) return 'NaN'
  return x > 0 ? '∞' : '−∞'
}

const decimalsFor = (largest: number): number => Math.max(0, digits - 1 - (largest > 0 ? Math.floor(Math.log10(largest)) : 0))

/** How the numbers of a column are written. Those that would be rounded to 0, and those of a column of very large or small ones, have an exponent. */
export const figureFor = (values: readonly number[]): ((x: number) => string) => {
  const largest = largestOf(values)
  const isWhole = values.every((value) => Number.isInteger(value) || !Number.isFinite(value))
  const decimals = isWhole ? 0 : decimalsFor(largest)
  const fixed = largest >= 1e12 || decimals > digits + 2 ? exponential : format(`,.${decimals}f`)
  return (x) => {
    if (!Number.isFinite(x)) return named(x)
    return x !== 0 && Math.abs(x) < 0.5 * 10 ** -decimals ? exponential(x) : fixed(x)
  }
}

/** A number that stands alone. */
export const figure = (x: number): string => figureFor([x])(x)

/** A count in so many characters, if that can be: 12345, or 12.3k, or 12k. */
export const shortCount = (count: number, characters: number): string => {
  const written = [String(count), ...['.1~s', '.0s'].map((specifier) => tickFormat(0, count, 1, specifier)(count))]
  return written.find(({ length }) => length <= characters) ?? written.at(-1) ?? ''
}
