/** Mutants of the closed table: at least one for every op, or the record does not compile. */
import { arithmetic } from './rows/arithmetic.js'
import type { RowMutants } from './rows/breaking.js'
import { choice } from './rows/choice.js'
import { reduction } from './rows/reduction.js'
import { structure } from './rows/structure.js'

export const rowMutants: RowMutants = { ...arithmetic, ...choice, ...reduction, ...structure }
