/**
 * What is declared of an op: its oracle, which says by other means than its row what its numbers are, how far a row and an engine may be
 * from them, and on which examples it is tried; and its algebra, the properties that it has whatever computes it.
 */
import type { Prim } from '../../src/prim/index.js'
import type { Property } from '../algebra/properties.js'
import type { Oracle } from '../oracle/oracle.js'

export interface Declared<K extends Prim> {
  readonly oracle: Oracle<K>
  readonly properties: readonly Property[]
}
export type DeclaredOps = { readonly [K in Prim]: Declared<K> }
