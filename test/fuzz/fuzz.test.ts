/**
 * Ten thousand files of every format that are nothing, nearly something, or something else: none throws, none asks for more memory than its
 * file is worth, none changes what all share; what is refused is refused in a sentence that names the file, what is accepted is the same
 * when it is encoded and decoded again. `npm run fuzz` tries more of them.
 */
import * as fc from 'fast-check'
import { left, right } from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, test } from 'vitest'
import { DecodeError, Defect } from '../../src/error/index.js'
import { decoders, families } from './decoders/index.js'
import { fuzz } from './fuzz.js'
import { encoded, type Fuzzed, textOf, where } from './fuzzed.js'
import { judge, restore } from './judge.js'

const seed = fc.readConfigureGlobal()?.seed ?? 1

/** Of each format. */
const runs = 10_000
const defect = (what: string): never => {
  throw new Defect(`there is no ${what}`)
}
const shares = families.flatMap((family) => family.map((decoder) => [decoder.name, decoder, Math.ceil(runs / family.length)] as const))

test.each(shares)('%s decodes what is sound, and refuses the rest in order', async (_, decoder, count) => {
  const verdicts = await Promise.all(decoder.seeds.map((file) => judge(decoder, file)))
  expect(verdicts.flatMap(({ fault }) => fault ?? [])).toEqual([])
  expect(verdicts.some(({ side }) => side === 'Right')).toBe(true)
  const { broken, Left, Right } = await fuzz(decoder, seed, count)
  expect(broken === undefined ? '' : `${broken.fault}: ${Buffer.from(broken.file).toString('base64')}`).toBe('')
  expect(Left + Right).toBe(count)
  expect(Math.min(Left, Right)).toBeGreaterThan(count / 50)
})

describe('what was found', () => {
  const named = (name: string): Fuzzed => decoders.find((decoder) => decoder.name === name) ?? defect(name)
  const model = (layer: unknown): string =>
    JSON.stringify({
      format: 'foldgrad-model',
      version: 1,
      likelihood: 'gaussian',
      network: { input: [2], layers: [layer] },
      parameters: [],
    })
  test.each<readonly [string, string, Uint8Array]>([
    ['a checkpoint that ends inside of its checksum', 'decodeState', Buffer.from('kAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJjaGVja3N1bSI6Ig==', 'base64')],
    ['a layer of more units than memory has', 'decodeModel, JSON', encoded(model({ kind: 'dense', size: 5e8 }))],
    ['waves without number', 'decodeModel, JSON', encoded(model({ kind: 'randomFourierFeatures', count: 5e7, gamma: 1, key: [1, 2] }))],
    ['a layer that nobody knows', 'decodeModel, JSON', encoded(model({ kind: 'swoosh' }))],
    ['no images', 'mnist', Uint8Array.from([8, 0, 0, 8, 1, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28])],
    ['a target whose mean is no number', 'decodeSchema', encoded(textOf(named('decodeSchema').seeds[1] ?? defect('seed')).replace('"mean": 0', '"mean": 1e999'))],
  ])('%s is in order', async (_, name, file) => expect((await judge(named(name), file)).fault).toBeUndefined()) // biome-ignore format: a table
})

describe('a decoder at fault', () => {
  const refusing = new DecodeError({ who: 'decode', expected: 'a file', received: 'another', where: `${where}, byte 0` })
  const seeds = ['[1, 2, 3]', '{"size": 3}', '["a", {"b": "c"}]'].map(encoded)
  const json = (file: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(file))
  const parsed = <A>(f: (json: never) => A): Fuzzed<A>['decode'] => (file) => {
    try {
      return right(f(json(file) as never))
    } catch {
      return left(refusing)
    }
  } // biome-ignore format: one function
  /** What many a parser of records does. */
  const merged = (into: Record<string, unknown>, from: Record<string, unknown>): Record<string, unknown> => {
    for (const [key, value] of Object.entries(from))
      if (typeof value === 'object' && value !== null && typeof into[key] === 'object') merged(into[key] as never, value as never)
      else into[key] = value
    return into
  }
  afterEach(restore)
  test.each<[string, Fuzzed['decode'], string, (() => void)?]>([
    ['that throws', (file) => right(json(file)), 'throws SyntaxError'],
    ['that rejects', async (file) => right(json(file)), 'throws SyntaxError'],
    ['that makes room for what a header says', parsed(({ size }: { size: number }) => new Float64Array(size > 2 ** 22 ? 2 ** 25 : 0).length), 'bytes of memory for a file of'],
    ['that changes a prototype', parsed((from) => merged({}, from)), 'changes what all share'],
    ['that refuses in other errors', (file) => (file.length % 2 === 0 ? left(new Error('no')) : left(refusing)), 'which is no DecodeError'],
    ['that does not name the file', () => left(new DecodeError({ who: 'decode', expected: 'a file', received: 'another' })), 'without naming the file'],
    ['that does not say where', () => left(new DecodeError({ who: 'decode', expected: 'a file', received: 'another', where })), 'without saying where'],
    ['whose values are other ones', parsed((x) => x), 'accepts what is not sound: Error: another', () => { throw new Error('another') }],
  ])('%s is seen', async (_, decode, sentence, check = () => undefined) => {
    const { broken } = await fuzz({ name: 'planted', seeds, decode, check }, seed, runs)
    expect(broken?.fault).toContain(sentence)
    expect(broken?.file.length).toBeLessThan(60)
  }) // biome-ignore format: a table
})
