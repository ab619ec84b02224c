/** Models and fitted transforms: layers without end, sizes beyond memory, words from prototypes and programs in place of names. */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { slips } from '../../../laws/arbitrary/encodings.js'
import { anyModel, modelCodec } from '../../../laws/codecs.js'
import { decodeModel, decodeTransform, encodeModel, encodeTransform, type StoredModel } from '../../../src/codec/index.js'
import type { SomeTransform } from '../../../src/data/index.js'
import { standardScaler } from '../../../src/data/index.js'
import { orThrow, ShapeError, ValueError } from '../../../src/error/index.js'
import { matrix, toArray } from '../../../src/tensor/index.js'
import { invertible, whole } from '../../data/tables.js'
import { encoded, type Fuzzed, textOf, wants, where } from '../fuzzed.js'

/** Texts of JSON with one thing wrong. */
const slipped = (files: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc.constantFrom(...files).chain((file) => slips(JSON.parse(textOf(file))).map(({ json }) => encoded(JSON.stringify(json))))

const models = [
  readFileSync(new URL('../../codec/fixtures/model-1.json', import.meta.url)),
  ...fc
    .sample(anyModel, { numRuns: 60, seed: 1 })
    .map(({ model, params }) => encoded(encodeModel(model, params)))
    .filter(({ length }) => length < 3000),
]
const model: Fuzzed<StoredModel> = {
  name: 'decodeModel',
  seeds: models,
  made: slipped(models),
  decode: (file) => decodeModel(where)(textOf(file)),
  check: (stored) => {
    const again = orThrow(decodeModel('again')(encodeModel(stored.model, stored.params)))
    wants(modelCodec.same?.(again, stored) === true, 'another model when it is read again')
  },
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
  made: slipped(transforms),
  decode: (file) => decodeTransform(where)(textOf(file)),
  check: (own) => {
    wants(gives(own), 'a transform that gives what is no number, or throws')
    const again = orThrow(decodeTransform('again')(encodeTransform(own)))
    wants(JSON.stringify(again.description) === JSON.stringify(own.description), 'another transform when it is read again')
  },
}
export const modelDecoders: readonly Fuzzed[] = [model, transform]
