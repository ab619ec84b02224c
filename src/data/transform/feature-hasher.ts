/**
 * A feature for every bucket of a hash: for columns of more categories than anybody wants features, and for those that nobody has seen yet.
 *
 *     h = murmurHash(x),   y[|h| mod size] = sign(h),  or 1 without signs;   0 elsewhere, and where x is missing
 *
 * Signs let what falls into one bucket cancel out instead of adding up. There is no way back: several categories share a bucket.
 *
 * @source Weinberger, Dasgupta, Langford, Smola, Attenberg (2009), Feature hashing for large scale multitask learning;
 *         scikit-learn's `FeatureHasher`
 */
import { optionsOf, shown, ValueError, wantsBoolean } from '../../error/index.js'
import { fixed } from '../../shape/index.js'
import { wantsCategoricalColumn } from './column.js'
import { tabulated } from './features.js'
import { murmurHash } from './murmur.js'
import { type CategoricalColumn, type Fitting, knowsAll, type Transform } from './transform.js'

export interface HasherOptions {
  /** How many features there are. */
  readonly size: number
  /** Whether a category counts −1 or 1, by its hash, or always 1. */
  readonly signed: boolean
}
export const hasherDefaults: Pick<HasherOptions, 'signed'> = Object.freeze({ signed: true })

const who = 'featureHasher'
/** A file may ask for any number of features. */
export const mostBuckets = 2 ** 20

/** Whether there may be so many features. */
export const isBuckets = (size: unknown): boolean => Number.isInteger(size) && Number(size) >= 1 && Number(size) <= mostBuckets

/** The hasher itself. */
export const featureHasherOf = ({ size, signed }: HasherOptions): Transform<CategoricalColumn, false> =>
  fixed<Transform<CategoricalColumn, false>>({
    takes: 'categories',
    inputs: 1,
    outputs: size,
    apply: (x, where) => {
      const hashes = wantsCategoricalColumn(who, x, where).map((value) => (value === undefined ? undefined : murmurHash(value)))
      const places = hashes.map((hash) => (hash === undefined ? -1 : Math.abs(hash) % size))
      const signs = hashes.map((hash = 0) => (signed && hash < 0 ? -1 : 1))
      const value = (row: number, column: number): number => (places[row] === column ? (signs[row] as number) : 0)
      return tabulated(who, [places.length, size], 'float32', value, where)
    },
    inverse: undefined,
    names: (inputs = ['x']) => inputs.flatMap((name) => Array.from({ length: size }, (_, i) => `${name}#${i}`)),
    unknown: knowsAll,
    description: { kind: who, size, signed },
  })

/**
 * A category's hash as features. It is fitted to nothing: the examples are only checked.
 *
 * @shape  N categories → [N, size]
 * @error  `ValueError` for a size that is not a whole number from 1 to 2²⁰, and for what is no text
 * @source scikit-learn's `FeatureHasher`, whose bits these are
 * @example
 * featureHasher({ size: 10 })(train.street).apply(['dog']) // [[0, 0, 0, −1, 0, 0, 0, 0, 0, 0]]
 */
export const featureHasher = (options: Pick<HasherOptions, 'size'> & Partial<HasherOptions>): Fitting<CategoricalColumn, false> => {
  const { size, signed } = optionsOf(who, hasherDefaults, options, ['size'])
  if (!isBuckets(size))
    throw new ValueError({ who, expected: `a whole number of features from 1 to ${mostBuckets} for size`, received: shown(size) })
  wantsBoolean(who, 'signed', signed)
  return (examples, where) => {
    wantsCategoricalColumn(who, examples, where)
    return featureHasherOf({ size, signed })
  }
}
