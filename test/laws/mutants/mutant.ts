/** A mutant as data: what is wrong with it, and the law that must see it. */
import type { Law } from '../../../laws/index.js'

export interface Mutant {
  readonly name: string
  /** What is wrong. */
  readonly what: string
  /** The laws, asked of the mutant. */
  readonly laws: () => readonly Law[]
  /** The law that breaks, by name. */
  readonly killer: string
  readonly runs?: number
}
