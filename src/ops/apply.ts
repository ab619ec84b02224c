/**
 * Applying an op: its rules are asked, and on literals its row computes at once; on anything else it is a node.
 */
import { orThrow } from '../error/index.js'
import { type Attributes, type OperandsOf, type Precision, type Prim, precisionRules, type ShapeRule, shapeRules } from '../prim/index.js'
import { type Shape, sameShape, sizeOf } from '../shape/index.js'
import {
  allocate,
  counted,
  fewestNumbersOf,
  type Literal,
  literalOf,
  type Numbers,
  numbersOf,
  uniform,
  uniformOf,
} from '../tensor/buffer.js'
import { tensorOf } from '../tensor/expression.js'
import { Apply, type Node, wantsTensor } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Algebra, algebraOf } from './algebra.js'
import type { Row, TensorType } from './row.js'
import { table } from './table.js'

const compute = <K extends Prim>(prim: K, literals: readonly Literal[], attributes: Attributes<K>, result: TensorType): Tensor => {
  const row: Row<K> = table[prim]
  const values = literals.map(uniformOf)
  if (row.uniform !== undefined && values.every((v) => v !== undefined))
    return uniform(
      result.shape,
      result.precision,
      row.uniform(values as unknown as OperandsOf<K, number>, literals.at(-1)?.precision ?? result.precision),
    )
  const [first] = literals
  /** Nobody writes into a literal, so two may hold one array. */
  if (prim === 'reshape' && first !== undefined) return literalOf(result.shape, result.precision, numbersOf(first))
  const out = allocate(result.precision, sizeOf(result.shape))
  const elementwise = row.uniform !== undefined && literals.every((x) => sameShape(x.shape, result.shape))
  const numbers = literals.map(elementwise ? fewestNumbersOf : numbersOf)
  row.loop(out, numbers as unknown as OperandsOf<K, Numbers>, literals as unknown as OperandsOf<K, TensorType>, result, attributes)
  return literalOf(result.shape, result.precision, out)
}

const isOne = (node: Node | undefined): boolean => node?.kind === 'literal' && uniformOf(node) === 1

/** The operand that the result is, bit for bit, where an op changes nothing: x · 1, x / 1, a reshape to the same shape. */
const unchanged = (prim: Prim, nodes: readonly Node[], result: TensorType): Node | undefined => {
  const [x, y] = nodes
  if (x === undefined) return undefined
  if ((prim === 'mul' || prim === 'div') && isOne(y)) return x
  if (prim === 'mul' && isOne(x)) return y
  const structural =
    prim === 'reshape' ||
    prim === 'slice' ||
    prim === 'pad' ||
    prim === 'expand' ||
    prim === 'sum' ||
    (prim === 'concat' && nodes.length === 1)
  return structural && sameShape(x.shape, result.shape) ? x : undefined
}

/**
 * The result of an op.
 *
 * @error throws `ShapeError` or `PrecisionError` where the operands do not fit
 */
export const apply = <K extends Prim>(prim: K, operands: OperandsOf<K, Tensor>, attributes: Attributes<K>): Tensor => {
  const nodes = operands.map((x) => wantsTensor(prim, x))
  const shapes = nodes.map((node) => node.shape) as unknown as OperandsOf<K, Shape>
  const precisions = nodes.map((node) => node.precision) as unknown as OperandsOf<K, Precision>
  const shape = orThrow((shapeRules[prim] as ShapeRule<K>)(shapes, attributes))
  const precision = orThrow(
    (precisionRules[prim] as (p: typeof precisions, a: Attributes<K>) => ReturnType<(typeof precisionRules)['cast']>)(
      precisions,
      attributes,
    ),
  )
  const same = unchanged(prim, nodes, { shape, precision })
  if (same !== undefined) return tensorOf(same)
  const literals = nodes.filter((node) => node.kind === 'literal')
  return literals.length === nodes.length
    ? compute(prim, literals, attributes, { shape, precision })
    : tensorOf(new Apply(prim, operands, attributes, shape, precision))
}

/** The algebra of tensors: computes on literals, builds graph on anything else. */
export const tensors: Algebra<Tensor> = algebraOf<Tensor>(apply, {
  constant: (value, like) => uniform(like.shape, like.precision, value),
  range: (size, precision) => literalOf([size], precision, counted(precision, size)),
})
