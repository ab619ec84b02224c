/** A run of the command: which exports are tried, what is said of each law, and how it ends. */
import { ValueError } from '../../src/error/index.js'
import type { Shape } from '../../src/shape/index.js'
import { report } from '../check.js'
import { chosen } from '../choose.js'
import { load } from './load.js'
import { replayOf } from './replay.js'
import { closingOf, jsonOf, lineOf, paintFor, tried, type Verdict } from './verdict.js'

export interface RunOptions {
  readonly file: string
  readonly input: Shape | undefined
  readonly export: string | undefined
  readonly only: string | undefined
  readonly tier: 'required' | 'all'
  readonly runs: number
  readonly seed: number | undefined
  readonly strict: boolean
  readonly json: boolean
}

/** Tries the laws; 0 if all hold, 1 if one is broken. A recommended law breaks a run only where it is strict. */
export const run = async (
  who: string,
  doing: (what: string) => void,
  options: RunOptions,
  out: NodeJS.WriteStream,
  notes: NodeJS.WriteStream,
): Promise<number> => {
  const { file, input, export: name, only = '', tier, runs, seed, strict, json } = options
  const started = performance.now()
  const print = (line: string): void => {
    out.write(`${line}\n`)
  }
  doing(`while it loads ${file}`)
  const { subjects, refusals } = chosen(who, file, await load(file), input, name)
  const asked = subjects
    .map((subject) => ({
      ...subject,
      laws: subject.laws.filter((law) => law.name.includes(only) && (tier === 'all' || law.tier === tier)),
    }))
    .filter(({ laws }) => laws.length > 0)
  if (asked.length === 0)
    throw only === ''
      ? new ValueError({ who: '--tier', expected: 'a tier that has laws', received: tier, where: file })
      : new ValueError({ who: '--only', expected: 'a part of the name of a law', received: only, where: file })
  for (const { name: other, why } of refusals) (json ? notes : out).write(`${other} is not tried: ${why}\n`)
  const width = Math.max(...asked.flatMap(({ laws }) => laws.map((law) => law.name.length)))
  const line = lineOf(paintFor(out), width)
  const verdicts = asked.flatMap((subject): readonly Verdict[] => {
    if (!json) print(`${subject.name}, ${subject.what}`)
    return subject.laws.map((law) => {
      doing(`at ${law.name} of ${subject.name}`)
      const verdict = tried(subject, law, runs, seed)
      print(json ? jsonOf(verdict) : line(verdict))
      return verdict
    })
  })
  const broken = verdicts.flatMap((verdict) => (verdict.failure === undefined ? [] : [{ verdict, failure: verdict.failure }]))
  if (!json) {
    for (const { verdict, failure } of broken) print(`\n${report(verdict.law, failure, replayOf(who, options, verdict))}`)
    print(`\n${closingOf(verdicts, performance.now() - started)}`)
  }
  return broken.every(({ verdict }) => verdict.law.tier === 'recommended' && !strict) ? 0 : 1
}
