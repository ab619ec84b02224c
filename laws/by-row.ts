/** The numbers of an op as a row gives them, which need not be the library's: by its meaning, by its loop. */
import { tabulate } from '../src/engine/reference/index.js'
import { apply } from '../src/ops/apply.js'
import type { Row, TensorType } from '../src/ops/index.js'
import { operandsFor, type Prim } from '../src/prim/index.js'
import { sizeOf } from '../src/shape/index.js'
import { allocate, literalOf, numbersOf } from '../src/tensor/buffer.js'
import type { Tensor } from '../src/tensor/index.js'
import { wantsLiteral } from '../src/tensor/read.js'
import type { Application } from './arbitrary/operands.js'

/** Shape and precision of the result, by the rules of the op. */
export const typeOf = <K extends Prim>(prim: K, { operands, attributes }: Application<K>): TensorType => {
  const { shape, precision } = apply(prim, operands, attributes)
  return { shape, precision }
}

export const byLoop = <K extends Prim>(row: Row<K>, prim: K, application: Application<K>): Tensor => {
  const { operands, attributes } = application
  const { shape, precision } = typeOf(prim, application)
  const out = allocate(precision, sizeOf(shape))
  const numbers = operands.map((x) => numbersOf(wantsLiteral('law', x)))
  row.loop(out, operandsFor(prim, numbers), operands, { shape, precision }, attributes)
  return literalOf(shape, precision, out)
}

export const byMeaning = <K extends Prim>(row: Row<K>, prim: K, application: Application<K>): Tensor =>
  tabulate(prim, application.operands, application.attributes, typeOf(prim, application), row)
