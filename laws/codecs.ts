/** The library's codecs, as their laws want them, and examples for them. */
import * as fc from 'fast-check'
import type { Errors, Type } from 'io-ts'
import { failure } from 'io-ts/lib/PathReporter.js'
import { decodeModel, encodeModelJson, type StoredModel, TensorCodec } from '../src/codec/index.js'
import type { DecodeError } from '../src/error/index.js'
import { layers } from '../src/layer/index.js'
import { descriptionOfLikelihood, gaussian, laplace, poisson } from '../src/likelihood/index.js'
import { descriptionOf, type SomeNetwork } from '../src/network/index.js'
import { mapTree, sameTree } from '../src/params/index.js'
import { key } from '../src/random/index.js'
import { fixed, sizeOf } from '../src/shape/index.js'
import { type Precision, type Tensor, tensor, toArray, zeros } from '../src/tensor/index.js'
import { descriptions, networkOf } from './arbitrary/networks.js'
import { anyNumber, shapeOf, tensorOf } from './arbitrary/tensors.js'
import { identical } from './compare.js'
import type { Codec } from './suite/codec.js'

/** Any codec of io-ts. */
export const ofType = <A>(type: Type<A, unknown>): Codec<A, Errors> => ({
  encode: type.encode,
  decode: (encoded) => type.decode(encoded),
  sentence: (errors) => failure(errors)[0] ?? '',
})

/** The codec of tensors; a tensor can be used if its numbers are numbers of its precision. */
export const tensorCodec: Codec<Tensor, Errors> = fixed({
  ...ofType(TensorCodec),
  use: (x) => identical('numbers of their precision', tensor(x.shape, toArray(x), x.precision), x),
})

/** Tensors of every precision, sizes of 0 and numbers that are none among them. */
export const anyTensor: fc.Arbitrary<Tensor> = fc
  .tuple(shapeOf(0, 3, 0), fc.constantFrom<Precision>('float32', 'float64', 'int32', 'uint32', 'bool'))
  .chain(([shape, precision]) => tensorOf(shape, fc.oneof(anyNumber, fc.constantFrom(-0, Number.NaN, Number.NEGATIVE_INFINITY)), precision))

const descriptionOfModel = ({ model }: StoredModel): string =>
  JSON.stringify([descriptionOf(model.network), descriptionOfLikelihood(model.likelihood)])

/** The codec of models as a text of JSON; a model can be used if it predicts. */
export const modelCodec: Codec<StoredModel, DecodeError> = fixed({
  encode: ({ model, params }) => JSON.parse(encodeModelJson(model, params)),
  decode: (encoded) => decodeModel('m.json')(typeof encoded === 'string' ? encoded : JSON.stringify(encoded)),
  sentence: ({ message }) => message,
  same: (a, b) => descriptionOfModel(a) === descriptionOfModel(b) && sameTree(a.params, b.params),
  around: ['parameters', 'layer', ...Object.keys(layers)],
  use: ({ model, params }) => {
    if (sizeOf(model.input) < 2 ** 20) model.predict(params)(zeros([1, ...model.input]))
  },
  junk: fc.oneof(
    fc.string(),
    fc.jsonValue(),
    fc.json(),
    fc.record({
      format: fc.constant('foldgrad-model'),
      version: fc.constant(1),
      likelihood: fc.string(),
      network: fc.jsonValue(),
      parameters: fc.jsonValue(),
    }),
    fc.jsonValue().map((layer) => ({
      format: 'foldgrad-model',
      version: 1,
      likelihood: '',
      network: { input: [2], layers: [{ kind: 'residual', layers: layer }] },
      parameters: [],
    })),
  ),
})

/** Models of random networks, some of whose parameters are no numbers. */
export const anyModel: fc.Arbitrary<StoredModel> = fc
  .tuple(
    fc.constantFrom(gaussian, (net: SomeNetwork) => laplace(net, { scale: 0.5 }), poisson),
    descriptions,
    fc.nat(1000),
    fc.array(anyNumber, { minLength: 1, maxLength: 5 }),
    fc.boolean(),
  )
  .map(([under, description, seed, numbers, replaced]) => {
    const model = under(networkOf(description))
    const params = model.init(key(seed))
    const strange = (x: Tensor): Tensor =>
      tensor(
        x.shape,
        Array.from({ length: sizeOf(x.shape) }, (_, i) => numbers[i % numbers.length] ?? 0),
        x.precision,
      )
    return { model, params: replaced ? mapTree(strange)(params) : params }
  })
