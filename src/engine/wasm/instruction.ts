/** Instructions: what a lowered program is made of. Data, but for the few that run on the host. */

import type { KernelName } from './kernels.js'
import type { BufferId } from './place.js'

/** An address inside a buffer, in bytes from its start. */
export interface Address {
  readonly buffer: BufferId
  readonly bytes: number
}
export type Argument = number | Address
export const isAddress = (argument: Argument): argument is Address => typeof argument === 'object'

export interface KernelCall {
  readonly kind: 'kernel'
  readonly kernel: KernelName
  readonly args: readonly Argument[]
  readonly reads: readonly BufferId[]
  readonly writes: BufferId
}
/** A row's own loop on the host, for what has no kernel: float64, and rare integer ops. */
export interface HostCall {
  readonly kind: 'host'
  readonly name: string
  readonly run: (memory: HostMemory) => void
  readonly reads: readonly BufferId[]
  readonly writes: BufferId
}
export type Instruction = KernelCall | HostCall

export interface HostMemory {
  readonly buffer: ArrayBuffer
  readonly addressOf: (buffer: BufferId) => number
}
