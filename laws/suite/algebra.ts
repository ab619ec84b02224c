/**
 * The declared algebra of the ops: for each its properties, as data. The table is total: an op without a declared property
 * does not compile.
 */
import { prims } from '../../src/ops/index.js'
import type { Prim } from '../../src/prim/index.js'
import { binary, complement, unary } from '../algebra/elementwise.js'
import { type EvaluationOptions, evaluationOf } from '../algebra/evaluation.js'
import type { Property } from '../algebra/properties.js'
import { choice, movement, reduction, shifts } from '../algebra/structure.js'
import type { Law } from '../law.js'

export const declared: { readonly [K in Prim]: readonly Property[] } = {
  ...unary,
  ...binary,
  ...complement,
  ...shifts,
  ...choice,
  ...reduction,
  ...movement,
}

/**
 * The declared algebra, of the library's ops, or of ops that are computed in another way.
 *
 * @example
 * algebraLaws({ apply: appliedBy(wasm), float: 'float32', ulps: 3 })
 */
export const algebraLaws = (options: Partial<EvaluationOptions> = {}): readonly Law[] => {
  const by = evaluationOf(options)
  return prims.flatMap((prim) => declared[prim].map((property) => property(prim, by)))
}
