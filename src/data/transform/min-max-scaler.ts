/**
 * Features in an interval, over the examples that they were fitted to.
 *
 *     y = low + (high − low) · (x − min) / (max − min);   y = low + (high − low) · (x − min) where a feature is constant
 *
 * @source scikit-learn, `MinMaxScaler`
 */
import { optionsOf, ShapeError, shown, ValueError, wantsNumber } from '../../error/index.js'
import { fixed, show } from '../../shape/index.js'
import { mapFeatures, rowsOf, wantsFeatures } from './features.js'
import { defaultNames, type Features, type Fitting, knowsAll, type Transform } from './transform.js'

export interface MinMaxOptions {
  /** What the least number becomes. */
  readonly low: number
  /** What the largest number becomes, above `low`. */
  readonly high: number
}
export const minMaxDefaults: MinMaxOptions = Object.freeze({ low: 0, high: 1 })

const who = 'minMaxScaler'

/** The least of every feature, and the range up to the largest: 1 where there is none. */
interface Ranges {
  readonly min: readonly number[]
  readonly range: readonly number[]
}

/** The scaler of these ranges. */
export const minMaxScalerOf = (described: Ranges & MinMaxOptions): Transform<Features, true> => {
  const { min, range, low, high } = fixed(described)
  const of = (numbers: readonly number[], column: number): number => numbers[column] as number
  const up = (value: number, i: number): number => low + (high - low) * ((value - of(min, i)) / of(range, i))
  const down = (value: number, i: number): number => of(min, i) + of(range, i) * ((value - low) / (high - low))
  return fixed<Transform<Features, true>>({
    takes: 'features',
    inputs: min.length,
    outputs: min.length,
    apply: (x, where) => mapFeatures(who, wantsFeatures(who, x, min.length, where), up, where),
    inverse: (y) => mapFeatures(who, wantsFeatures(who, y, min.length), down),
    names: (inputs = defaultNames(min.length)) => inputs,
    unknown: knowsAll,
    description: { kind: who, min, range, low, high },
  })
}

/** Whether these are the ends of an interval. */
export const isInterval = ({ low, high }: MinMaxOptions): boolean => high > low && Number.isFinite(high - low)

/**
 * Every feature in [low, high]: [0, 1] unless said otherwise. What it was not fitted to may lie outside.
 *
 * @shape  [N, D] → [N, D], at the precision of what it is applied to
 * @error  `ShapeError` for no examples, `ValueError` for a number that is not finite, a range that is not, and `high` not above `low`
 * @source scikit-learn's `MinMaxScaler`
 * @example
 * minMaxScaler()(matrix([[1, 5], [3, 5]])).apply(matrix([[2, 5], [4, 6]])) // [[0.5, 0], [1.5, 1]]
 */
export const minMaxScaler = (options: Partial<MinMaxOptions> = {}): Fitting<Features, true> => {
  const { low, high } = optionsOf(who, minMaxDefaults, options)
  wantsNumber(who, 'low', low)
  wantsNumber(who, 'high', high)
  if (!isInterval({ low, high })) throw new ValueError({ who, expected: 'high above low', received: `${shown(low)} and ${shown(high)}` })
  return (examples, where) => {
    const x = wantsFeatures(who, examples, undefined, where)
    if (x.shape[0] === 0) throw new ShapeError(`${who} expects at least one example, receives ${show(x.shape)}`)
    const rows = rowsOf(x)
    const over = (better: (a: number, b: number) => number): Float64Array =>
      rows.reduce((best, row) => best.map((value, i) => better(value, row[i] as number)))
    const [min, max] = [over(Math.min), over(Math.max)]
    // −0 would be 0 in JSON.
    const ranges = { min: Array.from(min, (n) => n + 0), range: Array.from(max, (n, i) => n - (min[i] as number) || 1) }
    const odd = ranges.range.find((n) => !Number.isFinite(n))
    if (odd === undefined) return minMaxScalerOf({ ...ranges, low: low + 0, high: high + 0 })
    throw new ValueError({ who, expected: 'numbers whose range is finite', received: shown(odd) })
  }
}
