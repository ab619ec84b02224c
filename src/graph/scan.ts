/**
 * Loops as data: a step from a carry and a slice to the next of both, along the first axis of everything it is given.
 *
 *     scan(f)(c₀, x) = [cₙ, y],  where [cₜ₊₁, yₜ] = f(cₜ, xₜ)
 *     scan(f)(c, a ++ b) = scan(f) along b, from where scan(f) along a ends
 *
 * @source jax.lax.scan; Haskell's mapAccumL
 */
import { optionsOf, PrecisionError, ShapeError, shown, ValueError } from '../error/index.js'
import { type Leaf, leavesWithPaths, withLeaves } from '../params/index.js'
import { sameShape, show } from '../shape/index.js'
import { range } from '../tensor/create.js'
import { placeholder } from '../tensor/node.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { loop } from './loop.js'
import type { LengthOf, StackOf } from './stack.js'

export interface ScanOptions {
  /** Whether the last slice comes first; the slices of the result stay where those of `xs` were. */
  readonly reverse: boolean
}
export const scanDefaults: ScanOptions = Object.freeze({ reverse: false })

/** `carry.weights` */
const nameOf = (what: string, path: string): string => (/^[.[]/.test(path) ? `${what}${path}` : what)

const lengthOf = (all: readonly Leaf[]): number => {
  const length = all[0]?.tensor.shape[0]
  if (all.length === 0) throw new ShapeError('scan expects at least one tensor to go along, receives none; go along a range')
  if (length === undefined || all.some(({ tensor }) => tensor.shape[0] !== length))
    throw new ShapeError(
      `scan expects one length along every first axis, receives ${all.map(({ tensor }) => show(tensor.shape)).join(' and ')}`,
    )
  return length
}

const pairOf = (result: unknown): readonly [unknown, unknown] => {
  if (Array.isArray(result) && result.length === 2) return [result[0], result[1]]
  throw new ValueError({
    who: 'scan',
    expected: 'a body that returns [carry, y]',
    received: Array.isArray(result) ? `a tuple of ${result.length}` : result instanceof Object ? 'one tree' : shown(result),
    hint: 'where there is no y, return [carry, []]',
  })
}

/** The tensors of a carry after an iteration, in the order of those before it, whose types they have. */
const carried = (before: readonly Leaf[], after: readonly Leaf[]): readonly Tensor[] => {
  const at = new Map(after.map(({ path, tensor }) => [path, tensor]))
  const paths = (all: readonly Leaf[]): string => `tensors at ${all.length === 0 ? 'no place' : all.map(({ path }) => path).join(', ')}`
  return before.map(({ path, tensor }) => {
    const next = at.get(path)
    if (next === undefined || after.length !== before.length)
      throw new ValueError({ who: 'scan', expected: `a carry of ${paths(before)}`, received: paths(after), where: 'after an iteration' })
    if (!sameShape(next.shape, tensor.shape))
      throw new ShapeError(`scan expects a carry of ${show(tensor.shape)} after an iteration, receives ${show(next.shape)} (at ${path})`)
    if (next.precision !== tensor.precision)
      throw new PrecisionError({
        who: 'scan',
        expected: `a carry of ${tensor.precision} after an iteration`,
        received: next.precision,
        where: `at ${path}`,
      })
    return next
  })
}

/**
 * A loop along the first axis of every tensor of `xs`: the last carry, and what every iteration gave, stacked.
 *
 *     [cₜ₊₁, yₜ] = f(cₜ, xₜ), t = 0 … N − 1
 *
 * `f` is traced once, whatever N is; it may use any tensor from outside. A loop of literals is computed at once; of anything
 * else it is one node of the graph, with a derivative that is a loop again. Without `xs`, go along `range(n)`; without a
 * result, return `[carry, []]`. For N = 0 the carry is what it was.
 *
 * @shape  f: (C, [...S]) → [C, [...T]]; scan(f): (C, [N, ...S]) → [C, [N, ...T]]
 * @error  `ShapeError` if `xs` differ in length, or the carry changes its shape; `PrecisionError` if it changes its precision;
 *         `ValueError` if it changes its structure, and for a number where a tensor is expected
 * @source jax.lax.scan; Goodfellow, Bengio, Courville (2016) §10.1
 * @example
 * const [total, sums] = scan((c: Scalar, x: Scalar) => [add(x)(c), add(x)(c)])(scalar(0), vector([1, 2, 3])) // 6 and [1, 3, 6]
 */
export const scan =
  <C, X, Y>(f: (carry: C, x: X) => readonly [NoInfer<C>, Y], options: Partial<ScanOptions> = {}) =>
  <Xs extends StackOf<number, X>>(carry: C, xs: Xs): readonly [C, StackOf<LengthOf<Xs>, Y>] => {
    const { reverse } = optionsOf('scan', scanDefaults, options)
    const along = leavesWithPaths(xs, 'scan')
    const length = lengthOf(along)
    const before = leavesWithPaths(carry, 'scan')
    const carries = before.map(({ path, tensor }) => placeholder(tensor.shape, tensor.precision, nameOf('carry', path)))
    const slices = along.map(({ path, tensor }) => placeholder(tensor.shape.slice(1), tensor.precision, nameOf('x', path)))
    const [next, ys] = pairOf(f(withLeaves(carry, carries), withLeaves(xs, slices) as unknown as X))
    const all = loop({
      length,
      reverse,
      carry: before.map(({ tensor }) => tensor),
      xs: along.map(({ tensor }) => tensor),
      own: { carry: carries, xs: slices },
      nextCarry: carried(before, leavesWithPaths(next, 'scan')),
      ys: leavesWithPaths(ys, 'scan').map(({ tensor }) => tensor),
    })
    const stacks = withLeaves(ys, all.slice(before.length)) as unknown as StackOf<LengthOf<Xs>, Y>
    return [withLeaves(carry, all.slice(0, before.length)), stacks]
  }

/**
 * The carry after `length` iterations.
 *
 *     cₜ₊₁ = f(cₜ, t), t = 0 … length − 1, an int32
 *
 * @source jax.lax.fori_loop
 * @example
 * foriLoop(10)((c: Scalar) => mul(2)(c))(scalar(1)) // 1024
 */
export const foriLoop =
  (length: number) =>
  <C>(f: (carry: C, t: Scalar) => NoInfer<C>) =>
  (carry: C): C =>
    scan((c: C, t: Scalar) => [f(c, t), []] as const)(carry, range(length))[0]
