/** A law, tried: whether it holds, and what is printed of it. */
import { styleText } from 'node:util'
import { isCapable } from '../../src/cli/terminal.js'
import { seedOf } from '../check.js'
import type { CheckOptions, Failure, Law } from '../law.js'
import type { Subject } from '../subjects.js'

export interface Verdict {
  readonly subject: Subject
  readonly law: Law
  readonly options: CheckOptions
  readonly failure: Failure | undefined
  readonly milliseconds: number
}

/** A law on its own seed, or on the one given. */
export const tried = (subject: Subject, law: Law, runs: number, seed: number | undefined): Verdict => {
  const options = { runs, seed: seed ?? seedOf(law.name) }
  const start = performance.now()
  const failure = law.run(options)
  return { subject, law, options, failure, milliseconds: performance.now() - start }
}

/** One line of JSON. */
export const jsonOf = ({ subject, law: { name, statement, source, tier }, options, failure, milliseconds }: Verdict): string =>
  JSON.stringify({
    export: subject.name,
    law: name,
    statement,
    source,
    tier,
    holds: failure === undefined,
    milliseconds: Math.round(milliseconds),
    ...options,
    ...(failure === undefined ? {} : { ...failure, runs: options.runs }),
  })

type Colour = 'green' | 'red' | 'yellow' | 'dim'
export type Paint = (colour: Colour, text: string) => string
/** Colours where a person looks, and wants them. */
export const paintFor = (stream: NodeJS.WriteStream): Paint =>
  stream.isTTY && isCapable(process.env) ? (colour, text) => styleText(colour, text) : (_, text) => text

const markOf = ({ failure, law }: Verdict): readonly [Colour, string] =>
  failure === undefined ? ['green', '✓'] : law.tier === 'required' ? ['red', '✗'] : ['yellow', '!']

/** One line for a person. */
export const lineOf =
  (paint: Paint, width: number) =>
  (verdict: Verdict): string => {
    const [colour, mark] = markOf(verdict)
    const time = `${Math.round(verdict.milliseconds)} ms`.padStart(8)
    return `  ${paint(colour, mark)} ${verdict.law.name.padEnd(width)} ${paint('dim', time)}  ${verdict.law.statement}`
  }

const are = (n: number): string => `${n} ${n === 1 ? 'is' : 'are'}`

/** `12 laws hold, 1 is broken (0.8 s)` */
export const closingOf = (verdicts: readonly Verdict[], milliseconds: number): string => {
  const broken = verdicts.filter(({ failure }) => failure !== undefined)
  const required = broken.filter(({ law }) => law.tier === 'required').length
  const [hold, recommended] = [verdicts.length - broken.length, broken.length - required]
  return [
    hold === 1 ? '1 law holds' : `${hold} laws hold`,
    ...(required > 0 ? [`${are(required)} broken`] : []),
    ...(recommended > 0 ? [`${are(recommended)} recommended and broken`] : []),
  ]
    .join(', ')
    .concat(` (${(milliseconds / 1000).toFixed(1)} s)`)
}
