/**
 * The pullback of a loop is a loop the other way: back-propagation through time.
 *
 *     [dcₜ, dxₜ, dkₜ] = Jᵀ(cₜ, xₜ, k) · [dcₜ₊₁, dyₜ],   dk = Σₜ dkₜ
 *
 * In four steps: which operands are active (`loop-activity.ts`); the pullback of the body, for the carries that have a cotangent at
 * all; the loop forward, widened by what that pullback uses of the values it computes (`residuals.ts`); and the loop back.
 *
 * @source Goodfellow, Bengio, Courville (2016) §10.2.2; Werbos (1990)
 */
import { tensors } from '../ops/apply.js'
import { uniform } from '../tensor/buffer.js'
import { type Body, type Loop, nodeOf, placeholder } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { either, type Flags, type PerOperand, placedOperands, where, whereOperands } from './flags.js'
import { loop as close } from './loop.js'
import { activeOperands, isFloating } from './loop-activity.js'
import { replay, type Widened } from './replay.js'
import { residuals, widen } from './residuals.js'
import { bind } from './run.js'
import type { Sent } from './walk.js'

type Pull = (
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  seeds: readonly Tensor[],
) => { readonly cotangents: readonly (Tensor | undefined)[]; readonly widened: Widened }

type Cotangents = PerOperand<Tensor | undefined>

const unknown = (x: Tensor): Tensor => placeholder(x.shape, x.precision, 'cotangent')
const zeros = (x: Tensor): Tensor => uniform(x.shape, x.precision, 0)
const isDefined = <A>(x: A | undefined): x is A => x !== undefined

/** For which carries, before and after an iteration, and for which stacks there is a cotangent. */
interface Given {
  readonly carry: Flags
  readonly ys: Flags
}
/** The cotangents of the body's inputs, in terms of unknown ones of its outputs. */
interface BodyPullback {
  readonly given: Given
  readonly carrySeeds: readonly Tensor[]
  readonly ySeeds: readonly Tensor[]
  readonly cotangents: Cotangents
  readonly widened: Widened
}

/** A carry that gets a cotangent from an iteration has one in the iteration before, too: again, until there are no more. */
const pullBody = (pull: Pull, body: Body, active: PerOperand<boolean>, given: Given): BodyPullback => {
  const [carrySeeds, ySeeds] = [where(body.carry, given.carry).map(unknown), where(body.ys, given.ys).map(unknown)]
  const outputs = [...where(body.nextCarry, given.carry), ...where(body.ys, given.ys)]
  const found = pull(whereOperands(body, active), outputs, [...carrySeeds, ...ySeeds])
  const cotangents = placedOperands(active, found.cotangents)
  const reached = cotangents.carry.map(isDefined)
  if (reached.some((flag, i) => flag && given.carry[i] === false))
    return pullBody(pull, body, active, { ...given, carry: either(given.carry, reached) })
  return { given, carrySeeds, ySeeds, cotangents, widened: found.widened }
}

/** What was kept of the way forward: stacked, and a slice of it inside the loop back. */
interface Kept {
  readonly stacks: readonly Tensor[]
  readonly slices: readonly Tensor[]
}

/** The loop back: the carries' cotangents and the constants' sums are its carry, the slices' cotangents what it gives. */
const backLoop = (
  loop: Loop,
  { given, carrySeeds, ySeeds, cotangents }: BodyPullback,
  dys: readonly (Tensor | undefined)[],
  inside: (x: Tensor) => Tensor,
  kept: Kept,
): readonly Tensor[] => {
  const { carry, xs, constants, body } = loop
  const sums = where(constants, cotangents.constants.map(isDefined))
  const sumsSoFar = sums.map((x) => placeholder(x.shape, x.precision, 'sum'))
  const starts = carry.map((x, i) => dys[i] ?? zeros(x))
  const before = cotangents.carry.map((d, i) => (d === undefined ? zeros(carry[i] as Tensor) : inside(d)))
  const more = cotangents.constants.filter(isDefined).map((d, i) => tensors.add(sumsSoFar[i] as Tensor, inside(d)))
  return close({
    length: loop.length,
    reverse: !loop.reverse,
    carry: [...where(starts, given.carry), ...sums.map(zeros)],
    xs: [...xs, ...kept.stacks, ...where(dys.slice(carry.length), given.ys).filter(isDefined)],
    own: { carry: [...carrySeeds, ...sumsSoFar], xs: [...body.xs, ...kept.slices, ...ySeeds] },
    nextCarry: [...where(before, given.carry), ...more],
    ys: cotangents.xs.filter(isDefined).map(inside),
  })
}

/** The same pullback, in which loops inside the body stand aside for those that keep what is needed of them. */
const renamedBy = (rename: (x: Tensor) => Tensor, back: BodyPullback): BodyPullback => {
  const all = (xs: readonly (Tensor | undefined)[]): readonly (Tensor | undefined)[] => xs.map((x) => x && rename(x))
  const { carry, xs, constants } = back.cotangents
  return { ...back, cotangents: { carry: all(carry), xs: all(xs), constants: all(constants) } }
}

/** What a loop sends to its operands, given the cotangents of its results, and the loop that stands for it from now on. */
export const loopPullback =
  (pull: Pull) =>
  (loop: Loop, dys: readonly (Tensor | undefined)[], isWanted: (x: Tensor) => boolean): readonly [Sent<Tensor>, Loop] => {
    const { body, carry, xs, constants } = loop
    const active = activeOperands(loop, isWanted)
    const found = pullBody(pull, body, active, {
      carry: carry.map((_, i) => active.carry[i] === true && dys[i] !== undefined),
      ys: body.ys.map((y, i) => isFloating(y) && dys[carry.length + i] !== undefined),
    })
    const rename = replay(new Map(), { widened: found.widened })
    const back = renamedBy(rename, found)
    const { given, cotangents } = back
    const forward = [...body.nextCarry, ...body.ys].map(rename)
    const used = [...where(cotangents.carry, given.carry), ...cotangents.xs, ...cotangents.constants].filter(isDefined)
    const values = residuals(body, forward, used, [...back.carrySeeds, ...back.ySeeds])
    const { wide, stacks } = widen(loop, forward, values)
    const slices = values.map((x) => placeholder(x.shape, x.precision, 'kept'))
    const inside = replay(bind([...body.constants, ...values], [...constants, ...slices]))
    const results = backLoop(loop, back, dys, inside, { stacks, slices })
    const targets = [
      ...where(carry, given.carry),
      ...where(constants, cotangents.constants.map(isDefined)),
      ...where(xs, cotangents.xs.map(isDefined)),
    ]
    return [targets.map((x, i) => [nodeOf(x), results[i] as Tensor] as const), wide]
  }
