/** A number for every missing one: what the others are on the whole. */
import { optionsOf, shown, ValueError, wantsBoolean } from '../../error/index.js'
import { fixed } from '../../shape/index.js'
import { wantsNumericColumn } from './column.js'
import { featuresOf, rowsOf, wantsFeatures } from './features.js'
import { type Fitting, knowsAll, type NumericColumn, type Transform } from './transform.js'

export interface ImputerOptions {
  /** What stands for a missing number: the mean, the median or the most frequent of the others (of several the least), or a number. */
  readonly value: 'mean' | 'median' | 'mostFrequent' | number
  /** Whether there is a second feature, 1 where a number was missing and 0 elsewhere. */
  readonly indicator: boolean
}
export const imputerDefaults: ImputerOptions = Object.freeze({ value: 'median', indicator: false })

const who = 'imputer'

const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length
const median = (xs: readonly number[]): number => {
  const sorted = Float64Array.from(xs).sort()
  const [low = 0, high = 0] = [sorted[Math.ceil(xs.length / 2) - 1], sorted[Math.floor(xs.length / 2)]]
  return low === high ? low : low / 2 + high / 2
}
const mostFrequent = (xs: readonly number[]): number => {
  const counts = xs.reduce((known, x) => known.set(x, (known.get(x) ?? 0) + 1), new Map<number, number>())
  return [...counts].reduce(([x, n], [y, m]) => (m > n || (m === n && y < x) ? [y, m] : [x, n]))[0]
}
const statistics = { mean, median, mostFrequent }
const isStatistic = (value: unknown): value is keyof typeof statistics => typeof value === 'string' && Object.hasOwn(statistics, value)

/** The imputer of a value. */
export const imputerOf = ({ value, indicator }: { readonly value: number; readonly indicator: boolean }): Transform<NumericColumn, true> =>
  fixed<Transform<NumericColumn, true>>({
    takes: 'numbers',
    inputs: 1,
    outputs: indicator ? 2 : 1,
    apply: (x, where) => {
      const column = wantsNumericColumn(who, x, where)
      const numbers = indicator ? column.flatMap((n) => [n ?? value, Number(n === undefined)]) : Array.from(column, (n) => n ?? value)
      return featuresOf(who, [x.length, indicator ? 2 : 1], numbers, 'float64', where)
    },
    inverse: (features) =>
      rowsOf(wantsFeatures(who, features, indicator ? 2 : 1)).map(([n = 0, missing = 0]) => (missing > 0.5 ? undefined : n)),
    names: (inputs = ['x']) => (indicator ? inputs.flatMap((name) => [name, `${name} missing`]) : inputs),
    unknown: knowsAll,
    description: { kind: who, value, indicator },
  })

/** The statistic of the numbers that are there. */
const fittedValue = (statistic: keyof typeof statistics, examples: NumericColumn, where: string | undefined): number => {
  const numbers = examples.filter((x) => x !== undefined)
  const refuse = (expected: string, received: string): ValueError =>
    new ValueError({ who, expected, received, hint: 'or give one: imputer({ value: 0 })', ...(where === undefined ? {} : { where }) })
  if (numbers.length === 0) throw refuse(`a number to take the ${statistic} of`, 'a column without one')
  // −0 would be 0 in JSON.
  const value = statistics[statistic](numbers) + 0
  if (Number.isFinite(value)) return value
  throw refuse(`numbers whose ${statistic} is finite`, shown(value))
}

/**
 * What stands for missing numbers, fitted to those that are there. With an indicator, the way back knows what was missing; without, it
 * gives what was put in its place.
 *
 * @shape  N numbers → [N, 1], or with an indicator [N, 2], in float64
 * @error  `ValueError` for a number that is not finite, and for a statistic of no numbers at all
 * @source Little and Rubin (2002), Statistical analysis with missing data; scikit-learn's `SimpleImputer` and `MissingIndicator`
 * @example
 * imputer({ value: 'mean', indicator: true })([1, undefined, 3]).apply([undefined, 5]) // [[2, 1], [5, 0]]
 */
export const imputer = (options: Partial<ImputerOptions> = {}): Fitting<NumericColumn, true> => {
  const { value, indicator } = optionsOf(who, imputerDefaults, options)
  if (!isStatistic(value) && !Number.isFinite(value))
    throw new ValueError({ who, expected: 'mean, median, mostFrequent or a number for its value', received: shown(value) })
  wantsBoolean(who, 'indicator', indicator)
  return (examples, where) => {
    wantsNumericColumn(who, examples, where)
    return imputerOf({ value: isStatistic(value) ? fittedValue(value, examples, where) : value + 0, indicator })
  }
}
