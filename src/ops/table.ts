/**
 * The closed table: one row per op, total by its type. Forget a row, or a part of one, and the compiler names it.
 */
import { fixed } from '../shape/index.js'
import type { Table } from './row.js'
import { arithmetic } from './rows/arithmetic.js'
import { choice } from './rows/choice.js'
import { reduction } from './rows/reduction.js'
import { structure } from './rows/structure.js'

export const table: Table = fixed({ ...arithmetic, ...choice, ...reduction, ...structure })
