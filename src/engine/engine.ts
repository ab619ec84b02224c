/** An engine takes a program once, and runs it often. */
import type { Program } from '../graph/index.js'
import type { Tensor } from '../tensor/tensor.js'

export interface Engine {
  readonly name: string
  /** From literals in the order of the program's inputs to literals in the order of its outputs. */
  readonly prepare: (program: Program) => (inputs: readonly Tensor[]) => readonly Tensor[]
}
