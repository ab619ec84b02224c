/** What a lowering is, and the one that serves every op: the row's own loop, on the host. */
import type { TensorType } from '../../../ops/row.js'
import type { Attributes, Count, Operands, Prim, Prims } from '../../../prim/index.js'
import type { Builder } from '../builder.js'
import { blockOf, type Place } from '../place.js'

/** An op to be lowered: its name, its attributes, and the type of its result. */
export interface Applied<A> extends TensorType {
  readonly prim: Prim
  readonly attributes: A
}
export type LoweringOf<N extends Count, A> = (b: Builder, operands: Operands<N, Place>, node: Applied<A>) => Place
export type Lowering<K extends Prim> = LoweringOf<Prims[K]['operands'], Attributes<K>>

/** The row's loop, on copies of its operands. */
export const onHost = (b: Builder, operands: readonly Place[], { prim, attributes, shape, precision }: Applied<unknown>): Place => {
  const sources = operands.map(b.materialise)
  const out = b.room(shape, precision)
  b.write({ kind: 'host', prim, attributes, operands: sources.map(blockOf), out: blockOf(out) })
  return out
}
