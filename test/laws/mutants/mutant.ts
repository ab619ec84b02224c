/** A law that cannot fail is worth nothing: a mutant is something broken on purpose, and the law that must notice. */
import { check, type Law } from '../../../laws/index.js'

export interface Mutant {
  /** What was broken: `op.exp`, `layer.conv2d`, `kernel.reduce`. */
  readonly name: string
  /** How, in words. */
  readonly what: string
  /** The suite, run on the broken thing. */
  readonly laws: () => readonly Law[] | Promise<readonly Law[]>
  /** The name of the law that must kill it: it says what broke. */
  readonly killer: string
  /** How many examples are tried, if not 60. */
  readonly runs?: number
}

const breaks = (law: Law, runs: number): boolean => {
  try {
    check(law, { runs, strict: true })
    return false
  } catch {
    return true
  }
}

/** Whether the law that is named for what broke kills a mutant. */
export const isKilled = async ({ laws, killer, runs = 60 }: Mutant): Promise<boolean> =>
  (await laws()).some((law) => law.name === killer && breaks(law, runs))
