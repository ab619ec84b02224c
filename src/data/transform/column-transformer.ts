/**
 * A table as features: every column by a transform of its own, side by side.
 *
 *     apply(table) = [t₁.apply(table.a) | t₂.apply(table.b) | …]
 *
 * @source scikit-learn, `ColumnTransformer`
 */
import { pipe } from 'fp-ts/lib/function.js'
import { scanLeft } from 'fp-ts/lib/ReadonlyArray.js'
import { optionsOf, ShapeError, shown, ValueError, wantsFunction, wantsRecord } from '../../error/index.js'
import type { Json } from '../../network/index.js'
import { fixed } from '../../shape/index.js'
import { toArray } from '../../tensor/read.js'
import { tabulated, wantsFeatures } from './features.js'
import { type Columns, type Features, type Fitting, fitted, type Transform } from './transform.js'

/** A fitting of each column, by its name. */
export interface Fittings {
  readonly [column: string]: (examples: never, where?: string) => { readonly takes: Transform<never>['takes'] }
}
/** The columns that these are fitted to. */
export type ColumnsOf<F extends Fittings> = { readonly [K in keyof F]: F[K] extends Fitting<infer A, boolean> ? A : never }
/** There is a way back if all have one. */
export type InverseOf<F extends Fittings> = false extends {
  [K in keyof F]: F[K] extends (examples: never) => { readonly inverse: infer I } ? (I extends undefined ? false : true) : false
}[keyof F]
  ? false
  : true

export interface ColumnTransformerOptions {
  /** The precision of the features: that of the network they go into. */
  readonly precision: 'float32' | 'float64'
}
export const columnTransformerDefaults: ColumnTransformerOptions = Object.freeze({ precision: 'float32' })
export const tablePrecisions = ['float32', 'float64'] as const

const who = 'columnTransformer'
/** A file may ask for any number of features. */
const mostFeatures = 2 ** 20

/** What a column of any kind is transformed by. */
type ColumnTransform = Transform<readonly (number | undefined)[] | readonly (string | undefined)[]>
/** A column's transform, with its name. */
export interface Named {
  readonly name: string
  readonly transform: ColumnTransform
}

/** The column of this name, or the sentence that says that there is none. */
const columnOf = (table: Columns, name: string): Columns[string] => {
  const column = Object.hasOwn(wantsRecord(who, 'a table, columns by name', table), name) ? table[name] : undefined
  if (column !== undefined) return column
  const names = Object.keys(table)
  throw new ValueError({ who, expected: `the column ${name}`, received: names.length === 0 ? 'a table without columns' : names.join(', ') })
}

/** How many rows all columns have. */
const wantsRows = (columns: readonly (readonly [name: string, column: Columns[string]])[]): number => {
  const [[first, { length: rows }] = ['', []], ...rest] = columns
  const uneven = rest.find(([, { length }]) => length !== rows)
  if (uneven === undefined) return rows
  throw new ShapeError(
    `${who} expects as many rows in every column, receives ${rows} in ${shown(first)} and ${uneven[1].length} in ${shown(uneven[0])}`,
  )
}

/** The transform of these columns. @error `ValueError` for more features than anybody wants */
export const columnTransformerOf = (parts: readonly Named[], { precision }: ColumnTransformerOptions): Transform<Columns> => {
  const widths = parts.map(({ transform }) => transform.outputs)
  const starts = pipe(
    widths,
    scanLeft(0, (sum, size) => sum + size),
  )
  const width = starts.at(-1) ?? 0
  if (width > mostFeatures) throw new ValueError({ who, expected: `at most ${mostFeatures} features`, received: String(width) })
  // Whose each feature is.
  const owners = widths.flatMap((size, i) => Array.from({ length: size }, () => i))
  return fixed<Transform<Columns>>({
    takes: 'columns',
    inputs: parts.length,
    outputs: width,
    apply: (table) => {
      const columns = parts.map(({ name }) => [name, columnOf(table, name)] as const)
      const features = parts.map(({ name, transform }, i) => toArray(transform.apply(columns[i]?.[1] ?? [], name)))
      const value = (row: number, feature: number): number => {
        const part = owners[feature] as number
        return features[part]?.[row * (widths[part] as number) + feature - (starts[part] as number)] as number
      }
      return tabulated(who, [wantsRows(columns), width], precision, value)
    },
    inverse: parts.some(({ transform }) => transform.inverse === undefined)
      ? undefined
      : (given) => {
          const numbers = toArray(wantsFeatures(who, given, width))
          const of = (start: number, size: number): Features =>
            tabulated(who, [given.shape[0], size], 'float64', (row, column) => numbers[row * width + start + column] as number)
          return Object.fromEntries(
            parts.map(({ name, transform }, i) => [name, transform.inverse?.(of(starts[i] ?? 0, transform.outputs)) ?? []]),
          )
        },
    names: () => parts.flatMap(({ name, transform }) => transform.names([name])),
    unknown: (table) =>
      parts.flatMap(({ name, transform }) => transform.unknown(columnOf(table, name)).map((unknown) => ({ ...unknown, column: name }))),
    description: {
      kind: who,
      columns: parts.map(({ name, transform }): Json => ({ name, transform: transform.description })),
      precision,
    },
  })
}

/**
 * A transform for each column of a table, fitted to a table of examples. Other columns are left out. `names()` are those of the features, in
 * order, for whoever labels weights.
 *
 * @shape  N rows of columns → [N, D], float32 unless said otherwise
 * @error  `ValueError` for a column that is not there, a row that its transform refuses (it says which), and more than 2²⁰ features;
 *         `ShapeError` for columns of different lengths
 * @source scikit-learn's `ColumnTransformer`
 * @example
 * const flowers = columnTransformer({ length: pipeline(numericColumn, standardScaler), species: oneHotEncoder() })(train)
 * flowers.apply(test) // Matrix<number, number>
 * flowers.names() // ['length', 'species=setosa', 'species=virginica']
 */
export const columnTransformer = <const F extends Fittings>(
  fittings: F,
  options: Partial<ColumnTransformerOptions> = {},
): Fitting<ColumnsOf<F>, InverseOf<F>> => {
  const own = Object.entries(wantsRecord(who, 'a record of fittings, one for each column', fittings))
  if (own.length === 0) throw new ValueError({ who, expected: 'a fitting for at least one column', received: shown(fittings) })
  for (const [name, fit] of own) wantsFunction(who, `a function that fits a transform for ${name}`, fit)
  const { precision } = optionsOf(who, columnTransformerDefaults, options)
  if (!tablePrecisions.includes(precision))
    throw new ValueError({ who, expected: `${tablePrecisions.join(' or ')} for precision`, received: shown(precision) })
  return (table) => {
    const parts = own.map(([name, fit]) => ({
      name,
      transform: fitted(who, fit as unknown as Fitting<Columns[string]>, columnOf(table as Columns, name), name) as ColumnTransform,
    }))
    const odd = parts.find(({ transform }) => transform.takes !== 'numbers' && transform.takes !== 'categories')
    if (odd !== undefined)
      throw new ValueError({ who, expected: `a transform of a column for ${odd.name}`, received: `one of ${odd.transform.takes}` })
    wantsRows(own.map(([name]) => [name, columnOf(table as Columns, name)]))
    return columnTransformerOf(parts, { precision }) as unknown as Transform<ColumnsOf<F>, InverseOf<F>>
  }
}
