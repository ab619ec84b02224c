import { type Either, isLeft } from 'fp-ts/lib/Either.js'

/**
 * The right value of a rule; its left, thrown. For callers without types, who mix what the compiler would have refused.
 *
 * @example
 * orThrow(right(3)) // => 3
 */
export const orThrow = <E extends Error, A>(result: Either<E, A>): A => {
  if (isLeft(result)) throw result.left
  return result.right
}
