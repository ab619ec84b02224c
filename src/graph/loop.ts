/**
 * Making a loop from a traced body: what the body uses from outside becomes operands (closure conversion).
 *
 * Of an expression that does not depend on the body's own placeholders the whole is captured, not its parts, so it is
 * computed once, outside. Literals stay inside.
 */

import { tensorOf } from '../tensor/expression.js'
import { Loop, type LoopOperands, type Node, nodeOf, Placeholder } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { replay, results } from './replay.js'
import { bind } from './run.js'
import { foldUp, operandsOf, topological } from './walk.js'

export interface OpenLoop extends Omit<LoopOperands, 'constants'> {
  /** The body's own placeholders, for the carry and for slices of `xs`. */
  readonly own: { readonly carry: readonly Tensor[]; readonly xs: readonly Tensor[] }
  readonly nextCarry: readonly Tensor[]
  readonly ys: readonly Tensor[]
}

/** Whether a node depends on one of these. */
export const dependsOn = (sources: ReadonlySet<Node>): ((x: Tensor) => boolean) =>
  foldUp<boolean>((node, of) => sources.has(node) || operandsOf(node).some(of))

/** The results of a loop, the last carry before the stacked `ys`; `xs` that its body does not use are left out. */
export const loop = ({ length, reverse, carry, xs, own, nextCarry, ys }: OpenLoop): readonly Tensor[] => {
  const moves = dependsOn(new Set([...own.carry, ...own.xs].map(nodeOf)))
  const outputs = [...nextCarry, ...ys]
  const inside = topological(outputs, (node) => !moves(tensorOf(node)))
  const captured = [...new Set([...outputs, ...inside.flatMap(operandsOf)].map(nodeOf))]
    .filter((node) => node.kind !== 'literal' && !moves(tensorOf(node)))
    .map((node) => tensorOf(node))
  const constants = captured.map((x, i): Tensor => tensorOf(new Placeholder(x.shape, x.precision, `constant ${i}`)))
  const closed = replay(bind(captured, constants))
  const seen = new Set(inside)
  const used = own.xs.map((x) => seen.has(nodeOf(x)))
  const body = {
    carry: own.carry,
    xs: own.xs.filter((_, i) => used[i]),
    constants,
    nextCarry: nextCarry.map(closed),
    ys: ys.map(closed),
  }
  return results(new Loop({ length, reverse, carry, xs: xs.filter((_, i) => used[i]), constants: captured }, body))
}
