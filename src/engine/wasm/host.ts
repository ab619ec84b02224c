// mutates: the arena it is given, escapes: nothing
/** What runs on the host, on copies of its operands: rows that have no kernel, and views of what no kernel is as wide as. */
import { copyView } from '../../ops/loop/strided.js'
import type { RowOf } from '../../ops/row.js'
import { table } from '../../ops/table.js'
import { sizeOf } from '../../shape/index.js'
import { rounded } from '../../tensor/buffer.js'
import type { Address } from '../program/address.js'
import type { Block, Gather, HostCall, Strided } from '../program/instruction.js'
import { arenaView, numbersAt, toMask } from './door.js'

export type OnHost = HostCall | Gather
/** Kernels move elements of four bytes. */
export const isOnHost = ({ bytesPer }: Gather): boolean => bytesPer === 8

export interface HostMemory {
  readonly buffer: ArrayBuffer
  /** Where an address is in the iteration at hand. */
  readonly addressOf: (address: Address) => number
}

const runRow = ({ prim, attributes, operands, out }: HostCall, { buffer, addressOf }: HostMemory): void => {
  const row = table[prim] as unknown as RowOf<'any', unknown>
  const numbersOf = ({ address, shape, precision }: Block) => numbersAt(buffer, precision, addressOf(address), sizeOf(shape))
  const size = sizeOf(out.shape)
  const result = rounded(out.precision, new Float64Array(size))
  row.loop(result, operands.map(numbersOf), operands, out, attributes)
  arenaView(buffer, out.precision, addressOf(out.address), size).set(out.precision === 'bool' ? Int32Array.from(result, toMask) : result)
}

/** How many numbers a view reaches over, from its start on. */
const reachOf = ({ shape, strides }: Strided): number =>
  shape.some((size) => size === 0) ? 0 : shape.reduce((reach, size, i) => reach + (size - 1) * (strides[i] ?? 0), 1)

const gather = ({ out, view }: Gather, { buffer, addressOf }: HostMemory): void => {
  const numbers = numbersAt(buffer, 'float64', addressOf(view.start), reachOf(view))
  const to = arenaView(buffer, 'float64', addressOf(out), sizeOf(view.shape)) as Float64Array
  copyView(to, numbers, view.shape, { offset: 0, strides: view.strides })
}

export const runOnHost = (work: OnHost, memory: HostMemory): void => (work.kind === 'host' ? runRow(work, memory) : gather(work, memory))
