// mutates: the list of instructions and buffers of one lowering, escapes: nothing
/** What a lowering writes into: buffers, constants and instructions, in order. */

import { copyView } from '../../ops/loop/strided.js'
import { contiguous, type View } from '../../ops/view.js'
import type { Precision } from '../../prim/index.js'
import { type Shape, sizeOf } from '../../shape/index.js'
import { arenaView, numbersAt } from './door.js'
import { type Address, type Argument, type BufferId, type HostCall, type Instruction, isAddress, type LoopId } from './instruction.js'
import type { KernelName } from './kernels.js'
import { bytesPer, isContiguous, isRowMajor, type Place, reachOf } from './place.js'

export interface Builder {
  /** The bytes of every buffer, by number. */
  readonly sizes: readonly number[]
  readonly instructions: readonly Instruction[]
  /** Words that are in the arena from the start. */
  readonly constants: readonly { readonly buffer: BufferId; readonly words: Int32Array }[]
  /** The scratch that the largest product needs. */
  readonly scratch: BufferId
  readonly scratchBytes: number
  /** Buffers that are a part of another one: what a body computes goes straight to where its loop wants it. */
  readonly parts: ReadonlyMap<BufferId, Address>
  /** Room for a tensor, row by row. */
  readonly room: (shape: Shape, precision: Precision) => Place
  /** A buffer that is a part of another one, which is there from the start. */
  readonly part: (address: Address) => BufferId
  readonly constant: (words: Int32Array) => BufferId
  readonly needScratch: (bytes: number) => Address
  readonly call: (kernel: KernelName, out: BufferId, args: readonly Argument[]) => void
  readonly host: (name: string, reads: readonly BufferId[], writes: BufferId, run: HostCall['run']) => void
  /** The same numbers, row by row. */
  readonly materialise: (place: Place) => Place
  /** The same numbers, row by row, at an address. */
  readonly copyTo: (address: Address, place: Place) => void
  /** The numbers of a place at an address, without a copy if they are computed by the instructions being written. */
  readonly deliver: (address: Address, place: Place) => void
  /** A loop whose body writes the instructions; it is told its number. */
  readonly repeat: (length: number, reverse: boolean, body: (loop: LoopId) => void) => void
}

export const startOf = ({ buffer, view, precision, steps }: Place): Address => ({ buffer, bytes: view.offset * bytesPer(precision), steps })
/** An address that stays. */
export const fixed = (buffer: BufferId, bytes = 0): Address => ({ buffer, bytes, steps: [] })

/** A view as the copying kernels read it: rank, sizes, strides. */
export const metaOf = (shape: Shape, view: View): Int32Array => Int32Array.from([shape.length, ...shape, ...view.strides])

/** Instructions that are being written, and the buffers that they write. */
interface Written {
  readonly instructions: Instruction[]
  readonly buffers: Set<BufferId>
}
const nothingWritten = (): Written => ({ instructions: [], buffers: new Set() })

export const builder = (): Builder => {
  const sizes: number[] = [0]
  const lists: Written[] = [nothingWritten()]
  const constants: { buffer: BufferId; words: Int32Array }[] = []
  const parts = new Map<BufferId, Address>()
  const state = { scratchBytes: 0, loops: 0 }
  const push = (instruction: Instruction): void => {
    const list = lists.at(-1)
    list?.instructions.push(instruction)
    for (const buffer of instruction.writes) list?.buffers.add(buffer)
  }
  const allocate = (bytes: number): BufferId => sizes.push(bytes) - 1
  const room: Builder['room'] = (shape, precision) => ({
    buffer: allocate(sizeOf(shape) * bytesPer(precision)),
    shape,
    precision,
    view: contiguous(shape),
    steps: [],
  })
  const part: Builder['part'] = (address) => {
    const buffer = allocate(0)
    parts.set(buffer, address)
    return buffer
  }
  const constant: Builder['constant'] = (words) => {
    const buffer = allocate(words.byteLength)
    constants.push({ buffer, words })
    return buffer
  }
  const call: Builder['call'] = (kernel, out, args) => {
    const reads = args
      .filter(isAddress)
      .map((a) => a.buffer)
      .filter((buffer) => buffer !== out && buffer !== 0)
    push({ kind: 'kernel', kernel, args, reads, writes: [out] })
  }
  const host: Builder['host'] = (name, reads, writes, run) => {
    push({ kind: 'host', name, reads, writes: [writes], run })
  }
  const copyTo: Builder['copyTo'] = (address, place) => {
    const size = sizeOf(place.shape)
    if (isRowMajor(place)) call('copy', address.buffer, [address, startOf(place), size * bytesPer(place.precision)])
    else if (place.precision === 'float64')
      host('copyView', [place.buffer], address.buffer, ({ buffer, addressOf }) => {
        const numbers = numbersAt(buffer, 'float64', addressOf({ ...startOf(place), bytes: 0 }), reachOf(place))
        copyView(arenaView(buffer, 'float64', addressOf(address), size) as Float64Array, numbers, place.shape, place.view)
      })
    else call('gatherView', address.buffer, [address, fixed(constant(metaOf(place.shape, place.view))), startOf(place)])
  }
  const materialise: Builder['materialise'] = (place) => {
    if (isContiguous(place)) return place
    const out = room(place.shape, place.precision)
    copyTo(startOf(out), place)
    return out
  }
  const deliver: Builder['deliver'] = (address, place) => {
    const { buffer, shape, precision, steps } = place
    const computedHere = lists.at(-1)?.buffers.has(buffer) === true
    const whole = isContiguous(place) && steps.length === 0 && sizes[buffer] === sizeOf(shape) * bytesPer(precision)
    if (computedHere && whole && !parts.has(buffer)) parts.set(buffer, address)
    else copyTo(address, place)
  }
  const repeat: Builder['repeat'] = (length, reverse, write) => {
    const loop = state.loops++
    const first = sizes.length
    lists.push(nothingWritten())
    write(loop)
    const body = lists.pop()?.instructions ?? []
    const outside = (buffers: readonly BufferId[]): readonly BufferId[] =>
      [...new Set(buffers.map((buffer) => parts.get(buffer)?.buffer ?? buffer))].filter((buffer) => buffer < first)
    const [reads, writes] = [outside(body.flatMap((i) => i.reads)), outside(body.flatMap((i) => i.writes))]
    push({ kind: 'loop', loop, length, reverse, body, reads, writes })
  }
  return {
    sizes,
    get instructions() {
      return lists[0]?.instructions ?? []
    },
    constants,
    parts,
    scratch: 0,
    get scratchBytes() {
      return state.scratchBytes
    },
    room,
    part,
    constant,
    needScratch: (bytes) => {
      state.scratchBytes = Math.max(state.scratchBytes, bytes)
      return fixed(0)
    },
    call,
    host,
    materialise,
    copyTo,
    deliver,
    repeat,
  }
}
