/**
 * A persistent list: an Immutable `List`, of whose methods these are named. A user who checks the declarations of libraries
 * (`skipLibCheck: false`) would wait for all of Immutable's types otherwise, ten times longer than for ours.
 */
export interface Sequence<T> extends Iterable<T> {
  readonly size: number
  readonly isEmpty: () => boolean
  readonly get: (index: number) => T | undefined
  readonly first: () => T | undefined
  readonly last: () => T | undefined
  readonly take: (count: number) => Sequence<T>
  readonly concat: (others: Iterable<T>) => Sequence<T>
  readonly push: (...values: T[]) => Sequence<T>
  readonly map: <U>(f: (value: T, index: number) => U) => Sequence<U>
  readonly reduce: <R>(f: (before: R, value: T, index: number) => R, start: R) => R
  readonly reduceRight: <R>(f: (behind: R, value: T, index: number) => R, start: R) => R
  readonly toArray: () => T[]
}
