/** Tensors, models and fitted transforms as files. */

export { TensorCodec } from '../tensor/codec.js'
export { decodeModel, encodeModel, type ModelRegistries, paramsFor, type StoredModel } from './model.js'
export { decodeTransform, encodeTransform, TransformCodec } from './transform.js'
