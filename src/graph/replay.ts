/** Substitution: a graph with other tensors in the place of some of its nodes. On literals this computes. */

import { Defect } from '../error/index.js'
import { apply } from '../ops/apply.js'
import type { OperandsOf, Prim } from '../prim/index.js'
import { tensorOf } from '../tensor/expression.js'
import { type Apply, type Node, nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { foldUp } from './walk.js'

export type Bindings = ReadonlyMap<Node, Tensor>

/** Placeholders bound to tensors, in order. */
export const bind = (placeholders: readonly Tensor[], values: readonly Tensor[]): Bindings =>
  new Map(placeholders.map((p, i) => [nodeOf(p), values[i] as Tensor]))

const again = <K extends Prim>(node: Apply<K>, of: (operand: Tensor) => Tensor): Tensor => {
  const operands = node.operands.map(of)
  return operands.every((operand, i) => operand === node.operands[i])
    ? tensorOf(node)
    : apply(node.prim, operands as unknown as OperandsOf<K, Tensor>, node.attributes)
}

/**
 * A function from the tensors of a graph to what they are when nodes are bound. It remembers, so that what several
 * outputs share is computed once; `known` may supply what an earlier replay has computed.
 */
export const replay = (bindings: Bindings, known: (node: Node) => Tensor | undefined = () => undefined): ((x: Tensor) => Tensor) =>
  foldUp<Tensor>((node, of) => {
    const bound = bindings.get(node) ?? known(node)
    if (bound !== undefined) return bound
    if (node.kind === 'projection') throw new Defect('a loop cannot be replayed yet')
    return node.kind === 'apply' ? again(node, of) : tensorOf(node)
  })
