/** Passes over the instructions of a lowered program. */
import type { Address, BufferId } from './address.js'
import type { Instruction } from './instruction.js'
import { wholeOf } from './layout.js'
import type { Lowered } from './lower.js'

/** Instructions to fewer or better ones. What is in `kept`, and what is a part of another buffer, is wanted by somebody outside. */
export type Pass = (
  ...args: readonly [instructions: readonly Instruction[], kept: ReadonlySet<BufferId>, parts: ReadonlyMap<BufferId, Address>]
) => readonly Instruction[]

/** The buffers that are there before and after a run: literals, inputs and outputs. */
export const keptOf = ({ literals, inputs, outputs, parts }: Lowered): ReadonlySet<BufferId> =>
  new Set([...literals.map(({ place }) => place), ...inputs, ...outputs].map(({ buffer }) => buffer).map(wholeOf(parts)))
