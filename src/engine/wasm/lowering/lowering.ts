/** What a lowering is, and the one that serves every op: the row's own loop, on the host. */
import type { RowOf, TensorType } from '../../../ops/row.js'
import { table } from '../../../ops/table.js'
import type { Attributes, Count, Operands, Prim, Prims } from '../../../prim/index.js'
import { sizeOf } from '../../../shape/index.js'
import { rounded } from '../../../tensor/buffer.js'
import { type Builder, startOf } from '../builder.js'
import { arenaView, numbersAt, toMask } from '../door.js'
import type { Place } from '../place.js'

/** An op to be lowered: its name, its attributes, and the type of its result. */
export interface Applied<A> extends TensorType {
  readonly prim: Prim
  readonly attributes: A
}
export type LoweringOf<N extends Count, A> = (b: Builder, operands: Operands<N, Place>, node: Applied<A>) => Place
export type Lowering<K extends Prim> = LoweringOf<Prims[K]['operands'], Attributes<K>>

/** The row's loop, on copies of its operands. */
export const onHost = (b: Builder, operands: readonly Place[], node: Applied<unknown>): Place => {
  const row = table[node.prim] as unknown as RowOf<'any', unknown>
  const sources = operands.map(b.materialise)
  const out = b.room(node.shape, node.precision)
  b.host(
    node.prim,
    sources.map((s) => s.buffer),
    out.buffer,
    ({ buffer, addressOf }) => {
      const numbers = sources.map((s) => numbersAt(buffer, s.precision, addressOf(startOf(s)), sizeOf(s.shape)))
      const size = sizeOf(node.shape)
      const result = rounded(node.precision, new Float64Array(size))
      row.loop(result, numbers, operands, node, node.attributes)
      arenaView(buffer, node.precision, addressOf(startOf(out)), size).set(
        node.precision === 'bool' ? Int32Array.from(result, toMask) : result,
      )
    },
  )
  return out
}
