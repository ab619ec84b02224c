// mutates: its own stacks, orders and memos, escapes: nothing
/**
 * The walks over a graph, iterative, so that a chain of 100,000 ops is no deeper than one, and the walk along the iterations
 * of a loop. Everything else in this folder is a pure function given to one of them.
 */

import { type Loop, type Node, nodeOf, type Projection } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'

/** What a node is computed from. */
export const operandsOf = (node: Node): readonly Tensor[] =>
  node.kind === 'apply' ? node.operands : node.kind === 'projection' ? node.loop.operands : []

/** The nodes that `outputs` are made of, each once, every operand before what is computed from it. */
export const topological = (
  outputs: readonly Tensor[],
  known: (node: Node) => boolean = () => false,
  operands: (node: Node) => readonly Tensor[] = operandsOf,
): readonly Node[] => {
  const order: Node[] = []
  const seen = new Set<Node>()
  const stack: { readonly node: Node; readonly operands: readonly Tensor[]; next: number }[] = []
  const push = (node: Node): void => {
    if (seen.has(node) || known(node)) return
    seen.add(node)
    stack.push({ node, operands: operands(node), next: 0 })
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

/**
 * A value for every node, from the values of its operands; remembered, so that shared parts are visited once. Where a value
 * is `given`, nothing below it is visited.
 */
export const foldUp = <A>(
  visit: (node: Node, of: (operand: Tensor) => A) => A,
  given: ReadonlyMap<Node, A> = new Map(),
  operands: (node: Node) => readonly Tensor[] = operandsOf,
): ((output: Tensor) => A) => {
  const memo = new Map<Node, A>(given)
  const of = (x: Tensor): A => memo.get(nodeOf(x)) as A
  return (output) => {
    for (const node of topological([output], (n) => memo.has(n), operands)) memo.set(node, visit(node, of))
    return of(output)
  }
}

/** The value of a result, from those of its loop, which are computed once for all of them. */
export const eachLoop = <A>(visit: (loop: Loop, of: (operand: Tensor) => A) => readonly A[]) => {
  const memo = new Map<Loop, readonly A[]>()
  return ({ loop, index }: Pick<Projection, 'loop' | 'index'>, of: (operand: Tensor) => A): A => {
    const found = memo.get(loop) ?? visit(loop, of)
    memo.set(loop, found)
    return found[index] as A
  }
}

export type Sent<A> = readonly (readonly [Node, A])[]

/**
 * A value carried from the outputs back to every node: what `visit` sends to the operands is added up by `plus`. A loop is
 * visited once, with the values of all its results: at the first of them in the order, where all of them are complete. What
 * its visit gives besides is in `loops`.
 */
export const foldDown = <A, L>(
  order: readonly Node[],
  seeds: Sent<A>,
  visit: (node: Node, value: A) => Sent<A>,
  visitLoop: (loop: Loop, values: readonly (A | undefined)[]) => readonly [Sent<A>, L],
  plus: (x: A, y: A) => A,
): { readonly of: (node: Node) => A | undefined; readonly loops: ReadonlyMap<Loop, L> } => {
  const values = new Map<Node, A>()
  const loops = new Map<Loop, L>()
  const first = new Map<Loop, Node>()
  for (const node of order) if (node.kind === 'projection' && !first.has(node.loop)) first.set(node.loop, node)
  const send = ([node, value]: readonly [Node, A]): void => {
    const before = values.get(node)
    values.set(node, before === undefined ? value : plus(before, value))
  }
  seeds.forEach(send)
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i] as Node
    if (node.kind === 'projection') {
      if (first.get(node.loop) === node) {
        const results = node.loop.results.map((result) => values.get(nodeOf(result)))
        if (results.some((value) => value !== undefined)) {
          const [sent, about] = visitLoop(node.loop, results)
          sent.forEach(send)
          loops.set(node.loop, about)
        }
      }
    } else {
      const value = values.get(node)
      if (value !== undefined) visit(node, value).forEach(send)
    }
  }
  return { of: (node) => values.get(node), loops }
}

/** The positions of a loop in their order. */
const positions = (length: number, reverse: boolean): readonly number[] => Array.from({ length }, (_, i) => (reverse ? length - 1 - i : i))

/** The last state, and what every iteration gave, by position. */
export const mapAccumulate = <S, Y>(
  length: number,
  reverse: boolean,
  start: S,
  step: (state: S, position: number) => readonly [S, Y],
): readonly [S, readonly Y[]] => {
  const given: Y[] = []
  let state = start
  for (const position of positions(length, reverse)) {
    const [next, y] = step(state, position)
    state = next
    given[position] = y
  }
  return [state, given]
}
