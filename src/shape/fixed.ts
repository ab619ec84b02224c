/**
 * The door for plain data: what is given to us is copied, and what we keep or give is frozen, so that nobody can change a
 * value afterwards.
 *
 *     const own = fixed(given);  given changes ⇒ own does not;  own cannot change
 */
import { isRecord } from '../error/index.js'
import type { Shape } from './shape.js'

/**
 * A frozen copy of arrays and plain records, all the way down. What is neither (numbers, functions, tensors, collections) is
 * kept as it is.
 *
 * @example
 * fixed({ axes: [-1], sizes: [3] })
 */
export const fixed = <T>(data: T): T => {
  if (typeof data !== 'object' || data === null) return data
  if (Array.isArray(data)) return Object.freeze(Array.from(data, fixed)) as T
  if (!isRecord(data)) return data
  return Object.freeze(Object.fromEntries(Object.entries(data).map(([key, value]) => [key, fixed(value)]))) as T
}

declare const isFixed: unique symbol
/** A shape that nobody can change: what every tensor has. */
export type FixedShape<S extends Shape = Shape> = S & { readonly [isFixed]: true }

/** A frozen copy of a shape; one that is frozen already is its own. */
export const fixedShape = <S extends Shape>(shape: S): FixedShape<S> =>
  (Object.isFrozen(shape) ? shape : Object.freeze([...shape])) as FixedShape<S>
