/** The specification of every op: its meaning, tabulated. Slow, and right by reading. */

import type { Read, Row, TensorType } from '../../ops/row.js'
import { table } from '../../ops/table.js'
import { rowMajor } from '../../ops/view.js'
import { type Attributes, mapOperands, type OperandsOf, type Prim } from '../../prim/index.js'
import { sizeOf } from '../../shape/index.js'
import { literalOf, numbersOf, rounded } from '../../tensor/buffer.js'
import { wantsLiteral } from '../../tensor/read.js'
import type { Tensor } from '../../tensor/tensor.js'

const readOf = (x: Tensor): Read => {
  const numbers = numbersOf(wantsLiteral('tabulate', x))
  const strides = rowMajor(x.shape)
  return (...index) => numbers[index.reduce((at, i, axis) => at + i * (strides[axis] ?? 0), 0)] ?? Number.NaN
}

/** The numbers of an op on literals, index by index from its meaning, or from that of a row given. */
export const tabulate = <K extends Prim>(
  prim: K,
  operands: OperandsOf<K, Tensor>,
  attributes: Attributes<K>,
  { shape, precision }: TensorType,
  row: Row<K> = table[prim],
): Tensor => {
  const at = row.meaning(mapOperands(prim, operands, readOf), operands, attributes)
  const strides = rowMajor(shape)
  const numbers = Array.from({ length: sizeOf(shape) }, (_, position) =>
    at(...shape.map((size, i) => Math.floor(position / (strides[i] ?? 1)) % size)),
  )
  return literalOf(shape, precision, rounded(precision, numbers))
}
