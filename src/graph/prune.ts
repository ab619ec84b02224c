/**
 * Dead code elimination, through loops: a program without results of loops that nobody uses, without the carries and operands that
 * only they needed, and with carries that no iteration changes as constants.
 *
 *     the outputs of pruned(p) = the outputs of p
 *
 * Which nodes are live is found first, from the outputs back; a carry is live if a live result needs it after some iterations, so
 * the live carries of a loop are a fixpoint. Then the graph is made again from what is live.
 */
import { tensorOf } from '../tensor/expression.js'
import { type Body, Loop, type Node, nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Flags, fixpoint, type PerOperand, placed, where, whereOperands } from './flags.js'
import type { Program } from './program.js'
import { again, results } from './replay.js'
import { eachLoop, foldUp, operandsOf, topological } from './walk.js'

type OperandsOf = (node: Node) => readonly Tensor[]

/** What of a loop is live: its operands, and its stacked results. */
interface Live extends PerOperand<boolean> {
  readonly ys: Flags
}

/** From the results that are used. `operands`: what any node inside needs. */
const liveOf = ({ body }: Loop, used: Flags, operands: OperandsOf): Live => {
  const [carryUsed, ys] = [used.slice(0, body.carry.length), used.slice(body.carry.length)]
  const inside = (carry: Flags): ReadonlySet<Node> =>
    new Set(topological([...where(body.nextCarry, carry), ...where(body.ys, ys)], undefined, operands))
  const among = (nodes: ReadonlySet<Node>, xs: readonly Tensor[]): Flags => xs.map((x) => nodes.has(nodeOf(x)))
  const carry = fixpoint(carryUsed, (now) => among(inside(now), body.carry))
  const nodes = inside(carry)
  return { carry, ys, xs: among(nodes, body.xs), constants: among(nodes, body.constants) }
}

/** Which results of a loop are among these nodes. */
const resultsAmong = (loop: Loop, nodes: ReadonlySet<Node>): Flags => loop.results.map((result) => nodes.has(nodeOf(result)))

/** What a node needs; a result of a loop not all that the loop needs, but what this one result does. */
const needsOf = (): OperandsOf => {
  const each = eachLoop<readonly Tensor[]>((loop) =>
    loop.results.map((result) => whereOperands(loop, liveOf(loop, resultsAmong(loop, new Set([nodeOf(result)])), needs))),
  )
  const needs: OperandsOf = (node) => (node.kind === 'projection' ? each(node, () => []) : operandsOf(node))
  return needs
}

/** Of the live carries, those that an iteration changes, and loop invariants. */
const movesAndStays = ({ body }: Loop, live: Live): { readonly moves: Flags; readonly stays: Flags } => {
  const changes = body.carry.map((x, i) => body.nextCarry[i] !== x)
  return {
    moves: live.carry.map((flag, i) => flag && changes[i] === true),
    stays: live.carry.map((flag, i) => flag && changes[i] === false),
  }
}

/** The results of a loop that are live, in their places, by a loop that has nothing else. */
const trimmed =
  (liveIn: (loop: Loop) => Live) =>
  (loop: Loop, of: (x: Tensor) => Tensor): readonly Tensor[] => {
    const live = liveIn(loop)
    const { moves, stays } = movesAndStays(loop, live)
    const trim = <A>({ carry, xs, constants }: PerOperand<A>): PerOperand<A> => ({
      carry: where(carry, moves),
      xs: where(xs, live.xs),
      constants: [...where(constants, live.constants), ...where(carry, stays)],
    })
    const { carry, xs, constants } = trim(loop)
    const operands = { ...loop, carry: carry.map(of), xs: xs.map(of), constants: constants.map(of) }
    const outputs = withoutDead([...where(loop.body.nextCarry, moves), ...where(loop.body.ys, live.ys)])
    const body: Body = { ...trim(loop.body), nextCarry: outputs.slice(0, carry.length), ys: outputs.slice(carry.length) }
    const found = placed([...moves, ...live.ys], results(new Loop(operands, body)))
    return loop.results.map((result, i) => (stays[i] === true ? of(loop.carry[i] as Tensor) : (found[i] ?? result)))
  }

const withoutDead = (outputs: readonly Tensor[]): readonly Tensor[] => {
  const needs = needsOf()
  const used = new Set(topological(outputs, undefined, needs).filter((node) => node.kind === 'projection'))
  if (used.size === 0) return outputs
  const live = new Map([...used].map(({ loop }) => [loop, liveOf(loop, resultsAmong(loop, used), needs)]))
  const liveIn = (loop: Loop): Live => live.get(loop) ?? liveOf(loop, resultsAmong(loop, used), needs)
  const together: OperandsOf = (node) => (node.kind === 'projection' ? whereOperands(node.loop, liveIn(node.loop)) : operandsOf(node))
  const trim = eachLoop(trimmed(liveIn))
  const of = foldUp<Tensor>(
    (node, at) => (node.kind === 'projection' ? trim(node, at) : node.kind === 'apply' ? again(node, at) : tensorOf(node)),
    undefined,
    together,
  )
  return outputs.map(of)
}

/** The program, with less to do. */
export const pruned = ({ inputs, outputs }: Program): Program => ({ inputs, outputs: withoutDead(outputs) })
