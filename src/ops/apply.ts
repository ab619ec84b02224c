/**
 * Applying an op: its rules are asked, and on literals its row computes at once; on anything else it is a node.
 */
import { orThrow } from '../error/index.js'
import {
  type Attributes,
  mapOperands,
  type OperandsOf,
  operandsFor,
  type Prim,
  type SignatureOf,
  signatures,
  type Unchanged,
} from '../prim/index.js'
import { sameShape, sizeOf } from '../shape/index.js'
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
    return uniform(result.shape, result.precision, row.uniform(operandsFor(prim, values), literals.at(-1)?.precision ?? result.precision))
  const [first] = literals
  /** Nobody writes into a literal, so two may hold one array. */
  if (signatures[prim].look === 'same' && first !== undefined) return literalOf(result.shape, result.precision, numbersOf(first))
  const out = allocate(result.precision, sizeOf(result.shape), prim)
  const elementwise = row.uniform !== undefined && literals.every((x) => sameShape(x.shape, result.shape))
  const numbers = literals.map(elementwise ? fewestNumbersOf : numbersOf)
  row.loop(out, operandsFor<K, Numbers>(prim, numbers), operandsFor<K, TensorType>(prim, literals), result, attributes)
  return literalOf(result.shape, result.precision, out)
}

const isOne = (node: Node | undefined): boolean => node?.kind === 'literal' && uniformOf(node) === 1

/** The operand that the result is, bit for bit, where an op changes nothing: x · 1, x / 1, a reshape to the same shape. */
const unchanged: { readonly [U in Unchanged]: (nodes: readonly Node[], result: TensorType) => Node | undefined } = {
  never: () => undefined,
  'of the same shape': ([x], { shape }) => (x !== undefined && sameShape(x.shape, shape) ? x : undefined),
  'beside 1 on the right': ([x, y]) => (isOne(y) ? x : undefined),
  'beside 1 on either side': ([x, y]) => (isOne(y) ? x : isOne(x) ? y : undefined),
}

/**
 * The result of an op.
 *
 * @error throws `ShapeError` or `PrecisionError` where the operands do not fit
 */
export const apply = <K extends Prim>(prim: K, operands: OperandsOf<K, Tensor>, attributes: Attributes<K>): Tensor => {
  const nodes = operands.map((x) => wantsTensor(prim, x))
  const shapes = mapOperands(prim, nodes, (node) => node.shape)
  const precisions = mapOperands(prim, nodes, (node) => node.precision)
  const signature: SignatureOf<K> = signatures[prim]
  const shape = orThrow(signature.shape(prim, shapes, attributes))
  const precision = orThrow(signature.precision(prim, precisions, attributes))
  const same = unchanged[signature.unchanged](nodes, { shape, precision })
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
