/** Codecs that are wrong, each in its own way. */
import { either } from 'fp-ts'
import { pipe } from 'fp-ts/lib/function.js'
import { anyModel, anyTensor, type Codec, codecLaws, modelCodec, tensorCodec } from '../../../laws/index.js'
import type { StoredModel } from '../../../src/codec/index.js'
import { gaussian } from '../../../src/likelihood/index.js'
import type { Json } from '../../../src/network/index.js'
import { mapTree } from '../../../src/params/index.js'
import { literalOf } from '../../../src/tensor/buffer.js'
import { type Precision, type Tensor, tensor, toArray } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

type Fields = { readonly [key: string]: Json }
const fieldsOf = (encoded: unknown): Fields => (typeof encoded === 'object' && encoded !== null ? (encoded as Fields) : {})
const onTensors = (what: string, killer: string, changes: Partial<Codec<Tensor, never>>): Mutant => ({
  name: 'codec.tensor',
  what,
  laws: () => codecLaws('tensor', { ...tensorCodec, ...changes } as Codec<Tensor, never>, anyTensor),
  killer: `codec.tensor.${killer}`,
  runs: 400,
})
const onModels = (what: string, killer: string, changes: Partial<Codec<StoredModel, never>>): Mutant => ({
  name: 'codec.model',
  what,
  laws: () => codecLaws('model', { ...modelCodec, ...changes } as Codec<StoredModel, never>, anyModel),
  killer: `codec.model.${killer}`,
  runs: 120,
})

/** The library's own, with something done to what it is given, or to what it gives. */
const tensorFrom = (change: (fields: Fields) => Fields) => (encoded: unknown) => tensorCodec.decode(change(fieldsOf(encoded))) as never
const modelFrom = (change: (fields: Fields) => Fields) => (encoded: unknown) => modelCodec.decode(change(fieldsOf(encoded))) as never
const modelTo = (change: (model: StoredModel) => StoredModel) => (encoded: unknown) =>
  pipe(modelCodec.decode(encoded), either.map(change)) as never
const numbersOf = (x: Tensor): readonly number[] => Array.from(toArray(x))
const zeroed = (x: Tensor): Tensor =>
  tensor(
    x.shape,
    numbersOf(x).map((value) => value + 0),
    x.precision,
  )
const sizes: Record<string, number> = { float32: 4, float64: 8, int32: 4, uint32: 4, bool: 1 }
const product = (shape: Json | undefined): number => (Array.isArray(shape) ? (shape as readonly number[]).reduce((a, b) => a * b, 1) : 0)
/** As many bytes as are wanted: some are cut off, or zeros put behind them. */
const padded = (fields: Fields): Fields => {
  const bytes = product(fields['shape']) * (sizes[String(fields['precision'])] ?? 0)
  if (typeof fields['data'] !== 'string' || !(bytes >= 0 && bytes < 1e6)) return fields
  const text = atob(fields['data'].replace(/[^A-Za-z0-9+/]/g, '').replace(/^(.(?:....)*)$/, ''))
  return { ...fields, data: btoa(text.slice(0, bytes).padEnd(bytes, '\0')) }
}
/** A bool whose bytes fit its shape, whatever they are. */
const boolOf = ({ shape, precision, data }: Fields): unknown => {
  if (precision !== 'bool' || typeof data !== 'string' || !/^([A-Za-z0-9+/]{4})*$/.test(data)) return undefined
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0))
  return bytes.length === product(shape) ? either.right(literalOf(shape as readonly number[], 'bool', bytes)) : undefined
}
/** JSON has no −0, no NaN and no infinities. */
const inDecimals: Partial<Codec<Tensor, never>> = {
  encode: (x) => ({ shape: x.shape, precision: x.precision, data: numbersOf(x) }),
  decode: (encoded) => {
    const { shape, precision, data } = fieldsOf(encoded)
    return Array.isArray(shape) && Array.isArray(data)
      ? (either.right(tensor(shape as readonly number[], data as readonly number[], precision as Precision)) as never)
      : (either.left('no tensor') as never)
  },
}

export const codecMutants: readonly Mutant[] = [
  onTensors('numbers as decimals', 'inverse', inDecimals),
  onTensors('−0 is stored as 0', 'inverse', { encode: (x) => tensorCodec.encode(zeroed(x)) }),
  onTensors('float64 is read as float32', 'inverse', {
    decode: (encoded) =>
      pipe(
        tensorCodec.decode(encoded),
        either.map((x) => tensor(x.shape, toArray(x))),
      ) as never,
  }),
  onTensors('what is missing is 0, and what is too much is not looked at', 'only', { decode: tensorFrom(padded) }),
  onTensors('spaces and missing padding are forgiven', 'only', {
    decode: tensorFrom((fields) =>
      typeof fields['data'] === 'string'
        ? { ...fields, data: fields['data'].replaceAll(' ', '').padEnd(Math.ceil(fields['data'].length / 4) * 4, '=') }
        : fields,
    ),
  }),
  onTensors('bytes of a bool are not looked at', 'use', {
    decode: (encoded) => (boolOf(fieldsOf(encoded)) ?? tensorCodec.decode(encoded)) as never,
  }),
  onTensors('throws on what is no base 64', 'total', {
    decode: (encoded) => {
      const { data } = fieldsOf(encoded)
      if (typeof data === 'string') atob(data)
      return tensorCodec.decode(encoded) as never
    },
  }),
  onTensors('throws on null', 'total', {
    decode: (encoded) => tensorCodec.decode({ ...fieldsOf(encoded), kind: (encoded as Fields)['kind'] }) as never,
  }),
  onTensors('says only that something is wrong', 'path', { sentence: () => 'tensor expects something else' }),

  onModels('−0 comes back as 0', 'inverse', {
    decode: modelTo((model) => ({ ...model, params: mapTree(zeroed)(model.params) })),
  }),
  onModels('the likelihood is forgotten', 'inverse', {
    decode: modelTo(({ model, params }) => ({ model: gaussian(model.network), params })),
  }),
  onModels('any version will do', 'only', { decode: modelFrom((fields) => ({ ...fields, version: 1 })) }),
  onModels('parameters of whole numbers are parameters', 'use', {
    decode: modelTo((model) => ({ ...model, params: mapTree((x) => tensor(x.shape, toArray(x), 'int32'))(model.params) })),
  }),
  onModels('throws on what is no JSON', 'total', {
    decode: (encoded) =>
      modelCodec.decode(JSON.stringify(JSON.parse(typeof encoded === 'string' ? encoded : JSON.stringify(encoded)))) as never,
  }),
  onModels('says only that something is wrong', 'path', { sentence: () => 'decodeModel expects something else' }),
]
