#!/usr/bin/env node
/**
 * `foldgrad-laws ./my-layer.ts --input 16`: the laws, run on what a module exports. It ends with 0 if all hold, 1 if one is
 * broken, and 2 if it cannot be asked.
 */
import { binary, command, flag, number, option, optional, positional, runSafely, string } from 'cmd-ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { ValueError } from '../../src/error/index.js'
import { isSize, type Shape, wantsSizes } from '../../src/shape/index.js'
import { checkDefaults } from '../check.js'
import { load } from './load.js'
import { isSubject, type Subject, subjectOf } from './subjects.js'
import { explanationOf, jsonOf, lineOf, paintFor, tried, type Verdict } from './verdict.js'

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const who = 'foldgrad-laws'

/** `28,28,1` as [28, 28, 1]. */
const shapeFrom = (text: string): Shape => {
  const shape = text.split(',').map((size) => (size.trim() === '' ? Number.NaN : Number(size)))
  const sizes = wantsSizes('--input', shape, 1)
  if (isLeft(sizes)) throw new ValueError({ who: '--input', expected: 'a shape, such as 16 or 28,28,1', received: text })
  return shape
}

const chosen = async (file: string, shape: Shape | undefined, name: string | undefined): Promise<readonly Subject[]> => {
  const exports = Object.entries(await load(file))
  const wanted = name === undefined ? exports : exports.filter(([key]) => key === name)
  if (wanted.length === 0)
    throw new ValueError({
      who,
      expected: name === undefined ? 'a module that exports a layer' : `an export ${name}`,
      received: exports.length === 0 ? 'one that exports nothing' : exports.map(([key]) => key).join(', '),
      where: file,
    })
  const found = wanted.map(subjectOf(shape))
  const subjects = found.filter(isSubject)
  if (subjects.length > 0) return subjects
  const refusals = found.flatMap((x) => (isSubject(x) ? [] : [`${x.name}, ${x.why}`]))
  throw new ValueError({ who, expected: 'a layer, a network, an optimiser or laws', received: refusals.join('; '), where: file })
}

const counted = (n: number, one: string, many: string): string => (n === 1 ? `1 law ${one}` : `${n} laws ${many}`)

const app = command({
  name: who,
  description:
    'Runs the laws on what a module exports: layers (functions from a network to a longer one), networks, optimisers, and laws of your own.',
  args: {
    file: positional({ type: string, displayName: 'file', description: 'a TypeScript or JavaScript module' }),
    input: option({ type: optional(string), long: 'input', description: 'the shape on which layers are tried: 16, or 28,28,1' }),
    name: option({ type: optional(string), long: 'export', description: 'the one export to try; otherwise all that have laws' }),
    only: option({ type: optional(string), long: 'only', description: 'only laws whose names contain this' }),
    runs: option({
      type: number,
      long: 'runs',
      defaultValue: () => checkDefaults.runs,
      defaultValueIsSerializable: true,
      description: 'examples tried for each law',
    }),
    seed: option({ type: optional(number), long: 'seed', description: 'the seed of the examples; otherwise each law has its own' }),
    strict: flag({ long: 'strict', description: 'recommended laws count like required ones' }),
    json: flag({ long: 'json', description: 'one JSON object a law' }),
  },
  handler: async ({ file, input, name, only = '', runs, seed, strict, json }): Promise<boolean> => {
    if (!isSize(runs) || runs < 1) throw new ValueError({ who: '--runs', expected: 'a whole number of at least 1', received: String(runs) })
    const subjects = await chosen(file, input === undefined ? undefined : shapeFrom(input), name)
    const asked = subjects.map((subject) => ({ ...subject, laws: subject.laws.filter((law) => law.name.includes(only)) }))
    const width = Math.max(0, ...asked.flatMap(({ laws }) => laws.map((law) => law.name.length)))
    if (width === 0) throw new ValueError({ who: '--only', expected: 'a part of the name of a law', received: only, where: file })
    const line = lineOf(paintFor(process.stdout), width)
    const verdicts = asked.flatMap((subject): readonly Verdict[] => {
      if (!json && subject.laws.length > 0) print(`${subject.name}, ${subject.what}`)
      return subject.laws.map((law) => {
        const verdict = tried(subject, law, runs, seed)
        print(json ? jsonOf(verdict) : line(verdict))
        return verdict
      })
    })
    const broken = verdicts.flatMap((verdict) => (verdict.failure === undefined ? [] : [{ verdict, failure: verdict.failure }]))
    if (!json) {
      const replay = `npx ${who} ${file}${input === undefined ? '' : ` --input ${input}`}`
      for (const { verdict, failure } of broken) print(`\n${explanationOf(verdict, failure, replay)}`)
      const hold = counted(verdicts.length - broken.length, 'holds', 'hold')
      print(`\n${hold}${broken.length === 0 ? '' : `, ${counted(broken.length, 'is broken', 'are broken').replace(/laws? /, '')}`}`)
    }
    return broken.every(({ verdict }) => verdict.law.tier === 'recommended' && !strict)
  },
})

try {
  const result = await runSafely(binary(app), process.argv)
  if (result._tag === 'error') {
    const { exitCode, into, message } = result.error.config
    process[into].write(`${message}\n`)
    process.exitCode = exitCode === 0 ? 0 : 2
  } else process.exitCode = (await result.value) ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
