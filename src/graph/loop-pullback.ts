/**
 * The pullback of a loop is a loop the other way: back-propagation through time.
 *
 *     [dcₜ, dxₜ, dkₜ] = Jᵀ(cₜ, xₜ, k) · [dcₜ₊₁, dyₜ],   dk = Σₜ dkₜ
 *
 * On its way forward the loop keeps what the body's pullback uses of the values it computes (`residuals.ts`). Of integers and
 * conditions there is no derivative.
 *
 * @source Goodfellow, Bengio, Courville (2016) §10.2.2; Werbos (1990)
 */
import { tensors } from '../ops/apply.js'
import { isFloat } from '../prim/index.js'
import { uniform } from '../tensor/buffer.js'
import { type Body, type Loop, nodeOf, placeholder } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { loop as close, closure, dependsOn, type Flags, where } from './loop.js'
import { replay, type Widened } from './replay.js'
import { residuals, widen } from './residuals.js'
import { bind } from './run.js'
import type { Sent } from './walk.js'

type Pull = (
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  seeds: readonly Tensor[],
) => { readonly cotangents: readonly (Tensor | undefined)[]; readonly widened: Widened }

const isFloating = (x: Tensor): boolean => isFloat(x.precision)
const unknown = (x: Tensor): Tensor => placeholder(x.shape, x.precision, 'cotangent')
const zeros = (x: Tensor): Tensor => uniform(x.shape, x.precision, 0)
const isDefined = <A>(x: A | undefined): x is A => x !== undefined

/** The body's pullback: for which carries there is a cotangent at all, its unknowns, and the cotangents of the wanted inputs. */
interface BodyPullback {
  readonly carried: Flags
  /** For which stacks. */
  readonly given: Flags
  readonly carrySeeds: readonly Tensor[]
  readonly ySeeds: readonly Tensor[]
  readonly carry: readonly (Tensor | undefined)[]
  readonly xs: readonly (Tensor | undefined)[]
  readonly constants: readonly (Tensor | undefined)[]
  readonly widened: Widened
}

/** What was kept of the way forward: stacked, and a slice of it inside the loop back. */
interface Kept {
  readonly stacks: readonly Tensor[]
  readonly slices: readonly Tensor[]
}

interface Wanted {
  readonly carry: Flags
  readonly xs: Flags
  readonly constants: Flags
}

/** A carry is wanted if its start is, or if it is computed from what is. */
const wantedOf = ({ carry, xs, constants, body }: Loop, wanted: (x: Tensor) => boolean): Wanted => {
  const flags = (all: readonly Tensor[]): Flags => all.map((x) => isFloating(x) && wanted(x))
  const [along, fixed] = [flags(xs), flags(constants)]
  const flow = closure(flags(carry), (now) => {
    const sources = [...where(body.carry, now), ...where(body.xs, along), ...where(body.constants, fixed)]
    const depends = dependsOn(new Set(sources.map(nodeOf)))
    return body.nextCarry.map((x) => isFloating(x) && depends(x))
  })
  return { carry: flow, xs: along, constants: fixed }
}

/** The flagged entries of a list, in their places again. */
const spread = <A>(flags: Flags, found: readonly A[]): readonly (A | undefined)[] =>
  flags.map((flag, i) => (flag ? found[where(flags.slice(0, i), flags).length] : undefined))

const pullBody = (pull: Pull, body: Body, wanted: Wanted, carried: Flags, given: Flags): BodyPullback => {
  const [carrySeeds, ySeeds] = [where(body.carry, carried).map(unknown), where(body.ys, given).map(unknown)]
  const inputs = [...where(body.carry, wanted.carry), ...where(body.xs, wanted.xs), ...where(body.constants, wanted.constants)]
  const outputs = [...where(body.nextCarry, carried), ...where(body.ys, given)]
  const { cotangents, widened } = pull(inputs, outputs, [...carrySeeds, ...ySeeds])
  const [carries, along] = [where(body.carry, wanted.carry).length, where(body.xs, wanted.xs).length]
  const carry = spread(wanted.carry, cotangents.slice(0, carries))
  const more = carry.map((d, i) => d !== undefined && carried[i] === false)
  if (more.some((flag) => flag))
    return pullBody(
      pull,
      body,
      wanted,
      carried.map((flag, i) => flag || more[i] === true),
      given,
    )
  return {
    carried,
    given,
    carrySeeds,
    ySeeds,
    carry,
    xs: spread(wanted.xs, cotangents.slice(carries, carries + along)),
    constants: spread(wanted.constants, cotangents.slice(carries + along)),
    widened,
  }
}

