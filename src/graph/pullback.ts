/**
 * Reverse mode, graph to graph: the chain rule, applied once to every node, outputs first.
 *
 *     ∂z/∂x = Σ over the ops y that use x of (∂z/∂y · ∂y/∂x)
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.5.6, algorithm 6.6
 */

import { apply, tensors } from '../ops/apply.js'
import type { Row, TensorType } from '../ops/row.js'
import { table } from '../ops/table.js'
import { operandsFor, type Prim } from '../prim/index.js'
import { tensorOf } from '../tensor/expression.js'
import { type Apply, type Loop, type Node, nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { dependsOn } from './loop.js'
import { loopPullback } from './loop-pullback.js'
import type { Widened } from './replay.js'
import { rulePullback } from './rule.js'
import { foldDown, type Sent, topological } from './walk.js'

/** The cotangents that an op sends to its operands. */
const sendThrough = <K extends Prim>(node: Apply<K>, dy: Tensor, wanted: (operand: Tensor) => boolean): Sent<Tensor> => {
  const row: Row<K> = table[node.prim]
  const cotangents = row.pullback(
    tensors,
    node.operands,
    tensorOf(node),
    node.attributes,
    operandsFor<K, TensorType>(node.prim, node.operands),
  )(dy)
  return node.operands.flatMap((operand, i) => {
    const cotangent = cotangents[i]
    return cotangent === null || cotangent === undefined || !wanted(operand) ? [] : [[nodeOf(operand), cotangent] as const]
  })
}

export interface Cotangents {
  /** Of every input; undefined for one that no output depends on. */
  readonly cotangents: readonly (Tensor | undefined)[]
  /** Loops that keep what their derivatives need, to stand for those that do not. */
  readonly widened: Widened
}

/** The cotangents of `inputs`, given those of `outputs`. */
export const cotangents = (inputs: readonly Tensor[], outputs: readonly Tensor[], seeds: readonly Tensor[]): Cotangents => {
  const depends = dependsOn(new Set(inputs.map(nodeOf)))
  const active = outputs.map((output, i) => [nodeOf(output), seeds[i] as Tensor] as const).filter(([node]) => depends(tensorOf(node)))
  const order = topological(outputs).filter((node) => depends(tensorOf(node)))
  const visit = (node: Node, dy: Tensor): Sent<Tensor> => (node.kind === 'apply' ? sendThrough(node, dy, depends) : [])
  const { of, loops } = foldDown<Tensor, Loop>(
    order,
    active,
    visit,
    (loop, dys) =>
      loop.rule === undefined ? loopPullback(cotangents)(loop, dys, depends) : [rulePullback(loop, loop.rule, dys, depends), loop],
    (x, y) => apply('add', [x, y], null),
  )
  return { cotangents: inputs.map((input) => of(nodeOf(input))), widened: loops }
}
