// mutates: the list of instructions and buffers of one lowering, escapes: nothing
/** What a lowering writes into: buffers, constants and instructions, in order. */

import { copyView } from '../../ops/loop/strided.js'
import { contiguous, type View } from '../../ops/view.js'
import type { Precision } from '../../prim/index.js'
import { type Shape, sizeOf } from '../../shape/index.js'
import { arenaView, numbersAt } from './door.js'
import type { Address, Argument, Instruction } from './instruction.js'
import { isAddress } from './instruction.js'
import type { KernelName } from './kernels.js'
import { type BufferId, bytesPer, isContiguous, type Place } from './place.js'

export interface Builder {
  /** The bytes of every buffer, by number. */
  readonly sizes: readonly number[]
  readonly instructions: readonly Instruction[]
  /** Words that are in the arena from the start. */
  readonly constants: readonly { readonly buffer: BufferId; readonly words: Int32Array }[]
  /** The scratch that the largest product needs. */
  readonly scratch: BufferId
  readonly scratchBytes: number
  /** Room for a tensor, row by row. */
  readonly room: (shape: Shape, precision: Precision) => Place
  readonly constant: (words: Int32Array) => BufferId
  readonly needScratch: (bytes: number) => Address
  readonly call: (kernel: KernelName, out: BufferId, args: readonly Argument[]) => void
  readonly host: (name: string, reads: readonly BufferId[], writes: BufferId, run: Extract<Instruction, { kind: 'host' }>['run']) => void
  /** The same numbers, row by row. */
  readonly materialise: (place: Place) => Place
}

export const startOf = ({ buffer, view, precision }: Place): Address => ({ buffer, bytes: view.offset * bytesPer(precision) })

/** A view as the copying kernels read it: rank, sizes, strides. */
export const metaOf = (shape: Shape, view: View): Int32Array => Int32Array.from([shape.length, ...shape, ...view.strides])

export const builder = (): Builder => {
  const sizes: number[] = [0]
  const instructions: Instruction[] = []
  const constants: { buffer: BufferId; words: Int32Array }[] = []
  const state = { scratchBytes: 0 }
  const allocate = (bytes: number): BufferId => sizes.push(bytes) - 1
  const room: Builder['room'] = (shape, precision) => ({
    buffer: allocate(sizeOf(shape) * bytesPer(precision)),
    shape,
    precision,
    view: contiguous(shape),
  })
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
    instructions.push({ kind: 'kernel', kernel, args, reads, writes: out })
  }
  const host: Builder['host'] = (name, reads, writes, run) => {
    instructions.push({ kind: 'host', name, reads, writes, run })
  }
  const materialise: Builder['materialise'] = (place) => {
    if (isContiguous(place)) return place
    const out = room(place.shape, place.precision)
    if (place.precision === 'float64')
      host('copyView', [place.buffer], out.buffer, ({ buffer, addressOf }) => {
        const size = (sizes[place.buffer] ?? 0) / 8
        const numbers = numbersAt(buffer, 'float64', addressOf(place.buffer), size)
        copyView(arenaView(buffer, 'float64', addressOf(out.buffer), sizeOf(place.shape)) as Float64Array, numbers, place.shape, place.view)
      })
    else {
      const meta = constant(metaOf(place.shape, place.view))
      call('gatherView', out.buffer, [startOf(out), { buffer: meta, bytes: 0 }, startOf(place)])
    }
    return out
  }
  return {
    sizes,
    instructions,
    constants,
    scratch: 0,
    get scratchBytes() {
      return state.scratchBytes
    },
    room,
    constant,
    needScratch: (bytes) => {
      state.scratchBytes = Math.max(state.scratchBytes, bytes)
      return { buffer: 0, bytes: 0 }
    },
    call,
    host,
    materialise,
  }
}
