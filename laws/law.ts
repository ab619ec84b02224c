/**
 * A law is data: what it is called, what it says in symbols, where it comes from, and a property that can be checked.
 */
import * as fc from 'fast-check'
import { type Either, isLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { identity } from 'fp-ts/lib/function.js'
import { toUndefined, tryCatch as tryCatchOption } from 'fp-ts/lib/Option.js'
import type { Task } from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Broken } from './compare.js'
import { declarations } from './print.js'

/** A law, and what it answers when it is asked. */
export interface LawOf<R> {
  /** `layer.adjoint` */
  readonly name: string
  /** `⟨dy, J·v⟩ = ⟨Jᵀ·dy, v⟩` */
  readonly statement: string
  readonly source: string
  /** A layer without a required law is wrong; without a recommended one it is unusual. */
  readonly tier: 'required' | 'recommended'
  readonly run: (options: CheckOptions) => R
}
/** Of what answers at once. */
export type Law = LawOf<Failure | undefined>
/** Of what answers later. */
export type AsyncLaw = LawOf<Task<Failure | undefined>>

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

/** What was found, unless what makes examples, which may call what the law is about, has thrown. */
type Found<T> = Either<unknown, fc.RunDetails<[T]>>
const failureOf = <T>(found: Found<T>, { given = [], after }: Saying, blame: (example: T) => string | undefined): Failure | undefined => {
  const unmade = ['// no example could be made']
  if (isLeft(found)) return { counterexample: unmade, ...reasonOf(found.left), runs: 0 }
  const { failed, errorInstance, counterexample, numRuns } = found.right
  if (!failed) return undefined
  if (counterexample === null) return { counterexample: unmade, ...reasonOf(errorInstance), runs: numRuns }
  const [example] = counterexample
  /** Who looks for what is at fault calls it again, and it may throw again. */
  const where = toUndefined(tryCatchOption(() => blame(example)))
  return {
    counterexample: shown(example, given, after),
    ...reasonOf(errorInstance),
    ...(where === undefined ? {} : { where }),
    runs: numRuns,
  }
}
const stated = ({ name, statement, source = 'by definition', tier = 'required' }: Saying) => ({ name, statement, source, tier })

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
  saying: Saying,
  examples: fc.Arbitrary<T>,
  holds: (example: T) => void,
  blame: (example: T) => string | undefined = () => undefined,
): Law => ({
  ...stated(saying),
  run: ({ runs, seed }) => {
    const property = fc.property(fc.limitShrink(examples, mostShrinks), holds)
    return failureOf(
      tryCatch(() => fc.check(property, { numRuns: runs, seed }), identity),
      saying,
      blame,
    )
  },
})

/** The law of what answers later: it holds where the promise is kept. */
export const asyncLaw = <T>(saying: Saying, examples: fc.Arbitrary<T>, holds: (example: T) => Promise<void>): AsyncLaw => ({
  ...stated(saying),
  run:
    ({ runs, seed }) =>
    async () => {
      const property = fc.asyncProperty(fc.limitShrink(examples, mostShrinks), holds)
      const checked = TE.tryCatch(() => fc.check(property, { numRuns: runs, seed }), identity)
      return failureOf(await checked(), saying, () => undefined)
    },
})

/** The law about one fixed example, which is tried once. */
export const fact = (saying: Saying, holds: () => void): Law => {
  const once = law(saying, fc.constant(undefined), holds)
  return { ...once, run: ({ seed }) => once.run({ runs: 1, seed }) }
}
