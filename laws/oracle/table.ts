/**
 * What the laws are told of every op: a total table, so that an op of which they are told nothing does not compile.
 */
import type * as fc from 'fast-check'
import { prims } from '../../src/ops/index.js'
import type { Prim } from '../../src/prim/index.js'
import { fixed } from '../../src/shape/index.js'
import type { Application } from '../arbitrary/operands.js'
import type { EngineBudget } from '../budget.js'
import { arithmetic } from './arithmetic.js'
import { choice } from './choice.js'
import { elementary } from './elementary.js'
import { movement } from './movement.js'
import type { Oracle } from './oracle.js'

export const oracles: { readonly [K in Prim]: Oracle<K> } = { ...elementary, ...arithmetic, ...choice, ...movement }

/** One of its columns. */
const column = (name: keyof Oracle<Prim>): unknown => fixed(Object.fromEntries(prims.map((prim) => [prim, oracles[prim][name]])))

/** For every op, examples of operands and attributes. */
export const applications = column('examples') as { readonly [K in Prim]: fc.Arbitrary<Application<K>> }
/** What the WebAssembly engine keeps: the elementary functions by the largest errors found, which their kernels state. */
export const engineBudget = column('engine') as EngineBudget
