/** Substitution: a graph with other tensors in the place of some of its nodes. On literals this computes. */

import { apply } from '../ops/apply.js'
import { operandsFor, type Prim } from '../prim/index.js'
import { tensorOf } from '../tensor/expression.js'
import { type Apply, Loop, type Node } from '../tensor/node.js'
import { isLiteral } from '../tensor/read.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Bindings, run } from './run.js'
import { eachLoop, foldUp } from './walk.js'

/** Loops in the place of others, whose results they give first, and more behind them. */
export type Widened = ReadonlyMap<Loop, Loop>

export interface ReplayOptions {
  /** May supply what an earlier replay has computed. */
  readonly known: (node: Node) => Tensor | undefined
  readonly widened: Widened
}
const nothing: ReplayOptions = { known: () => undefined, widened: new Map() }

/** An op on what its operands have become. */
export const again = <K extends Prim>(node: Apply<K>, of: (operand: Tensor) => Tensor): Tensor => {
  const operands = node.operands.map(of)
  return operands.every((operand, i) => operand === node.operands[i])
    ? tensorOf(node)
    : apply(node.prim, operandsFor(node.prim, operands), node.attributes)
}

/** A body sees nothing from outside but its operands, so these are all that changes; over literals the loop is run. */
export const againLoop = (loop: Loop, of: (operand: Tensor) => Tensor): readonly Tensor[] => {
  const operands = loop.operands.map(of)
  if (operands.every((operand, i) => operand === loop.operands[i])) return loop.results
  const [carry, xs] = [loop.carry.map(of), loop.xs.map(of)]
  return results(new Loop({ ...loop, carry, xs, constants: loop.constants.map(of) }, loop.body, loop.rule))
}

/** The results of a loop: computed, where all that it is computed from is. */
export const results = (loop: Loop): readonly Tensor[] =>
  loop.operands.every(isLiteral) ? run((bindings) => replay(bindings))(loop) : loop.results

/**
 * A function from the tensors of a graph to what they are when nodes are bound. It remembers, so that what several
 * outputs share is computed once.
 */
export const replay = (bindings: Bindings, options: Partial<ReplayOptions> = {}): ((x: Tensor) => Tensor) => {
  const { known, widened } = { ...nothing, ...options }
  const projected = eachLoop(againLoop)
  return foldUp<Tensor>((node, of) => {
    const found = known(node)
    if (found !== undefined) return found
    if (node.kind === 'projection') return projected({ loop: widened.get(node.loop) ?? node.loop, index: node.index }, of)
    return node.kind === 'apply' ? again(node, of) : tensorOf(node)
  }, bindings)
}
