/** Tensors, models and fitted transforms as files. */

export { TensorCodec } from '../tensor/codec.js'
export { decodeState, encodeState } from './checkpoint/index.js'
export { decodeModel, encodeModel, encodeModelJson, type ModelRegistries, paramsFor, type StoredModel } from './model/index.js'
export { fromPyTorch, type Loaded } from './pytorch.js'
export { decodeSafetensors, encodeSafetensors, type NamedTensor, restore, type SafeTensors } from './safetensors/index.js'
export { decodeTransform, encodeTransform, TransformCodec } from './transform.js'
