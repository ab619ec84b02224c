/** Checking a law: silence, or everything that is needed to see what broke and to see it again. */
import { fixed } from '../src/shape/index.js'
import type { CheckOptions, Failure, Law } from './law.js'

/** A hash of the law's name: the same examples at every run, other ones for every law. */
export const seedOf = (name: string): number => [...name].reduce((hash, c) => (Math.imul(31, hash) + (c.codePointAt(0) ?? 0)) | 0, 7)

export const checkDefaults = fixed({ runs: 100 } as const)

/** A report fits a screen, whatever was tried: so long is a line, and so long the whole of it, in characters. */
const [longest, whole] = [800, 4000]
const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most)} … and ${text.length - most} characters more`

/** A line of the report, and what belongs under it. */
const entry = (title: string, lines: readonly string[]): readonly string[] => {
  const [first, ...rest] = lines.map((line) => cut(line, longest))
  return first === undefined ? [] : [`  ${title.padEnd(11)} ${first}`, ...rest.map((line) => `${' '.repeat(14)}${line}`)]
}

/** What broke and how to see it again: the law, its smallest counterexample, what was expected and got. */
export const report = (
  { name, statement, source }: Law,
  { counterexample, reason, where, expected, got }: Failure,
  replay: string,
): string => {
  const end = entry('replay', [replay])
  const lines = [
    `the law ${name} is broken`,
    ...entry('it says', [statement]),
    ...entry('source', [source]),
    ...entry('example', counterexample),
    ...entry('but', reason.split('\n')),
    ...entry('where', where === undefined ? [] : [where]),
    ...entry('expected', expected?.split('\n') ?? []),
    ...entry('got', got?.split('\n') ?? []),
  ]
  return [cut(lines.join('\n'), whole), ...end].join('\n')
}

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
  if (failure !== undefined) throw new Error(report(law, failure, `check(law, { seed: ${seed}, runs: ${runs} })`))
}
