/**
 * The pullback of a loop is a loop the other way: back-propagation through time.
 *
 *     [dcₜ, dxₜ, dkₜ] = Jᵀ(cₜ, xₜ, k) · [dcₜ₊₁, dyₜ],   dk = Σₜ dkₜ
 *
 * On its way forward the loop keeps, as further stacked results, what the body's pullback uses of the values it computes; the
 * loop back computes none of them again. Of integers and conditions there is no derivative.
 *
 * @source Goodfellow, Bengio, Courville (2016) §10.2.2; Werbos (1990)
 */
import { tensors } from '../ops/apply.js'
import { isViewPrim } from '../ops/view.js'
import { isFloat } from '../prim/index.js'
import { uniform } from '../tensor/buffer.js'
import { tensorOf } from '../tensor/expression.js'
import { type Body, Loop, type Node, nodeOf, placeholder } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { loop as close, closure, dependsOn, type Flags, where } from './loop.js'
import { replay, type Widened } from './replay.js'
import { bind } from './run.js'
import { operandsOf, type Sent, topological } from './walk.js'

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
  readonly carrySeeds: readonly Tensor[]
  readonly ySeeds: readonly Tensor[]
  readonly carry: readonly (Tensor | undefined)[]
  readonly xs: readonly (Tensor | undefined)[]
  readonly constants: readonly (Tensor | undefined)[]
  readonly widened: Widened
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
    carrySeeds,
    ySeeds,
    carry,
    xs: spread(wanted.xs, cotangents.slice(carries, carries + along)),
    constants: spread(wanted.constants, cotangents.slice(carries + along)),
    widened,
  }
}

/** What costs nothing to look at again is not kept, but what it looks at. */
const isLook = (node: Node): boolean =>
  node.kind === 'apply' && (isViewPrim(node.prim) || node.prim === 'reshape' || node.prim === 'stopGradient')

/** The values of the way forward that the way back uses. */
const residuals = (body: Body, forward: readonly Tensor[], backward: readonly Tensor[], seeds: readonly Tensor[]): readonly Tensor[] => {
  const later = dependsOn(new Set(seeds.map(nodeOf)))
  const nodes = topological(forward)
  const computed = new Set(nodes)
  const loops = new Set(nodes.flatMap((node) => (node.kind === 'projection' ? [node.loop] : [])))
  const carry = new Set(body.carry.map(nodeOf))
  const isKept = (node: Node): boolean => {
    if (node.kind === 'literal' || later(tensorOf(node))) return false
    if (node.kind === 'placeholder') return carry.has(node)
    return node.kind === 'projection' ? loops.has(node.loop) : computed.has(node) && !isLook(node)
  }
  const used = [...backward, ...topological(backward, isKept).flatMap(operandsOf)].map(nodeOf)
  return [...new Set(used)].filter(isKept).map((node) => tensorOf(node))
}

/** The loop that keeps `more` besides what it gives, and the stacks of it; what it gives anyway is not kept twice. */
const widen = (
  loop: Loop,
  forward: readonly Tensor[],
  more: readonly Tensor[],
): { readonly wide: Loop; readonly stacks: readonly Tensor[] } => {
  const nextCarry = forward.slice(0, loop.carry.length)
  const before = forward.slice(loop.carry.length)
  const given = [...before, ...more.filter((x) => !before.includes(x))]
  const wide = new Loop(loop, { ...loop.body, nextCarry, ys: given })
  return { wide, stacks: more.map((x) => wide.results[loop.carry.length + given.indexOf(x)] as Tensor) }
}

/** What a loop sends to its operands, given the cotangents of its results, and the loop that stands for it from now on. */
export const loopPullback =
  (pull: Pull) =>
  (loop: Loop, dys: readonly (Tensor | undefined)[], isWanted: (x: Tensor) => boolean): readonly [Sent<Tensor>, Loop] => {
    const { body, carry, xs, constants } = loop
    const wanted = wantedOf(loop, isWanted)
    const given = body.ys.map((y, i) => isFloating(y) && dys[carry.length + i] !== undefined)
    const back = pullBody(
      pull,
      body,
      wanted,
      carry.map((_, i) => wanted.carry[i] === true && dys[i] !== undefined),
      given,
    )
    const renamed = replay(new Map(), { widened: back.widened })
    const forward = [...body.nextCarry, ...body.ys].map(renamed)
    const seeds = [...back.carrySeeds, ...back.ySeeds]
    const dCarry = where(back.carry, back.carried).map((d) => (d === undefined ? undefined : renamed(d)))
    const dConstants = back.constants.filter(isDefined).map(renamed)
    const dSlices = back.xs.filter(isDefined).map(renamed)
    const kept = residuals(body, forward, [...dCarry.filter(isDefined), ...dConstants, ...dSlices], seeds)
    const { wide, stacks } = widen(loop, forward, kept)
    const keptSlices = kept.map((x) => placeholder(x.shape, x.precision, 'kept'))
    const inside = replay(bind([...body.constants, ...kept], [...constants, ...keptSlices]))
    const sums = where(constants, back.constants.map(isDefined))
    const sumsSoFar = sums.map((x) => placeholder(x.shape, x.precision, 'sum'))
    const carried = where(carry, back.carried)
    const results = close({
      length: loop.length,
      reverse: !loop.reverse,
      carry: [
        ...where(
          carry.map((x, i) => dys[i] ?? zeros(x)),
          back.carried,
        ),
        ...sums.map(zeros),
      ],
      xs: [...xs, ...stacks, ...where(dys.slice(carry.length), given).filter(isDefined)],
      own: { carry: [...back.carrySeeds, ...sumsSoFar], xs: [...body.xs, ...keptSlices, ...back.ySeeds] },
      nextCarry: [
        ...dCarry.map((d, i) => (d === undefined ? zeros(carried[i] as Tensor) : inside(d))),
        ...dConstants.map((d, i) => tensors.add(sumsSoFar[i] as Tensor, inside(d))),
      ],
      ys: dSlices.map(inside),
    })
    const targets = [...carried, ...sums, ...where(xs, back.xs.map(isDefined))]
    const sent = targets.map((x, i) => [nodeOf(x), results[i] as Tensor] as const)
    return [sent, wide]
  }
