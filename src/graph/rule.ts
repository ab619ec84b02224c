/**
 * A derivative of one's own, as a loop of one iteration that changes nothing: its carries are values, its constants what they were
 * computed from, and its rule takes cotangents of the one to cotangents of the other. Every walk knows what to do with a loop; a
 * program leaves one out that changes nothing, so that values are what they were, bit for bit, and cost what they did.
 */
import { tensors } from '../ops/apply.js'
import type { Lifted } from '../ops/row.js'
import { isFloat } from '../prim/index.js'
import { uniform } from '../tensor/buffer.js'
import { Loop, type Node, nodeOf, placeholder, type Rule } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { lead } from './lead.js'
import { replay, results } from './replay.js'
import { bind } from './run.js'
import type { Sent } from './walk.js'

/** The values, with a derivative by `constants` that the rule gives. */
export const withRule = (values: readonly Tensor[], constants: readonly Tensor[], rule: Rule): readonly Tensor[] => {
  const own = values.map((y) => placeholder(y.shape, y.precision, 'value'))
  const body = { carry: own, xs: [], constants: rule.constants, nextCarry: own, ys: [] }
  return results(new Loop({ length: 1, reverse: false, carry: values, xs: [], constants }, body, rule))
}

/** What a rule sends to the constants; nothing is sent to the values, whose own derivative it replaces. */
export const rulePullback = (
  { carry, constants }: Loop,
  rule: Rule,
  dys: readonly (Tensor | undefined)[],
  isWanted: (x: Tensor) => boolean,
): Sent<Tensor> => {
  const seeds = carry.map((y, i) => dys[i] ?? uniform(y.shape, y.precision, 0))
  const of = replay(bind([...rule.constants, ...rule.seeds], [...constants, ...seeds]))
  return constants.flatMap((x, i) => (isFloat(x.precision) && isWanted(x) ? [[nodeOf(x), of(rule.cotangents[i] as Tensor)] as const] : []))
}

type LiftAll = (given: ReadonlyMap<Node, Lifted<Tensor>>) => (x: Tensor) => Lifted<Tensor>
const unknown = (x: Lifted<Tensor>): Lifted<Tensor> => ({
  ...x,
  value: placeholder(x.value.shape, x.value.precision, 'lifted'),
})
/** Over the examples, which all have the same. */
const summed = (dx: Tensor): Tensor => tensors.sum(dx, { axes: [-dx.shape.length] })

/** The same for many examples: what is one for all of them receives the sum of what they send. */
export const liftRule = (
  size: number,
  liftAll: LiftAll,
  rule: Rule,
  values: readonly Lifted<Tensor>[],
  constants: readonly Lifted<Tensor>[],
): readonly Lifted<Tensor>[] => {
  const led = values.map((y) => ({ value: lead(y, size), batched: true }))
  const [own, seeds] = [constants.map(unknown), led.map(unknown)]
  const inputs = [...rule.constants, ...rule.seeds]
  const lifts = [...own, ...seeds]
  const inside = liftAll(new Map(inputs.map((x, i) => [nodeOf(x), lifts[i] as Lifted<Tensor>])))
  const cotangents = rule.cotangents.map((dx, i) => {
    const each = lead(inside(dx), size)
    return constants[i]?.batched === true ? each : summed(each)
  })
  const lifted = { constants: own.map((x) => x.value), seeds: seeds.map((x) => x.value), cotangents }
  return withRule(
    led.map((y) => y.value),
    constants.map((x) => x.value),
    lifted,
  ).map((value) => ({ value, batched: true }))
}
