/**
 * A program without what no output needs: results of loops that nobody uses, the carries and operands that only they needed,
 * and carries that no iteration changes, which are constants.
 *
 *     the outputs of pruned(p) = the outputs of p
 */
import { tensorOf } from '../tensor/expression.js'
import { type Body, Loop, type Node, nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { closure, type Flags, where } from './loop.js'
import type { Program } from './program.js'
import { again, results } from './replay.js'
import { eachLoop, foldUp, operandsOf, topological } from './walk.js'

type OperandsOf = (node: Node) => readonly Tensor[]

/** What some results of a loop need. */
interface Needs {
  readonly carry: Flags
  readonly xs: Flags
  readonly constants: Flags
  readonly ys: Flags
}

const needsOf = ({ body }: Loop, used: Flags, operands: OperandsOf): Needs => {
  const [carryUsed, ys] = [used.slice(0, body.carry.length), used.slice(body.carry.length)]
  const inside = (carry: Flags): ReadonlySet<Node> =>
    new Set(topological([...where(body.nextCarry, carry), ...where(body.ys, ys)], undefined, operands))
  const carry = closure(carryUsed, (now) => {
    const nodes = inside(now)
    return body.carry.map((x) => nodes.has(nodeOf(x)))
  })
  const nodes = inside(carry)
  return { carry, ys, xs: body.xs.map((x) => nodes.has(nodeOf(x))), constants: body.constants.map((x) => nodes.has(nodeOf(x))) }
}

const operandsFor = (loop: Loop, needs: Needs): readonly Tensor[] => [
  ...where(loop.carry, needs.carry),
  ...where(loop.xs, needs.xs),
  ...where(loop.constants, needs.constants),
]

/** The operands that a result needs, not those of the whole loop. */
const liveOperands = (): OperandsOf => {
  const found = eachLoop<readonly Tensor[]>((loop) =>
    loop.results.map((result) => operandsFor(loop, needsOf(loop, isOneOf(loop, new Set([nodeOf(result)])), live))),
  )
  const live: OperandsOf = (node) => (node.kind === 'projection' ? found(node, () => []) : operandsOf(node))
  return live
}
const isOneOf = (loop: Loop, nodes: ReadonlySet<Node>): Flags => loop.results.map((result) => nodes.has(nodeOf(result)))

/** The body for what is needed; carries that stay are constants. */
const trimmedBody = (body: Body, needs: Needs, moves: Flags): Body => {
  const stays = moves.map((flag, i) => !flag && needs.carry[i] === true)
  const outputs = prunedOutputs([...where(body.nextCarry, moves), ...where(body.ys, needs.ys)])
  const carried = where(body.carry, moves)
  return {
    carry: carried,
    xs: where(body.xs, needs.xs),
    constants: [...where(body.constants, needs.constants), ...where(body.carry, stays)],
    nextCarry: outputs.slice(0, carried.length),
    ys: outputs.slice(carried.length),
  }
}

/** The results of a loop that are used, in their places. */
const trimmed =
  (needsFor: (loop: Loop) => Needs) =>
  (loop: Loop, of: (x: Tensor) => Tensor): readonly Tensor[] => {
    const needs = needsFor(loop)
    const moves = loop.body.carry.map((x, i) => needs.carry[i] === true && loop.body.nextCarry[i] !== x)
    const stays = moves.map((flag, i) => !flag && needs.carry[i] === true)
    const trim = new Loop(
      {
        ...loop,
        carry: where(loop.carry, moves).map(of),
        xs: where(loop.xs, needs.xs).map(of),
        constants: [...where(loop.constants, needs.constants), ...where(loop.carry, stays)].map(of),
      },
      trimmedBody(loop.body, needs, moves),
    )
    const found = results(trim)
    const given = [...moves, ...needs.ys]
    return loop.results.map((result, i) => {
      if (stays[i] === true) return of(loop.carry[i] as Tensor)
      return given[i] === true ? (found[where(given.slice(0, i), given.slice(0, i)).length] as Tensor) : result
    })
  }

const prunedOutputs = (outputs: readonly Tensor[]): readonly Tensor[] => {
  const each = liveOperands()
  const live = new Set(topological(outputs, undefined, each).filter((node) => node.kind === 'projection'))
  if (live.size === 0) return outputs
  const needs = new Map([...live].map(({ loop }) => [loop, needsOf(loop, isOneOf(loop, live), each)]))
  const needsFor = (loop: Loop): Needs => needs.get(loop) ?? needsOf(loop, isOneOf(loop, live), each)
  const together: OperandsOf = (node) => (node.kind === 'projection' ? operandsFor(node.loop, needsFor(node.loop)) : operandsOf(node))
  const trim = eachLoop(trimmed(needsFor))
  const of = foldUp<Tensor>(
    (node, at) => (node.kind === 'projection' ? trim(node, at) : node.kind === 'apply' ? again(node, at) : tensorOf(node)),
    undefined,
    together,
  )
  return outputs.map(of)
}

/** The program, with less to do. */
export const pruned = ({ inputs, outputs }: Program): Program => ({ inputs, outputs: prunedOutputs(outputs) })
