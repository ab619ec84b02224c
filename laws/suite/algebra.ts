/** The declared algebra of the ops: of each the properties that its record says it has. */
import { prims } from '../../src/prim/index.js'
import { type EvaluationOptions, evaluationOf } from '../algebra/evaluation.js'
import type { Law } from '../law.js'
import { declared } from '../op/table.js'

/**
 * The declared algebra, of the library's ops, or of ops that are computed in another way.
 *
 * @example
 * algebraLaws({ apply: appliedBy(wasm), float: 'float32', ulps: 3 })
 */
export const algebraLaws = (options: Partial<EvaluationOptions> = {}): readonly Law[] => {
  const by = evaluationOf(options)
  return prims.flatMap((prim) => declared[prim].properties.map((property) => property(prim, by)))
}
