/** A mutant is data: something broken, the laws that are asked of it, and the one that must see it. */
import type { Law } from '../../../laws/index.js'

export interface Mutant {
  readonly name: string
  /** What broke, in words. */
  readonly what: string
  /** The suite, run on the broken thing. */
  readonly laws: () => readonly Law[]
  /** The name of the law that must kill it. */
  readonly killer: string
  readonly runs?: number
}
