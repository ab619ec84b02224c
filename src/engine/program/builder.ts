// mutates: the list of instructions and buffers of one lowering, escapes: nothing
/** What a lowering writes into: buffers and instructions, in order. */

import type { TensorType } from '../../ops/row.js'
import { contiguous } from '../../ops/view.js'
import type { Precision } from '../../prim/index.js'
import { type Shape, sizeOf } from '../../shape/index.js'
import type { Address, BufferId, LoopId } from './address.js'
import type { Instruction } from './instruction.js'
import { bytesPer, isContiguous, isRowMajor, type Place, startOf, stridedOf } from './place.js'
import { useOf } from './use.js'

/** What has been written so far. */
export interface Written {
  /** The bytes of every buffer, by number. */
  readonly sizes: readonly number[]
  /** What buffers are rooms for; parts of others are none. */
  readonly types: ReadonlyMap<BufferId, TensorType>
  readonly instructions: readonly Instruction[]
  /** Buffers that are a part of another one: what a body computes goes straight to where its loop wants it. */
  readonly parts: ReadonlyMap<BufferId, Address>
}

export interface Builder {
  readonly written: () => Written
  /** Room for a tensor, row by row. */
  readonly room: (shape: Shape, precision: Precision) => Place
  /** A buffer that is a part of another one, which is there from the start. */
  readonly part: (address: Address) => BufferId
  readonly write: (instruction: Instruction) => void
  /** The same numbers, row by row. */
  readonly materialise: (place: Place) => Place
  /** The same numbers, row by row, at an address. */
  readonly copyTo: (address: Address, place: Place) => void
  /**
   * The numbers of a place at an address. Copy elision: what the instructions being written compute into a buffer of its own is
   * computed there instead, once; anything else is copied.
   */
  readonly deliver: (address: Address, place: Place) => void
  /** A loop whose body writes the instructions; it is told its number. */
  readonly repeat: (length: number, reverse: boolean, body: (loop: LoopId) => void) => void
}

/** Instructions that are being written, and the buffers that they write. */
interface List {
  readonly instructions: Instruction[]
  readonly buffers: Set<BufferId>
}
const empty = (): List => ({ instructions: [], buffers: new Set() })

export const builder = (): Builder => {
  const sizes: number[] = []
  const types = new Map<BufferId, TensorType>()
  const program = empty()
  /** The program, and the bodies of loops inside one another; what is written goes into the last. */
  const open: List[] = [program]
  const parts = new Map<BufferId, Address>()
  const state = { loops: 0 }
  const innermost = (): List => open.at(-1) ?? program
  const write: Builder['write'] = (instruction) => {
    const { instructions, buffers } = innermost()
    instructions.push(instruction)
    for (const buffer of useOf(instruction).writes) buffers.add(buffer)
  }
  const allocate = (bytes: number): BufferId => sizes.push(bytes) - 1
  const room: Builder['room'] = (shape, precision) => {
    const buffer = allocate(sizeOf(shape) * bytesPer(precision))
    types.set(buffer, { shape, precision })
    return { buffer, shape, precision, view: contiguous(shape), steps: [] }
  }
  const part: Builder['part'] = (address) => {
    const buffer = allocate(0)
    parts.set(buffer, address)
    return buffer
  }
  const copyTo: Builder['copyTo'] = (out, place) => {
    if (isRowMajor(place)) write({ kind: 'copy', out, x: startOf(place), bytes: sizeOf(place.shape) * bytesPer(place.precision) })
    else write({ kind: 'gather', out, view: stridedOf(place) })
  }
  const materialise: Builder['materialise'] = (place) => {
    if (isContiguous(place)) return place
    const out = room(place.shape, place.precision)
    copyTo(startOf(out), place)
    return out
  }
  /** Whether a place is all of a buffer that only the instructions being written have to do with. */
  const isOwn = (place: Place): boolean =>
    innermost().buffers.has(place.buffer) &&
    !parts.has(place.buffer) &&
    isContiguous(place) &&
    place.steps.length === 0 &&
    sizes[place.buffer] === sizeOf(place.shape) * bytesPer(place.precision)
  const deliver: Builder['deliver'] = (address, place) => {
    if (isOwn(place)) parts.set(place.buffer, address)
    else copyTo(address, place)
  }
  const repeat: Builder['repeat'] = (length, reverse, writeBody) => {
    const loop = state.loops++
    const first = sizes.length
    const body = empty()
    open.push(body)
    writeBody(loop)
    open.pop()
    const outside = (buffers: readonly BufferId[]): readonly BufferId[] =>
      [...new Set(buffers.map((buffer) => parts.get(buffer)?.buffer ?? buffer))].filter((buffer) => buffer < first)
    const uses = body.instructions.map(useOf)
    const [reads, writes] = [outside(uses.flatMap((use) => use.reads)), outside(uses.flatMap((use) => use.writes))]
    write({ kind: 'loop', loop, length, reverse, body: body.instructions, reads, writes })
  }
  return {
    written: () => ({ sizes, types, instructions: program.instructions, parts }),
    room,
    part,
    write,
    materialise,
    copyTo,
    deliver,
    repeat,
  }
}
