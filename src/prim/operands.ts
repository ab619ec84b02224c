/** Lists as the operands of an op: the one place where a list becomes as many as an op takes. */
import { Defect } from '../error/index.js'
import { type OperandsOf, type Prim, signatures } from './signatures.js'

/**
 * A list as the operands of an op, of whatever kind: tensors, their shapes, places in memory.
 *
 * @error  `Defect` where they are more or fewer than the op takes
 */
export const operandsFor = <K extends Prim, R>(prim: K, list: readonly R[]): OperandsOf<K, R> => {
  const count = signatures[prim].operands
  if (count !== 'any' && list.length !== count) throw new Defect(`${prim} was given ${list.length} operands, and takes ${count}`)
  return list as unknown as OperandsOf<K, R>
}

/** Something of every operand, as many as there are. */
export const mapOperands = <K extends Prim, R, S>(prim: K, operands: readonly R[], f: (operand: R, i: number) => S): OperandsOf<K, S> =>
  operandsFor(prim, operands.map(f))
