// mutates: its own stacks, orders and memos, escapes: nothing
/**
 * The three walks over a graph, iterative, so that a chain of 100,000 ops is no deeper than one. Everything else in this
 * folder is a pure function given to one of them.
 */

import { type Node, nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'

/** What a node is computed from. */
export const operandsOf = (node: Node): readonly Tensor[] =>
  node.kind === 'apply' ? node.operands : node.kind === 'projection' ? [...node.loop.carry, ...node.loop.xs] : []

/** The nodes that `outputs` are made of, each once, every operand before what is computed from it. */
export const topological = (outputs: readonly Tensor[], known: (node: Node) => boolean = () => false): readonly Node[] => {
  const order: Node[] = []
  const seen = new Set<Node>()
  const stack: { readonly node: Node; readonly operands: readonly Tensor[]; next: number }[] = []
  const push = (node: Node): void => {
    if (seen.has(node) || known(node)) return
    seen.add(node)
    stack.push({ node, operands: operandsOf(node), next: 0 })
  }
  for (const output of outputs) {
    push(nodeOf(output))
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const operand = top.operands[top.next++]
      if (operand !== undefined) push(nodeOf(operand))
      else {
        order.push(top.node)
        stack.pop()
      }
    }
  }
  return order
}

/** A value for every node, from the values of its operands; remembered, so that shared parts are visited once. */
export const foldUp = <A>(visit: (node: Node, of: (operand: Tensor) => A) => A): ((output: Tensor) => A) => {
  const memo = new Map<Node, A>()
  const of = (x: Tensor): A => memo.get(nodeOf(x)) as A
  return (output) => {
    for (const node of topological([output], (n) => memo.has(n))) memo.set(node, visit(node, of))
    return of(output)
  }
}

/** A value carried from the outputs back to every node: what `visit` sends to the operands is added up by `plus`. */
export const foldDown = <A>(
  order: readonly Node[],
  seeds: readonly (readonly [Node, A])[],
  visit: (node: Node, value: A) => readonly (readonly [Node, A])[],
  plus: (x: A, y: A) => A,
): ((node: Node) => A | undefined) => {
  const values = new Map<Node, A>()
  const send = ([node, value]: readonly [Node, A]): void => {
    const before = values.get(node)
    values.set(node, before === undefined ? value : plus(before, value))
  }
  seeds.forEach(send)
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i] as Node
    const value = values.get(node)
    if (value !== undefined) visit(node, value).forEach(send)
  }
  return (node) => values.get(node)
}
