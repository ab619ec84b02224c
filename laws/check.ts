/** Checking a law: silence, or everything that is needed to see what broke and to see it again. */
import { optionsOf, shown, ValueError } from '../src/error/index.js'
import { fixed } from '../src/shape/index.js'
import type { AsyncLaw, CheckOptions, Failure, Law, LawOf } from './law.js'

/** A hash of the law's name: the same examples at every run, other ones for every law. */
export const seedOf = (name: string): number => [...name].reduce((hash, c) => (Math.imul(31, hash) + (c.codePointAt(0) ?? 0)) | 0, 7)

// biome-ignore lint/suspicious/noConsole: a warning has nowhere else to go, and whoever wants it elsewhere gives `warn`
const onTheConsole = (message: string): void => console.warn(message)
export const checkDefaults = fixed({ runs: 100, strict: false, warn: onTheConsole } as const)

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
  { name, statement, source, tier }: LawOf<unknown>,
  { counterexample, reason, where, expected, got }: Failure,
  replay: string,
): string => {
  const end = entry('replay', [replay])
  const lines = [
    `the law ${name} is broken${tier === 'required' ? '' : ', which is recommended'}`,
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

export interface Checking extends CheckOptions {
  /** Whether a recommended law that is broken counts like a required one. */
  readonly strict: boolean
  /** Who hears of a recommended law that is broken: the console, unless another is given. */
  readonly warn: (message: string) => void
}

/** A law asked with all options, and what its answer means: nothing, a warning or an error. */
const asked = <R>(who: string, law: LawOf<R>, options: Partial<Checking>) => {
  if (typeof law?.name !== 'string' || typeof law.run !== 'function')
    throw new ValueError({ who, expected: 'a law', received: shown(law), hint: 'such as one of layerLaws(layer, { input: [16] })' })
  const defaults = { ...checkDefaults, seed: seedOf(law.name) }
  const { runs, seed, strict, warn }: Checking = optionsOf(who, defaults, options)
  const judge = (failure: Failure | undefined): void => {
    if (failure === undefined) return
    const message = report(law, failure, `${who}(law, { seed: ${seed}, runs: ${runs} })`)
    if (law.tier === 'required' || strict) throw new Error(message)
    warn(message)
  }
  return { answer: law.run({ runs, seed }), judge }
}

/**
 * Nothing, if the law holds. What breaks a required law is wrong, and is thrown; what breaks a recommended one is unusual, and
 * is said.
 *
 * @error throws: name, statement, the smallest counterexample, what was expected and got, and the seed to replay it
 * @example
 * for (const law of layerLaws(swish, { input: [16] })) it(law.name, () => check(law))
 * check(law, { strict: true }) // a recommended law throws, too
 */
export const check = (law: Law, options: Partial<Checking> = {}): void => {
  const { answer, judge } = asked('check', law, options)
  judge(answer)
}

/**
 * The same of a law that answers later.
 *
 * @error rejects with what `check` throws
 * @example
 * for (const law of asyncEngineLaws(worker)) it(law.name, () => checkAsync(law))
 */
export const checkAsync = (law: AsyncLaw, options: Partial<Checking> = {}): Promise<void> => {
  const { answer, judge } = asked('checkAsync', law, options)
  return answer().then(judge)
}
