/** Tensors and models as files. */
export { readFile, writeFile } from './file.js'
export { decodeModel, encodeModel, type StoredModel } from './model.js'
export { TensorCodec } from './tensor.js'
