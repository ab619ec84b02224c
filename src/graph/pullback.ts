/**
 * Reverse mode, graph to graph: the chain rule, applied once to every node, outputs first.
 *
 *     ∂z/∂x = Σ over the ops y that use x of (∂z/∂y · ∂y/∂x)
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.5.6, algorithm 6.6
 */

import { Defect } from '../error/index.js'
import { apply, tensors } from '../ops/apply.js'
import type { Row, TensorType } from '../ops/row.js'
import { table } from '../ops/table.js'
import type { OperandsOf, Prim } from '../prim/index.js'
import { uniform } from '../tensor/buffer.js'
import { tensorOf } from '../tensor/expression.js'
import { type Apply, type Node, nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { foldDown, foldUp, operandsOf, topological } from './walk.js'

type Sent = readonly (readonly [Node, Tensor])[]

/** The cotangents that an op sends to its operands. */
const sendThrough = <K extends Prim>(node: Apply<K>, dy: Tensor, wanted: (operand: Tensor) => boolean): Sent => {
  const row: Row<K> = table[node.prim]
  const cotangents = row.pullback(
    tensors,
    node.operands,
    tensorOf(node),
    node.attributes,
    node.operands as unknown as OperandsOf<K, TensorType>,
  )(dy)
  return node.operands.flatMap((operand, i) => {
    const cotangent = cotangents[i] as Tensor | null | undefined
    return cotangent === null || cotangent === undefined || !wanted(operand) ? [] : [[nodeOf(operand), cotangent] as const]
  })
}

/** The cotangents of `inputs`, given those of `outputs`; 0 for an input that no output depends on. */
export const cotangents = (inputs: readonly Tensor[], outputs: readonly Tensor[], seeds: readonly Tensor[]): readonly Tensor[] => {
  const sources = new Set(inputs.map(nodeOf))
  const depends = foldUp<boolean>((node, of) => sources.has(node) || operandsOf(node).some(of))
  const active = outputs.map((output, i) => [nodeOf(output), seeds[i] as Tensor] as const).filter(([node]) => depends(tensorOf(node)))
  const order = topological(outputs).filter((node) => depends(tensorOf(node)))
  const visit = (node: Node, dy: Tensor): Sent => {
    if (node.kind === 'projection') throw new Defect('a loop has no derivative yet')
    return node.kind === 'apply' ? sendThrough(node, dy, depends) : []
  }
  const of = foldDown<Tensor>(order, active, visit, (x, y) => apply('add', [x, y], null))
  return inputs.map((input) => of(nodeOf(input)) ?? uniform(input.shape, input.precision, 0))
}
