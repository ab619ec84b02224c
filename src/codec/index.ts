/** Tensors and models as files. */

export { TensorCodec } from '../tensor/codec.js'
export { decodeModel, encodeModel, type ModelRegistries, paramsFor, type StoredModel } from './model.js'
