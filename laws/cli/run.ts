/** A run of the command: which exports are tried, what is said of each law, and how it ends. */
import { ValueError } from '../../src/error/index.js'
import type { Shape } from '../../src/shape/index.js'
import { load } from './load.js'
import { isSubject, type Refusal, type Subject, subjectOf } from './subjects.js'
import { closingOf, explanationOf, jsonOf, lineOf, paintFor, tried, type Verdict } from './verdict.js'

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

interface Chosen {
  readonly subjects: readonly Subject[]
  readonly refusals: readonly Refusal[]
}

const isShape = (value: unknown): value is Shape =>
  Array.isArray(value) && value.length > 0 && value.every((size) => typeof size === 'number')

/** What of a file is tried, and what is not. */
const chosen = async (who: string, { file, input, export: name }: RunOptions): Promise<Chosen> => {
  const exports = Object.entries(await load(file))
  const own = exports.find(([key, value]) => key === 'input' && isShape(value))
  const shape = input ?? (own?.[1] as Shape | undefined)
  /** What is exported under two names, as a default often is, is tried once. */
  const distinct = exports.filter((entry, i) => entry !== own && exports.findIndex(([, value]) => value === entry[1]) === i)
  const wanted = name === undefined ? distinct : exports.filter(([key]) => key === name)
  if (wanted.length === 0)
    throw new ValueError({
      who,
      expected: name === undefined ? 'a module that exports a layer' : `an export ${name}`,
      received: exports.length === 0 ? 'one that exports nothing' : exports.map(([key]) => key).join(', '),
      where: file,
    })
  const found = wanted.map(subjectOf(shape))
  const [subjects, refusals] = [found.filter(isSubject), found.flatMap((x) => (isSubject(x) ? [] : [x]))]
  if (subjects.length > 0) return { subjects, refusals }
  throw new ValueError({
    who,
    expected: 'a layer, a network, an optimiser or laws',
    received: refusals.map((refusal) => `${refusal.name}, ${refusal.why}`).join('; '),
    where: file,
  })
}

/** A word that a shell reads as it is. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** Tries the laws; 0 if all hold, 1 if one is broken. A recommended law breaks a run only where it is strict. */
export const run = async (who: string, options: RunOptions, out: NodeJS.WriteStream, notes: NodeJS.WriteStream): Promise<number> => {
  const { file, input, only = '', tier, runs, seed, strict, json } = options
  const started = performance.now()
  const print = (line: string): void => {
    out.write(`${line}\n`)
  }
  const { subjects, refusals } = await chosen(who, options)
  const asked = subjects
    .map((subject) => ({
      ...subject,
      laws: subject.laws.filter((law) => law.name.includes(only) && (tier === 'all' || law.tier === tier)),
    }))
    .filter(({ laws }) => laws.length > 0)
  if (asked.length === 0) throw new ValueError({ who: '--only', expected: 'a part of the name of a law', received: only, where: file })
  for (const { name, why } of refusals) (json ? notes : out).write(`${name} is not tried: ${why}\n`)
  const width = Math.max(...asked.flatMap(({ laws }) => laws.map((law) => law.name.length)))
  const line = lineOf(paintFor(out), width)
  const verdicts = asked.flatMap((subject): readonly Verdict[] => {
    if (!json) print(`${subject.name}, ${subject.what}`)
    return subject.laws.map((law) => {
      const verdict = tried(subject, law, runs, seed)
      print(json ? jsonOf(verdict) : line(verdict))
      return verdict
    })
  })
  const broken = verdicts.flatMap((verdict) => (verdict.failure === undefined ? [] : [{ verdict, failure: verdict.failure }]))
  if (!json) {
    const replay = ['npx', who, quoted(file), ...(input === undefined ? [] : ['--input', input.join(',')])].join(' ')
    for (const { verdict, failure } of broken) print(`\n${explanationOf(verdict, failure, replay)}`)
    print(`\n${closingOf(verdicts, performance.now() - started)}`)
  }
  return broken.every(({ verdict }) => verdict.law.tier === 'recommended' && !strict) ? 0 : 1
}
