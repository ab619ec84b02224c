/**
 * A caller without types may hand anything to any function. Whatever it is, the answer is one of our errors in one sentence of at
 * most 300 characters, and never the engine's own `TypeError`, nor a `Defect`, which would ask the caller to report it.
 */
import { describe, expect, test } from 'vitest'
import { modules } from '../../laws/cli/modules.js'
import { longestMessage } from '../../src/error/index.js'

/** An error that an argument throws itself, when it is read: it may pass through, since it says what the caller did. */
class FromArgument extends Error {}
const throws = (): never => {
  throw new FromArgument('read')
}
const long = 2000
const hostile: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  -1,
  1.5,
  'text',
  'x'.repeat(1e5),
  Symbol('s'),
  10n ** 200n,
  {},
  [],
  { lr: 1 },
  Array.from({ length: long }, (_, i) => i),
  Array.from({ length: long }, () => 'long text'),
  new Float32Array(long),
  [[1, 2], [3]],
  Object.fromEntries(Array.from({ length: long }, (_, i) => [`key${i}`, i])),
  () => 1,
  new Map(),
  Promise.resolve(1),
  Object.defineProperty({}, 'x', { get: throws, enumerable: true }),
  new Proxy({}, { get: throws, has: throws, ownKeys: throws, getPrototypeOf: throws }),
]

/** What is exported for whoever extends the library, typed callers that hold its own values: messages are bounded there, too, and no more is asked. */
const within: Readonly<Record<string, readonly string[]>> = {
  'foldgrad/graph': ['foldUp', 'freePlaceholders', 'nodesOf', 'operandsOf', 'printProgram', 'pruned', 'trace'],
  'foldgrad/network': ['identity', 'grow', 'isNoisy', 'outputOf', 'wantsNetwork', 'summary'],
  'foldgrad/layer': ['fansOf', 'initialiserEntry', 'layerEntry'],
  'foldgrad/likelihood': ['supported'],
  'foldgrad/optimise': ['gradientPoint', 'lbfgsDirection', 'strongWolfe', 'constantSchedule'],
  'foldgrad/engine/reference': ['tabulate'],
  'foldgrad/engine/wasm': ['explain'],
  'foldgrad/train': ['foldedGradient', 'partsOf', 'shareOf', 'shares', 'trainState'],
  'foldgrad/data': ['mnist'],
}
const low = ['foldgrad/error', 'foldgrad/shape', 'foldgrad/prim', 'foldgrad/params', 'foldgrad/laws']

interface Answer {
  readonly call: string
  readonly error: unknown
}
type Call = (...args: readonly unknown[]) => unknown
const isCall = (value: unknown): value is Call => typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value))

/** What a function answers to one and to two hostile arguments; where it gives a function, what that answers, and so on. */
const answers = (name: string, f: Call, depth = 0): readonly Answer[] => {
  const given: Call[] = []
  const own = hostile.flatMap((argument, i) =>
    [[argument], [argument, argument]].flatMap((args): readonly Answer[] => {
      try {
        const result = f(...args)
        if (isCall(result)) given.push(result)
        return typeof result === 'object' && result !== null && '_tag' in result && result._tag === 'Left' && 'left' in result
          ? [{ call: `${name}(${i})`, error: result.left }]
          : []
      } catch (error) {
        return [{ call: `${name}(${i})`, error }]
      }
    }),
  )
  return depth < 2 ? [...own, ...given.slice(0, 3).flatMap((next) => answers(`${name}(…)`, next, depth + 1))] : own
}

const isOurs = (error: unknown): boolean =>
  error instanceof FromArgument || (error instanceof Error && '_tag' in error && error._tag !== 'Defect')

/** Who, expected, received: a sentence that leaves none of them out. */
const sentence = /^\S+( \S+)? expects \S.*, receives \S/
const saysAll = (error: unknown): boolean => error instanceof FromArgument || (error instanceof Error && sentence.test(error.message))

describe('hostile arguments', () => {
  for (const [path, module] of Object.entries(modules as Readonly<Record<string, object>>))
    for (const [name, f] of Object.entries(module).filter((entry): entry is [string, Call] => isCall(entry[1])))
      test(`${path} ${name}`, () => {
        // What tasks do when they are run is not asked here: they write files.
        const all = answers(name, f, path === 'foldgrad/codec/files' ? 2 : 0)
        const longer = all.filter(({ error }) => error instanceof Error && isOurs(error) && error.message.length > longestMessage)
        expect(longer.map(({ call }) => call)).toEqual([])
        if (low.includes(path) || within[path]?.includes(name)) return
        expect(all.filter(({ error }) => !isOurs(error)).map(({ call, error }) => `${call}: ${error}`)).toEqual([])
        expect(all.filter(({ error }) => !saysAll(error)).map(({ call, error }) => `${call}: ${error}`)).toEqual([])
      })
})
