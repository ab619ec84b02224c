/** An engine takes a program once, and runs it often. */
import type { Task } from 'fp-ts/lib/Task.js'
import type { Program } from '../graph/index.js'
import type { Tensor } from '../tensor/tensor.js'

export interface Engine {
  readonly name: string
  /** From literals in the order of the program's inputs to literals in the order of its outputs. */
  readonly prepare: (program: Program) => (inputs: readonly Tensor[]) => readonly Tensor[]
}

/**
 * An engine that holds something of the machine, workers or a device, until it is closed. To open one takes time and may fail, so
 * it comes out of a `TaskEither`; once it is there, it is an engine as any other, and `compile` takes it.
 */
export interface Session extends Engine {
  readonly close: Task<void>
}
