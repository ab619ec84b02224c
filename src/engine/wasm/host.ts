// mutates: the arena it is given, escapes: nothing
/** What runs on the host, on copies of its operands: rows that have no kernel. */
import type { RowOf } from '../../ops/row.js'
import { table } from '../../ops/table.js'
import { sizeOf } from '../../shape/index.js'
import { rounded } from '../../tensor/buffer.js'
import type { Address } from '../program/address.js'
import type { Block, HostCall } from '../program/instruction.js'
import { arenaView, numbersAt, toMask } from './door.js'

export interface HostMemory {
  readonly buffer: ArrayBuffer
  /** Where an address is in the iteration at hand. */
  readonly addressOf: (address: Address) => number
}

export const runOnHost = ({ prim, attributes, operands, out }: HostCall, { buffer, addressOf }: HostMemory): void => {
  const row = table[prim] as unknown as RowOf<'any', unknown>
  const numbersOf = ({ address, shape, precision }: Block) => numbersAt(buffer, precision, addressOf(address), sizeOf(shape))
  const size = sizeOf(out.shape)
  const result = rounded(out.precision, new Float64Array(size))
  row.loop(result, operands.map(numbersOf), operands, out, attributes)
  arenaView(buffer, out.precision, addressOf(out.address), size).set(out.precision === 'bool' ? Int32Array.from(result, toMask) : result)
}
