/**
 * Some of a loop's carries, slices, constants or results: lists of flags, the entries that they choose, and least fixpoints, for
 * what is so of one carry becomes so of others over some iterations.
 */
import { mapAccumulate } from './walk.js'

/** One for every carry, slice, constant or result of a loop. */
export type Flags = readonly boolean[]

export const where = <A>(xs: readonly A[], flags: Flags): readonly A[] => xs.filter((_, i) => flags[i])

/** The chosen entries in their places again: the inverse of `where`. */
export const placed = <A>(flags: Flags, chosen: readonly A[]): readonly (A | undefined)[] =>
  mapAccumulate<number, A | undefined>(flags.length, false, 0, (next, i) => (flags[i] ? [next + 1, chosen[next]] : [next, undefined]))[1]

export const either = (a: Flags, b: Flags): Flags => a.map((flag, i) => flag || b[i] === true)

/** The least fixpoint of `grow` above these flags. */
export const fixpoint = (flags: Flags, grow: (flags: Flags) => Flags): Flags => {
  const next = either(flags, grow(flags))
  return next.every((flag, i) => flag === flags[i]) ? flags : fixpoint(next, grow)
}

/** Something for each operand of a loop, or for what stands for it in the body. */
export interface PerOperand<A> {
  readonly carry: readonly A[]
  readonly xs: readonly A[]
  readonly constants: readonly A[]
}

/** The chosen ones, carries before slices before constants. */
export const whereOperands = <A>({ carry, xs, constants }: PerOperand<A>, flags: PerOperand<boolean>): readonly A[] => [
  ...where(carry, flags.carry),
  ...where(xs, flags.xs),
  ...where(constants, flags.constants),
]

/** The inverse of `whereOperands`. */
export const placedOperands = <A>({ carry, xs, constants }: PerOperand<boolean>, chosen: readonly A[]): PerOperand<A | undefined> => {
  const all = placed([...carry, ...xs, ...constants], chosen)
  const [afterCarry, afterXs] = [carry.length, carry.length + xs.length]
  return { carry: all.slice(0, afterCarry), xs: all.slice(afterCarry, afterXs), constants: all.slice(afterXs) }
}
