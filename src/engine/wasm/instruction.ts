/** Instructions: what a lowered program is made of. Data, but for the few that run on the host. */

import type { ElementwiseKernel, KernelName } from './kernels.js'

/** A buffer of the program, by number; its address is planned later. */
export type BufferId = number

/** A loop of the program, by number. */
export type LoopId = number

/** The loop around every program: its runs. What one run gives and the next one takes has two rooms, as in any loop. */
export const runs: LoopId = -1

/**
 * How an address moves with the iterations of a loop around it: `bytes` times
 *
 * - `position`: where the iteration stands along what the loop goes along;
 * - `now`, `next`: 0 or 1, exchanged in every iteration, `now` 0 once the loop has ended. A carry has two rooms; what is now
 *   in one is read while what is next is written to the other.
 */
export interface Step {
  readonly loop: LoopId
  readonly by: 'position' | 'now' | 'next'
  readonly bytes: number
}

/** An address inside a buffer, in bytes from its start. */
export interface Address {
  readonly buffer: BufferId
  readonly bytes: number
  /** Of the loops around; none where the address stays. */
  readonly steps: readonly Step[]
}
export type Argument = number | Address
export const isAddress = (argument: Argument): argument is Address => typeof argument === 'object'

export interface KernelCall {
  readonly kind: 'kernel'
  readonly kernel: KernelName
  readonly args: readonly Argument[]
  readonly reads: readonly BufferId[]
  readonly writes: readonly BufferId[]
}
/** A row's own loop on the host, for what has no kernel: float64, and rare integer ops. */
export interface HostCall {
  readonly kind: 'host'
  readonly name: string
  readonly run: (memory: HostMemory) => void
  readonly reads: readonly BufferId[]
  readonly writes: readonly BufferId[]
}
/** Instructions that are run again and again; addresses with a step of this loop move. */
export interface LoopOf<I> {
  readonly kind: 'loop'
  readonly loop: LoopId
  readonly length: number
  /** Whether the last position comes first. */
  readonly reverse: boolean
  readonly body: readonly I[]
  /** Buffers from outside that the body uses, and those of them that it writes. */
  readonly reads: readonly BufferId[]
  readonly writes: readonly BufferId[]
}
/** An operand of a fused loop: strides, in elements, from row to row and within a row. */
export interface FusedInput {
  readonly address: Address
  readonly outer: number
  readonly inner: number
}
/** One operation on four lanes; its operands are inputs, by number, or what earlier steps gave, numbered after all inputs. */
export interface LaneStep {
  readonly kernel: ElementwiseKernel
  readonly args: readonly number[]
  readonly bits: number
}
/** Element-wise kernels over one index space, as one loop over it. */
export interface Fused {
  readonly kind: 'fused'
  readonly outer: number
  readonly inner: number
  readonly inputs: readonly FusedInput[]
  readonly steps: readonly LaneStep[]
  /** Which values are stored, row by row. */
  readonly outputs: readonly { readonly value: number; readonly to: Address }[]
  readonly reads: readonly BufferId[]
  readonly writes: readonly BufferId[]
}
export type Instruction = KernelCall | HostCall | Fused | LoopOf<Instruction>

export interface HostMemory {
  readonly buffer: ArrayBuffer
  /** Where an address is in the iteration at hand. */
  readonly addressOf: (address: Address) => number
}
