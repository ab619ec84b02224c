/** Models and fitted transforms: layers without end, sizes beyond memory, words from prototypes and programs in place of names. */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { slips } from '../../../laws/arbitrary/encodings.js'
import { anyModel, modelCodec } from '../../../laws/codecs.js'
import { decodeModel, decodeTransform, encodeModel, encodeModelJson, encodeTransform, type StoredModel } from '../../../src/codec/index.js'
import type { SomeTransform } from '../../../src/data/index.js'
import { standardScaler } from '../../../src/data/index.js'
import { orThrow, ShapeError, ValueError } from '../../../src/error/index.js'
import { matrix, toArray } from '../../../src/tensor/index.js'
import { invertible, whole } from '../../data/tables.js'
import { chosen, encoded, type Fuzzed, textOf, wants, where } from '../fuzzed.js'
import { fileOf, withLength } from './safetensors.js'

/** Texts of JSON with one thing wrong. */
const slipped = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc.constantFrom(...texts).chain((text) => slips(JSON.parse(text)).map(({ json }) => JSON.stringify(json)))
const fixture = (file: string): Uint8Array => readFileSync(new URL(`../../codec/fixtures/${file}`, import.meta.url))
const samples = fc.sample(anyModel, { numRuns: 60, seed: 1 })

const check = (stored: StoredModel): void => {
  const [binary, text] = [encodeModel(stored.model, stored.params), encodeModelJson(stored.model, stored.params)]
  for (const file of [binary, text])
    wants(modelCodec.same?.(orThrow(decodeModel('again')(file)), stored) === true, 'another model when it is read again')
}
const texts = [
  ...['model-1.json', 'model-2.json'].map((file) => textOf(fixture(file))),
  ...samples.map(({ model, params }) => encodeModelJson(model, params)).filter(({ length }) => length < 3000),
]
const ofJson: Fuzzed<StoredModel> = {
  name: 'decodeModel, JSON',
  seeds: texts.map(encoded),
  made: slipped(texts).map(encoded),
  decode: (file) => decodeModel(where)(chosen<Uint8Array | string>([file, textOf(file)], file)),
  check,
}

const files = [
  fixture('model-3.safetensors'),
  ...samples.map(({ model, params }) => encodeModel(model, params)).filter(({ length }) => length < 3000),
]
/** The header of a file as JSON, and what stands behind it. */
const opened = (file: Uint8Array) => {
  const end = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))
  return { header: JSON.parse(textOf(file.subarray(8, end))), data: file.subarray(end) }
}
const key = 'foldgrad-model'
/** Files whose headers, or the descriptions in them, have one thing wrong. */
const wrong: fc.Arbitrary<Uint8Array> = fc.constantFrom(...files).chain((file) => {
  const { header, data } = opened(file)
  const closed = (json: unknown): Uint8Array => fileOf(encoded(JSON.stringify(json)), data)
  return fc.oneof(
    slips(header).map(({ json }) => closed(json)),
    slipped([header.__metadata__[key]]).map((text) => closed({ ...header, __metadata__: { [key]: text } })),
  )
})
const ofSafetensors: Fuzzed<StoredModel> = {
  name: 'decodeModel, safetensors',
  seeds: files,
  made: wrong,
  mend: withLength,
  decode: (file) => decodeModel(where)(file),
  check,
}

const columns = { size: [0.1, 3, -7], age: [undefined, 4, 1 / 3], species: ['b', 'a', undefined], street: ['x', 'y', 'x'] }
const transforms = [standardScaler(matrix([[1, 2], [3, 5]])), whole(columns), invertible(columns)].map((one) => encoded(encodeTransform(one))) // biome-ignore format: rows
/** Whether what it gives is finite, or refused in a sentence. */
const gives = ({ takes, apply }: SomeTransform): boolean => {
  try {
    return toArray(apply(takes === 'columns' ? columns : matrix([[1, 2]]))).every(Number.isFinite)
  } catch (error) {
    return error instanceof ValueError || error instanceof ShapeError
  }
}
const transform: Fuzzed<SomeTransform> = {
  name: 'decodeTransform',
  seeds: transforms,
  made: slipped(transforms.map(textOf)).map(encoded),
  decode: (file) => decodeTransform(where)(textOf(file)),
  check: (own) => {
    wants(gives(own), 'a transform that gives what is no number, or throws')
    const again = orThrow(decodeTransform('again')(encodeTransform(own)))
    wants(JSON.stringify(again.description) === JSON.stringify(own.description), 'another transform when it is read again')
  },
}
export const modelDecoders: readonly Fuzzed[] = [ofJson, ofSafetensors, transform]
