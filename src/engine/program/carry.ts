/**
 * What is carried from run to run: a state. An input that an output replaces in the next run has a double buffer, two rooms
 * that runs read and write in turn, as the carry of any loop has. All of them lie side by side.
 */

import type { Program } from '../../graph/index.js'
import { mapAccumulate } from '../../graph/walk.js'
import type { TensorType } from '../../ops/row.js'
import { contiguous } from '../../ops/view.js'
import { sameShape, sizeOf } from '../../shape/index.js'
import { nodeOf } from '../../tensor/node.js'
import type { Tensor } from '../../tensor/tensor.js'
import { fixed, runs, type Step } from './address.js'
import type { Builder } from './builder.js'
import { bytesPer, type Place } from './place.js'

/** An input, by number, and the output that replaces it. */
export interface Replaced {
  readonly input: number
  readonly output: number
}
/** Where the input is in a run, and where its replacement will be. */
export interface Carry extends Replaced {
  readonly now: Place
  readonly next: Place
}

/**
 * Which inputs are likely to be replaced: a step goes from a state, its first argument, to a state, its result or the first part
 * of it, so output i is input i of the next run if they have one type. This is a guess, and may be wrong: whoever runs the
 * program looks whether an input is what the last run gave, and copies it in if it is not.
 */
const replacedBy = ({ inputs, outputs }: Program): readonly Replaced[] => {
  const all = new Set(inputs)
  const replaces = (output: Tensor, input: Tensor): boolean =>
    output.precision === input.precision && sameShape(output.shape, input.shape) && nodeOf(output).kind !== 'literal' && !all.has(output)
  return inputs.flatMap((input, i) => {
    const output = outputs[i]
    return output !== undefined && replaces(output, input) ? [{ input: i, output: i }] : []
  })
}

/**
 * Whether a tensor is copied out together with others: large enough that an array of its own costs more than a view of a
 * common one, and small enough that it matters little if it is kept for another's sake.
 */
export const isCopiedTogether = ({ shape, precision }: TensorType): boolean =>
  precision !== 'bool' && sizeOf(shape) > 16 && sizeOf(shape) <= 4096

/** Rooms begin where vectors may. */
const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16

/** The double buffers of a program's state; those that are copied out together are neighbours. */
export const carriesOf = (b: Builder, program: Program): readonly Carry[] => {
  const replaced = replacedBy(program)
  const typeOf = ({ input }: Replaced): Tensor => program.inputs[input] as Tensor
  const [together, alone] = [true, false].map((flag) => replaced.filter((each) => isCopiedTogether(typeOf(each)) === flag))
  const inOrder = [...(together ?? []), ...(alone ?? [])]
  const [bytes, starts] = mapAccumulate(inOrder.length, false, 0, (end, i) => {
    const { shape, precision } = typeOf(inOrder[i] as Replaced)
    return [end + aligned(sizeOf(shape) * bytesPer(precision)), end] as const
  })
  const rooms = b.room([2, bytes / 4], 'int32')
  return inOrder.map((each, i): Carry => {
    const { shape, precision } = typeOf(each)
    const part = { buffer: b.part(fixed(rooms.buffer, starts[i])), shape, precision, view: contiguous(shape) }
    const moving = (by: Step['by']): Place => ({ ...part, steps: [{ loop: runs, by, bytes }] })
    return { ...each, now: moving('now'), next: moving('next') }
  })
}
