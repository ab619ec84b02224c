/**
 * A law is data: what it is called, what it says in symbols, where it comes from, and a property that can be checked.
 */
import * as fc from 'fast-check'

export interface Law {
  /** `layer.adjoint` */
  readonly name: string
  /** `⟨dy, J·v⟩ = ⟨Jᵀ·dy, v⟩` */
  readonly statement: string
  readonly source: string
  /** A layer without a required law is wrong; without a recommended one it is unusual. */
  readonly tier: 'required' | 'recommended'
  readonly run: (options: CheckOptions) => Failure | undefined
}

export interface CheckOptions {
  /** How many examples are tried. */
  readonly runs: number
  readonly seed: number
}

export interface Failure {
  /** The smallest example found, as code. */
  readonly counterexample: string
  /** What was expected and what was got. */
  readonly reason: string
  readonly runs: number
}

type Saying = Pick<Law, 'name' | 'statement'> & Partial<Pick<Law, 'source' | 'tier'>>

/** The law that `holds` for every example; it throws, with `differs`, where it does not. */
export const law = <T>(
  { name, statement, source = 'by definition', tier = 'required' }: Saying,
  examples: fc.Arbitrary<T>,
  holds: (example: T) => void,
): Law => ({
  name,
  statement,
  source,
  tier,
  run: ({ runs, seed }) => {
    const property = fc.property(examples, holds)
    const details = fc.check(property, { numRuns: runs, seed })
    if (!details.failed) return undefined
    const error = details.errorInstance
    return {
      counterexample: details.counterexample === null ? 'none: examples could not be made' : fc.stringify(details.counterexample[0]),
      reason: error instanceof Error ? error.message : String(error),
      runs: details.numRuns,
    }
  },
})

/** The law about one fixed example, which is tried once. */
export const fact = (saying: Saying, holds: () => void): Law => {
  const once = law(saying, fc.constant(undefined), holds)
  return { ...once, run: ({ seed }) => once.run({ runs: 1, seed }) }
}
