/** One record of every op: a total table, so that an op of which nothing is declared does not compile. */
import type * as fc from 'fast-check'
import { type Prim, prims } from '../../src/prim/index.js'
import { fixed } from '../../src/shape/index.js'
import type { Application } from '../arbitrary/operands.js'
import type { EngineBudget } from '../budget.js'
import type { Oracle } from '../oracle/oracle.js'
import { arithmetic } from './arithmetic.js'
import { bits } from './bits.js'
import { choice } from './choice.js'
import type { DeclaredOps } from './declared.js'
import { elementary } from './elementary.js'
import { indexing } from './indexing.js'
import { movement } from './movement.js'
import { order } from './order.js'
import { parts } from './parts.js'
import { reduction } from './reduction.js'

export const declared: DeclaredOps = {
  ...elementary,
  ...parts,
  ...arithmetic,
  ...order,
  ...bits,
  ...choice,
  ...movement,
  ...indexing,
  ...reduction,
}

/** One column of the oracles. */
const column = (name: keyof Oracle<Prim>): unknown => fixed(Object.fromEntries(prims.map((prim) => [prim, declared[prim].oracle[name]])))

/** For every op, examples of operands and attributes. */
export const applications = column('examples') as { readonly [K in Prim]: fc.Arbitrary<Application<K>> }
/** What the WebAssembly engine keeps: the elementary functions by the largest errors found, which their kernels state. */
export const engineBudget = column('engine') as EngineBudget
