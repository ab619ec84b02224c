/**
 * A loop over many examples at once is a loop: of a carry and slices that have a leading axis of examples where they depend
 * on the example, and none where they do not.
 *
 * The axis of positions stays the first one of what is sliced and stacked, so that a slice of many examples is one block.
 */
import { tensors } from '../ops/apply.js'
import type { Lifted } from '../ops/row.js'
import { type Loop, type Node, nodeOf, placeholder } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Flags, fixpoint, where } from './flags.js'
import { lead } from './lead.js'
import { loop as close, dependsOn } from './loop.js'
import { againLoop } from './replay.js'
import { liftRule } from './rule.js'

/** The first two axes, exchanged: those of examples and of positions. */
const exchanged = (x: Tensor): Tensor => {
  const axes = x.shape.map((_, i) => i - x.shape.length)
  const [first = -2, second = -1, ...rest] = axes
  return tensors.transpose(x, { axes: [second, first, ...rest] })
}

/** Which carries depend on the example: those that start so, and those that an iteration makes so. */
const batchedCarry = ({ body }: Loop, carry: Flags, others: readonly Tensor[]): Flags =>
  fixpoint(carry, (now) => {
    const depends = dependsOn(new Set([...where(body.carry, now), ...others].map(nodeOf)))
    return body.nextCarry.map(depends)
  })

type LiftAll = (given: ReadonlyMap<Node, Lifted<Tensor>>) => (x: Tensor) => Lifted<Tensor>

/** The results of a loop under batching, from its operands under batching. */
export const liftLoop =
  (size: number, liftAll: LiftAll) =>
  (loop: Loop, of: (operand: Tensor) => Lifted<Tensor>): readonly Lifted<Tensor>[] => {
    const { body } = loop
    const [carry, xs, constants] = [loop.carry.map(of), loop.xs.map(of), loop.constants.map(of)]
    if (![...carry, ...xs, ...constants].some((x) => x.batched))
      return againLoop(loop, (x) => of(x).value).map((value) => ({ value, batched: false }))
    if (loop.rule !== undefined) return liftRule(size, liftAll, loop.rule, carry, constants)
    const flags = (all: readonly Lifted<Tensor>[]): Flags => all.map((x) => x.batched)
    const along = flags(xs)
    const flow = batchedCarry(loop, flags(carry), [...where(body.xs, along), ...where(body.constants, flags(constants))])
    const own = (x: Tensor, batched: boolean): Lifted<Tensor> => ({
      value: placeholder(batched ? [size, ...x.shape] : x.shape, x.precision, 'slice'),
      batched,
    })
    const ownCarry = body.carry.map((x, i) => own(x, flow[i] === true))
    const ownXs = body.xs.map((x, i) => own(x, along[i] === true))
    const inputs = [...body.carry, ...body.xs, ...body.constants]
    const lifts = [...ownCarry, ...ownXs, ...constants]
    const inside = liftAll(new Map(inputs.map((x, i) => [nodeOf(x), lifts[i] as Lifted<Tensor>])))
    const ys = body.ys.map(inside)
    const results = close({
      length: loop.length,
      reverse: loop.reverse,
      carry: carry.map((x, i) => (flow[i] === true ? lead(x, size) : x.value)),
      xs: xs.map((x) => (x.batched ? exchanged(x.value) : x.value)),
      own: { carry: ownCarry.map((x) => x.value), xs: ownXs.map((x) => x.value) },
      nextCarry: body.nextCarry.map((x, i) => (flow[i] === true ? lead(inside(x), size) : inside(x).value)),
      ys: ys.map((y) => y.value),
    })
    const isBatched = [...flow, ...flags(ys)]
    return results.map((value, i) => {
      const batched = isBatched[i] === true
      return { value: batched && i >= carry.length ? exchanged(value) : value, batched }
    })
  }
