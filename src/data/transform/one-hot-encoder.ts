/**
 * A feature for every category of the examples that it was fitted to.
 *
 *     y[k] = 1 where x is the k-th category, 0 elsewhere;   Σₖ y[k] is 1, or 0 for a category that was not there and for a missing one
 *
 * @source scikit-learn, `OneHotEncoder`
 */
import { optionsOf, shown, ValueError, wantsBoolean } from '../../error/index.js'
import { fixed } from '../../shape/index.js'
import { rowOf, wantsCategoricalColumn } from './column.js'
import { rowsOf, tabulated, wantsFeatures } from './features.js'
import type { CategoricalColumn, Fitting, Transform } from './transform.js'

export interface OneHotOptions {
  /** A category that was not there: a row of zeros, or a feature of its own, the same for all. `unknown` lists them either way. */
  readonly unknown: 'zeros' | 'feature'
  /** A missing category: a row of zeros, a feature of its own, or as the most frequent category (of several the first). */
  readonly missing: 'zeros' | 'feature' | 'mostFrequent'
  /**
   * Whether the first category has no feature, and is a row of zeros: for linear models with a bias, whose columns must not add up to 1.
   * Nothing but that category should be a row of zeros then.
   */
  readonly drop: boolean
}
export const oneHotDefaults: OneHotOptions = Object.freeze({ unknown: 'zeros', missing: 'zeros', drop: false })
export const unknownWays = ['zeros', 'feature'] as const
export const missingWays = ['zeros', 'feature', 'mostFrequent'] as const

const who = 'oneHotEncoder'

/** What is fitted: the categories in order, and which of them is the most frequent. */
export interface Categories {
  readonly categories: readonly string[]
  readonly mostFrequent: string
}

/** The encoder of these categories. */
export const oneHotEncoderOf = (described: Categories & OneHotOptions): Transform<CategoricalColumn, true> => {
  const { categories, mostFrequent, unknown, missing, drop } = fixed(described)
  const first = drop ? 1 : 0
  const known = new Map(categories.map((category, i) => [category, i - first]))
  const others = [...(unknown === 'feature' ? ['unknown'] : []), ...(missing === 'feature' ? ['missing'] : [])]
  const width = categories.length - first + others.length
  /** The feature that is 1; none for −1. */
  const placeOf = (value: string | undefined): number => {
    if (value === undefined && missing !== 'mostFrequent') return missing === 'feature' ? width - 1 : -1
    return known.get(value ?? mostFrequent) ?? (unknown === 'feature' ? categories.length - first : -1)
  }
  const wantsPlaced = (x: CategoricalColumn, where: string | undefined): CategoricalColumn => {
    const row = wantsCategoricalColumn(who, x, where).indexOf(undefined)
    if (row < 0 || !drop || missing !== 'zeros') return x
    throw new ValueError({
      who,
      expected: 'a category in every row, the first being a row of zeros',
      received: 'a missing one',
      hint: "say missing: 'feature' or missing: 'mostFrequent'",
      where: rowOf(where, row),
    })
  }
  /** The category of a row's largest number; a row of zeros is what was dropped, or nothing that is known. */
  const categoryOf = (row: Float64Array): string | undefined => {
    if (!drop && row.every((value) => value === 0)) return undefined
    const scores = drop ? [1 - row.reduce((sum, value) => sum + value, 0), ...row] : [...row]
    return categories[scores.reduce((best, value, i) => (value > (scores[best] as number) ? i : best), 0)]
  }
  return fixed<Transform<CategoricalColumn, true>>({
    takes: 'categories',
    inputs: 1,
    outputs: width,
    apply: (x, where) => {
      const places = wantsPlaced(x, where).map(placeOf)
      return tabulated(who, [places.length, width], 'float32', (row, column) => Number(places[row] === column), where)
    },
    inverse: (features) => rowsOf(wantsFeatures(who, features, width)).map(categoryOf),
    names: (inputs = ['x']) =>
      inputs.flatMap((name) => [...categories.slice(first).map((c) => `${name}=${c}`), ...others.map((other) => `${name} ${other}`)]),
    unknown: (x) =>
      wantsCategoricalColumn(who, x).flatMap((value, row) => (value === undefined || known.has(value) ? [] : [{ row, value }])),
    description: { kind: who, categories, mostFrequent, unknown, missing, drop },
  })
}

const wantsWay = (option: string, ways: readonly string[], given: string): void => {
  if (!ways.includes(given)) throw new ValueError({ who, expected: `${ways.join(' or ')} for ${option}`, received: shown(given) })
}

/**
 * One-hot rows of categories, which are sorted, whatever the order of the rows. The way back takes the largest number of a row, so that
 * it reads a classifier's probabilities, too; a row of zeros is `undefined`.
 *
 * @shape  N categories → [N, K], with a feature for what is unknown or missing [N, K + 1] or [N, K + 2], without the first [N, K − 1]
 * @error  `ValueError` for a column without a category, and for what is no text; it says in which row
 * @source scikit-learn's `OneHotEncoder`
 * @example
 * const species = oneHotEncoder()(['setosa', 'virginica', 'setosa'])
 * species.names(['species']) // ['species=setosa', 'species=virginica']
 * species.apply(['virginica', 'versicolor']) // [[0, 1], [0, 0]]
 * species.unknown(['virginica', 'versicolor']) // [{ row: 1, value: 'versicolor' }]
 */
export const oneHotEncoder = (options: Partial<OneHotOptions> = {}): Fitting<CategoricalColumn, true> => {
  const { unknown, missing, drop } = optionsOf(who, oneHotDefaults, options)
  wantsWay('unknown', unknownWays, unknown)
  wantsWay('missing', missingWays, missing)
  wantsBoolean(who, 'drop', drop)
  return (examples, where) => {
    const counts = wantsCategoricalColumn(who, examples, where)
      .filter((value) => value !== undefined)
      .reduce((sums, value) => sums.set(value, (sums.get(value) ?? 0) + 1), new Map<string, number>())
    const categories = [...counts.keys()].sort()
    const mostFrequent = categories.reduce<string | undefined>(
      (best, category) => (best !== undefined && (counts.get(best) ?? 0) >= (counts.get(category) ?? 0) ? best : category),
      undefined,
    )
    if (mostFrequent !== undefined) return oneHotEncoderOf({ categories, mostFrequent, unknown, missing, drop })
    const place = where === undefined ? {} : { where }
    throw new ValueError({ who, expected: 'at least one category to be fitted to', received: 'none', ...place })
  }
}
