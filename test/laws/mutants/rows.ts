/** Mutants of the closed table: of every op two that are derived, and the mistakes that one makes. */
import { prims } from '../../../src/ops/index.js'
import type { Prim } from '../../../src/prim/index.js'
import type { Mutant } from './mutant.js'
import { arithmetic } from './rows/arithmetic.js'
import type { RowMutants } from './rows/breaking.js'
import { choice } from './rows/choice.js'
import { reduction } from './rows/reduction.js'
import { structure } from './rows/structure.js'
import { derived } from './rows/throughout.js'

const likely: RowMutants = { ...arithmetic, ...choice, ...reduction, ...structure }

export const rowMutantsOf = (prim: Prim): readonly Mutant[] => [...derived(prim), ...(likely[prim] ?? [])]
export const rowMutants: readonly Mutant[] = prims.flatMap(rowMutantsOf)
