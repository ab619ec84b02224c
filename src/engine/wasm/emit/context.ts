/** What the code of an instruction is told, and what it is. */
import type { Address } from '../../program/address.js'
import type { LaneFunction } from '../kernels.js'
import type { Bytes } from './bytes.js'
import type { Type } from './code.js'

export interface Context {
  /** The locals of its function come after so many parameters. */
  readonly parameters: number
  /** Where an address is, as code. */
  readonly at: (address: Address) => Bytes
  /** The number of a function that the kernels export. */
  readonly functionOf: (name: LaneFunction) => number
}

/** The locals and code of a function. */
export interface FunctionCode {
  readonly locals: readonly Type[]
  readonly code: Bytes
}

/** A function of the kernels' own, from so many vectors to one. */
export interface LaneCall {
  readonly name: LaneFunction
  readonly operands: number
}
