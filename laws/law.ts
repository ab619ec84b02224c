/**
 * A law is data: what it is called, what it says in symbols, where it comes from, and a property that can be checked.
 */
import * as fc from 'fast-check'
import { isLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { toUndefined, tryCatch as tryCatchOption } from 'fp-ts/lib/Option.js'
import { Broken } from './compare.js'
import { declarations } from './print.js'

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
  /** The smallest example found, as declarations that can be pasted; none where a law has no examples. */
  readonly counterexample: readonly string[]
  /** What differs, or the error that was thrown. */
  readonly reason: string
  /** Which of its parts are at fault, where a law can tell. */
  readonly where?: string
  /** Where values were compared. */
  readonly expected?: string
  readonly got?: string
  readonly runs: number
}

export interface Saying extends Pick<Law, 'name' | 'statement'>, Partial<Pick<Law, 'source' | 'tier'>> {
  /** How the things that the law speaks of are made from an example, as lines of code. */
  readonly given?: readonly string[]
  /** The field of the example that those lines come after; the last, if nothing is said. */
  readonly after?: string
}

/** How often a counterexample is made smaller: what is broken at all is broken by simple examples, which are soon found. */
const mostShrinks = 400

/** The lines of an example, and among them those that make the rest. */
const shown = (example: unknown, given: readonly string[], after: string | undefined): readonly string[] => {
  const lines = declarations(example)
  const place = lines.findIndex((line) => line.startsWith(`const ${after} = `)) + 1
  return place === 0 ? [...lines, ...given] : [...lines.slice(0, place), ...given, ...lines.slice(place)]
}

const reasonOf = (error: unknown): Pick<Failure, 'reason' | 'expected' | 'got'> =>
  error instanceof Broken
    ? { reason: error.what, expected: error.expected, got: error.got }
    : { reason: error instanceof Error ? error.message : String(error) }

/**
 * The law that `holds` for every example; it throws where it does not. An example that is a record is shown field by field.
 * `blame` is asked once, of the smallest example, which part of what was tried is at fault.
 *
 * @example
 * law({ name: 'relu.positive', statement: 'relu(x) ≥ 0' }, fc.record({ x: fc.double({ noNaN: true }) }), ({ x }) => {
 *   if (toNumber(relu(scalar(x))) < 0) throw new Error('it is negative')
 * })
 */
export const law = <T>(
  { name, statement, source = 'by definition', tier = 'required', given = [], after }: Saying,
  examples: fc.Arbitrary<T>,
  holds: (example: T) => void,
  blame: (example: T) => string | undefined = () => undefined,
): Law => ({
  name,
  statement,
  source,
  tier,
  run: ({ runs, seed }) => {
    const property = fc.property(fc.limitShrink(examples, mostShrinks), holds)
    const unmade = ['// no example could be made']
    /** What makes examples may call what the law is about, which may throw. */
    const checked = tryCatch(
      () => fc.check(property, { numRuns: runs, seed }),
      (error) => error,
    )
    if (isLeft(checked)) return { counterexample: unmade, ...reasonOf(checked.left), runs: 0 }
    const details = checked.right
    if (!details.failed) return undefined
    const [error, found] = [details.errorInstance, details.counterexample]
    if (found === null) return { counterexample: unmade, ...reasonOf(error), runs: details.numRuns }
    /** Who looks for what is at fault calls it again, and it may throw again. */
    const where = toUndefined(tryCatchOption(() => blame(found[0])))
    return {
      counterexample: shown(found[0], given, after),
      ...reasonOf(error),
      ...(where === undefined ? {} : { where }),
      runs: details.numRuns,
    }
  },
})

/** The law about one fixed example, which is tried once. */
export const fact = (saying: Saying, holds: () => void): Law => {
  const once = law(saying, fc.constant(undefined), holds)
  return { ...once, run: ({ seed }) => once.run({ runs: 1, seed }) }
}
