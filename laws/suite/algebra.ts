/**
 * The declared algebra of the ops: for each its properties, as data. The table is total: an op without a declared property
 * does not compile.
 */
import { prims } from '../../src/ops/index.js'
import type { Prim } from '../../src/prim/index.js'
import { arithmetic } from '../algebra/arithmetic.js'
import { bits } from '../algebra/bits.js'
import { choice } from '../algebra/choice.js'
import { comparison } from '../algebra/comparison.js'
import { elementary } from '../algebra/elementary.js'
import { type EvaluationOptions, evaluationOf } from '../algebra/evaluation.js'
import { movement } from '../algebra/movement.js'
import type { Property } from '../algebra/properties.js'
import { reduction } from '../algebra/reduction.js'
import type { Law } from '../law.js'

export const declared: { readonly [K in Prim]: readonly Property[] } = {
  ...elementary,
  ...arithmetic,
  ...comparison,
  ...bits,
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
