/** Tensors and models as files. */
export { decodeModel, encodeModel, type StoredModel } from './model.js'
export { TensorCodec } from './tensor.js'
