/** What the code of an instruction is told, and what it is. */

import type { Elementary } from '../../../ops/elementary.js'
import type { Address } from '../../program/address.js'
import type { LaneFunction } from '../kernels.js'
import type { Bytes } from './bytes.js'
import type { Type } from './code.js'

export interface Context {
  /** The locals of its function come after so many parameters. */
  readonly parameters: number
  /** Where an address is, as code. */
  readonly at: (address: Address) => Bytes
  /** The number of a function that is called. */
  readonly functionOf: (call: Call) => number
}

/** The locals and code of a function. */
export interface FunctionCode {
  readonly locals: readonly Type[]
  readonly code: Bytes
}

/** A function of so many vectors that the kernels export, or one of so many numbers of float64, to one. */
export type Call =
  | { readonly module: 'kernels'; readonly name: LaneFunction; readonly operands: number }
  | { readonly module: 'elementary'; readonly name: Elementary; readonly operands: number }
