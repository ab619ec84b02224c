/**
 * What is carried from run to run: inputs that an output of the same type may replace. They lie together, in two rooms that
 * runs read and write in turn, as the carry of any loop.
 */

import { mapAccumulate } from '../../graph/walk.js'
import type { TensorType } from '../../ops/row.js'
import { contiguous } from '../../ops/view.js'
import { sameShape, sizeOf } from '../../shape/index.js'
import { nodeOf } from '../../tensor/node.js'
import type { Tensor } from '../../tensor/tensor.js'
import { type Builder, fixed } from './builder.js'
import { runs, type Step } from './instruction.js'
import { bytesPer, type Place } from './place.js'

/** Where an input is in this run, and where what replaces it will be. */
export interface Carry {
  readonly now: Place
  readonly next: Place
}

/**
 * Whether an output is likely to be this input in the next run: of a step from state to state the first inputs, in order, are
 * the outputs. A wrong guess costs a copy, as every input does that was not given out by the run before.
 */
const isCarried = (input: Tensor, output: Tensor | undefined, inputs: ReadonlySet<Tensor>): boolean =>
  output !== undefined &&
  output.precision === input.precision &&
  sameShape(output.shape, input.shape) &&
  nodeOf(output).kind !== 'literal' &&
  !inputs.has(output)

/**
 * Whether a tensor is copied out together with others: large enough that an array of its own costs more than a view of a
 * common one, and small enough that it matters little if it is kept for another's sake.
 */
export const isCopiedTogether = ({ shape, precision }: TensorType): boolean =>
  precision !== 'bool' && sizeOf(shape) > 16 && sizeOf(shape) <= 4096

/** Rooms begin where vectors may. */
const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16

/** Of every input, where it is carried, if it is; those that are copied out together lie side by side. */
export const carriesOf = (b: Builder, inputs: readonly Tensor[], outputs: readonly Tensor[]): readonly (Carry | undefined)[] => {
  const all = new Set(inputs)
  const carried = inputs.filter((input, i) => isCarried(input, outputs[i], all))
  const inOrder = [...carried.filter(isCopiedTogether), ...carried.filter((input) => !isCopiedTogether(input))]
  const [bytes, starts] = mapAccumulate(inOrder.length, false, 0, (end, i) => {
    const { shape, precision } = inOrder[i] as Tensor
    return [end + aligned(sizeOf(shape) * bytesPer(precision)), end] as const
  })
  const rooms = b.room([2, bytes / 4], 'int32')
  const carryOf = ({ shape, precision }: Tensor, offset: number): Carry => {
    const part = { buffer: b.part(fixed(rooms.buffer, offset)), shape, precision, view: contiguous(shape) }
    const moving = (by: Step['by']): Place => ({ ...part, steps: [{ loop: runs, by, bytes }] })
    return { now: moving('now'), next: moving('next') }
  }
  const carries = new Map(inOrder.map((input, i) => [input, carryOf(input, starts[i] ?? 0)]))
  return inputs.map((input) => carries.get(input))
}