/** The loop back: the carries' cotangents and the constants' sums are its carry, the slices' cotangents what it gives. */
const backLoop = (
  loop: Loop,
  back: BodyPullback,
  dys: readonly (Tensor | undefined)[],
  inside: (x: Tensor) => Tensor,
  kept: Kept,
): readonly Tensor[] => {
  const { carry, xs, constants, body } = loop
  const sums = where(constants, back.constants.map(isDefined))
  const sumsSoFar = sums.map((x) => placeholder(x.shape, x.precision, 'sum'))
  const starts = carry.map((x, i) => dys[i] ?? zeros(x))
  const nextCarry = back.carry.map((d, i) => (d === undefined ? zeros(carry[i] as Tensor) : inside(d)))
  return close({
    length: loop.length,
    reverse: !loop.reverse,
    carry: [...where(starts, back.carried), ...sums.map(zeros)],
    xs: [...xs, ...kept.stacks, ...where(dys.slice(carry.length), back.given).filter(isDefined)],
    own: { carry: [...back.carrySeeds, ...sumsSoFar], xs: [...body.xs, ...kept.slices, ...back.ySeeds] },
    nextCarry: [
      ...where(nextCarry, back.carried),
      ...back.constants.filter(isDefined).map((d, i) => tensors.add(sumsSoFar[i] as Tensor, inside(d))),
    ],
    ys: back.xs.filter(isDefined).map(inside),
  })
}

/** What a loop sends to its operands, given the cotangents of its results, and the loop that stands for it from now on. */
export const loopPullback =
  (pull: Pull) =>
  (loop: Loop, dys: readonly (Tensor | undefined)[], isWanted: (x: Tensor) => boolean): readonly [Sent<Tensor>, Loop] => {
    const { body, carry, xs, constants } = loop
    const wanted = wantedOf(loop, isWanted)
    const given = body.ys.map((y, i) => isFloating(y) && dys[carry.length + i] !== undefined)
    const carried = carry.map((_, i) => wanted.carry[i] === true && dys[i] !== undefined)
    const found = pullBody(pull, body, wanted, carried, given)
    /** Loops inside the body stand aside for those that keep what is needed of them, too. */
    const renamed = replay(new Map(), { widened: found.widened })
    const rename = (all: readonly (Tensor | undefined)[]): readonly (Tensor | undefined)[] => all.map((x) => x && renamed(x))
    const back = { ...found, carry: rename(found.carry), xs: rename(found.xs), constants: rename(found.constants) }
    const forward = [...body.nextCarry, ...body.ys].map(renamed)
    const used = [...where(back.carry, back.carried), ...back.xs, ...back.constants].filter(isDefined)
    const values = residuals(body, forward, used, [...back.carrySeeds, ...back.ySeeds])
    const { wide, stacks } = widen(loop, forward, values)
    const slices = values.map((x) => placeholder(x.shape, x.precision, 'kept'))
    const inside = replay(bind([...body.constants, ...values], [...constants, ...slices]))
    const results = backLoop(loop, back, dys, inside, { stacks, slices })
    const targets = [
      ...where(carry, back.carried),
      ...where(constants, back.constants.map(isDefined)),
      ...where(xs, back.xs.map(isDefined)),
    ]
    return [targets.map((x, i) => [nodeOf(x), results[i] as Tensor] as const), wide]
  }
