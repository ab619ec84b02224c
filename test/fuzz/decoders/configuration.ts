/** What a training of a table is told, and what it leaves in its folder. */
import { configDefaults, decodeConfig } from '../../../src/cli/tabular/config.js'
import { decodeResults, decodeSchema, type Epochs, encodeSchema, type Schema } from '../../../src/cli/tabular/folder.js'
import { columnTransformer, imputer, numericColumn, oneHotEncoder, pipeline, standardScaler } from '../../../src/data/index.js'
import { orThrow } from '../../../src/error/index.js'
import { encoded, type Fuzzed, textOf, wants, where } from '../fuzzed.js'

const fileOf = (value: unknown): Uint8Array => encoded(JSON.stringify(value, undefined, 2))

const configuration: Fuzzed<object> = {
  name: 'decodeConfig',
  seeds: [
    {},
    { data: 'a.csv', target: 'y', ...configDefaults.table },
    configDefaults.mnist,
    configDefaults.xor,
    { epochs: 3, classWeight: 'balanced', weightDecay: 0.1, folds: 5 },
  ].map(fileOf),
  decode: (file) => decodeConfig(where)(textOf(file)),
  check: (config) => {
    wants(!('admin' in config), 'a configuration with something behind it')
    const again = orThrow(decodeConfig('again')(JSON.stringify(config)))
    wants(JSON.stringify(again) === JSON.stringify(config), 'another configuration when it is read again')
  },
}

const transform = columnTransformer({ age: pipeline(imputer(), standardScaler), size: numericColumn, colour: oneHotEncoder() })({
  age: [undefined, 1, 3],
  size: [1, 2, 3],
  colour: ['a', 'b', 'a'],
})
const columns = ['age', 'size', 'colour'].map((name, i) => ({ name, kind: i < 2 ? ('numeric' as const) : ('categorical' as const) }))
const schemas = [
  { kind: 'classes', name: 'y', likelihood: 'categorical', classes: ['yes', 'no'] },
  { kind: 'number', name: 'y', likelihood: 'gamma', mean: 0, deviation: 1.5 },
] as const
const schema: Fuzzed<Schema> = {
  name: 'decodeSchema',
  seeds: schemas.map((target) => encoded(encodeSchema({ data: '0a1b', columns, target, transform: transform as never }))),
  decode: (file) => decodeSchema(where)(textOf(file)),
  check: (own) => {
    const text = encodeSchema(own)
    wants(encodeSchema(orThrow(decodeSchema('again')(text))) === text, 'another table file when it is read again')
  },
}

const epochs = [1, 2, 3].map((epoch) => ({ epoch, train: 1 / epoch, validation: epoch === 3 ? null : 2 / epoch }))
const results: Fuzzed<Epochs> = {
  name: 'decodeResults',
  seeds: [fileOf({ bestEpoch: 2, epochs, folds: [], judged: [{ name: 'network', accuracy: 0.5 }] }), fileOf({ bestEpoch: 1, epochs: [] })],
  decode: (file) => decodeResults(where)(textOf(file)),
  check: (own) =>
    wants(own.epochs.every(({ epoch, train, validation }) => [epoch, train, validation].every((x) => typeof x === 'number')), 'epochs that are no numbers'), // biome-ignore format: one rule
}
export const configurationDecoders: readonly Fuzzed[] = [configuration, schema, results]
