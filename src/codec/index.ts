/** Tensors and models as files. */

export { TensorCodec } from '../tensor/codec.js'
export { decodeModel, encodeModel, type StoredModel } from './model.js'
