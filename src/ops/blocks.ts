/**
 * Composites on large literals, block by block: an op on a literal is a walk over all of its numbers to a new array, and a
 * composite of a hundred ops would go through memory a hundred times.
 *
 *     inBlocks(f)(x) = f(x), where f takes every place by itself
 */
import { operandsFor, type Prim } from '../prim/index.js'
import { type Shape, sizeOf } from '../shape/index.js'
import { allocate, fewestNumbersOf, type Literal, literalOf, numbersOf } from '../tensor/buffer.js'
import { type Apply, type Node, nodeOf, placeholder } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { inOrder, runBlocks, type Step } from './loop/blocks.js'
import type { Row, TensorType } from './row.js'
import { table } from './table.js'

/** @unit numbers */
export const blockSize = 1024

const isLiteral = (node: Node): node is Literal => node.kind === 'literal'

const stepOf = <K extends Prim>(node: Apply<K>, placeOf: (x: Node) => number): Step => {
  const row: Row<K> = table[node.prim]
  const types = operandsFor<K, TensorType>(node.prim, node.operands)
  return {
    precision: node.precision,
    operands: node.operands.map((x) => placeOf(nodeOf(x))),
    run: (out, operands) => row.loop(out, operandsFor(node.prim, operands), types, node, node.attributes),
  }
}

/** A composite of element-wise ops, of one tensor or of several of one shape. */
export const inBlocks =
  <Xs extends readonly [Tensor, ...Tensor[]]>(f: (...xs: Xs) => Tensor) =>
  (...xs: Xs): Tensor => {
    const shape: Shape = xs[0].shape
    const size = sizeOf(shape)
    const inputs = xs.map(nodeOf).filter(isLiteral)
    if (size <= blockSize || inputs.length < xs.length) return f(...xs)
    const unknowns = xs.map((x) => placeholder([blockSize], x.precision)) as readonly Tensor[] as Xs
    const result = nodeOf(f(...unknowns))
    const order = inOrder(result)
    const constants = [...new Set(order.flatMap((node) => node.operands.map(nodeOf)).filter(isLiteral))]
    const places = new Map<Node, number>([...unknowns.map(nodeOf), ...constants, ...order].map((node, place) => [node, place]))
    const out = allocate(result.precision, size)
    const steps = order.map((node) => stepOf(node, (x) => places.get(x) as number))
    runBlocks(out, inputs.map(numbersOf), constants.map(fewestNumbersOf), steps, blockSize)
    return literalOf(shape, result.precision, out)
  }
