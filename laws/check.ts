/** Checking a law: silence, or everything that is needed to see what broke and to see it again. */
import type { CheckOptions, Law } from './law.js'

/** A hash of the law's name: the same examples at every run, other ones for every law. */
const seedOf = (name: string): number => [...name].reduce((hash, c) => (Math.imul(31, hash) + (c.codePointAt(0) ?? 0)) | 0, 7)

export const checkDefaults = { runs: 100 } as const

/**
 * Nothing, if the law holds.
 *
 * @error throws: name, statement, the smallest counterexample, what was expected and got, and the seed to replay it
 * @example
 * for (const law of layerLaws(swish, { input: [16] })) it(law.name, () => check(law))
 */
export const check = (law: Law, options: Partial<CheckOptions> = {}): void => {
  const { runs, seed } = { ...checkDefaults, seed: seedOf(law.name), ...options }
  const failure = law.run({ runs, seed })
  if (failure !== undefined)
    throw new Error(
      [
        `the law ${law.name} is broken`,
        `  it says     ${law.statement}`,
        `  source      ${law.source}`,
        `  example     ${failure.counterexample}`,
        `  but         ${failure.reason}`,
        `  replay      check(law, { seed: ${seed}, runs: ${runs} })`,
      ].join('\n'),
    )
}
