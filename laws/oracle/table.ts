/** An oracle for every op: a total table, so that an op without one does not compile. */
import type { Prim } from '../../src/prim/index.js'
import { arithmetic } from './arithmetic.js'
import { choice } from './choice.js'
import { elementary } from './elementary.js'
import { movement } from './movement.js'
import type { Oracle } from './oracle.js'

export const oracles: { readonly [K in Prim]: Oracle<K> } = { ...elementary, ...arithmetic, ...choice, ...movement }
