/**
 * Transforms that are fitted to examples: pure functions from columns of a table to features, with a way back where there is one.
 *
 *     t = fit(train),   t.apply(x) : [N, D],   t.inverse(t.apply(x)) = x
 *
 * What is fitted depends on the examples that it was fitted to, and on nothing else: fit on training examples, apply to all.
 *
 * @source scikit-learn: `fit`, `transform`, `inverse_transform`, `get_feature_names_out`
 */
import { isRecord, shown, ValueError, wantsFunction } from '../../error/index.js'
import type { Description } from '../../network/index.js'
import type { Matrix } from '../../tensor/tensor.js'

/** Numbers by row; undefined where one is missing. */
export type NumericColumn = readonly (number | undefined)[]
/** Categories by row; undefined where one is missing. */
export type CategoricalColumn = readonly (string | undefined)[]
/** Columns by name, as many rows in each. */
export interface Columns {
  readonly [name: string]: NumericColumn | CategoricalColumn
}
/** Features of examples. @shape [N, D] */
export type Features = Matrix<number, number>

/** A category that was not among those that a transform was fitted to. */
export interface Unknown {
  readonly row: number
  readonly value: string
  /** The column's name, where a table was looked through. */
  readonly column?: string
}

/** What a transform is applied to. */
export type Takes = 'numbers' | 'categories' | 'features' | 'columns'

/** A fitted transform. `Inverse` is `false` where there is no way back. */
export interface Transform<in out A, out Inverse extends boolean = boolean> {
  readonly takes: Takes
  /** How many columns it takes. */
  readonly inputs: number
  /** How many features it gives. */
  readonly outputs: number
  /**
   * The features of these rows.
   *
   * @param where  what `x` is, a column's name say, for messages
   * @error `ValueError` for a number that is not finite, or a missing one that nothing stands for: it says in which row; `ShapeError` for
   *        another number of columns
   */
  readonly apply: (x: A, where?: string) => Features
  /** From features back to what they are of, to rounding; undefined where there is no way back. */
  readonly inverse: Inverse extends true ? (features: Features) => A : undefined
  /** Names of the features, from those of the columns: `species=setosa` of `species`. */
  readonly names: (inputs?: readonly string[]) => readonly string[]
  /** The categories that it was not fitted to, in order of their rows. */
  readonly unknown: (x: A) => readonly Unknown[]
  /** Plain data, from which `decodeTransform` makes it again. */
  readonly description: Description
}

/** From examples to what is fitted to them. `where` says what they are, for messages. */
export type Fitting<A, Inverse extends boolean = boolean> = (examples: A, where?: string) => Transform<A, Inverse>

/** A transform whose types are known only at run time. It checks what it is applied to. */
export type SomeTransform = Transform<NumericColumn | CategoricalColumn | Features | Columns>

/** Names of features that have none. */
export const defaultNames = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `x${i}`)

/** Nothing is unknown to what takes numbers. */
export const knowsAll = (): readonly Unknown[] => []

/** Whether this is a fitted transform, of whatever types. */
export const isTransform = (x: unknown): x is SomeTransform => {
  if (typeof x !== 'object' || x === null) return false
  const { apply, names, description } = x as Partial<SomeTransform>
  const isDescribed = typeof description === 'object' && description !== null && isRecord(description)
  return isDescribed && typeof apply === 'function' && typeof names === 'function'
}

/** The transform itself, or the sentence that says what was given in its place. */
export const wantsTransform = <T>(who: string, x: T): T => {
  if (isTransform(x)) return x
  throw new ValueError({ who, expected: 'a fitted transform', received: shown(x) })
}

/** What is fitted to these examples; what cannot be fitted is refused in a sentence. */
export const fitted = <A, Inverse extends boolean>(
  who: string,
  fit: Fitting<A, Inverse>,
  examples: A,
  where?: string,
): Transform<A, Inverse> =>
  wantsTransform(who, wantsFunction(who, 'a function that fits a transform, oneHotEncoder() say', fit)(examples, where))
