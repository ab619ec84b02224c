/** Tensors as safetensors files. */
export { restore } from './restore.js'
export { decodeSafetensors, encodeSafetensors, type NamedTensor, type SafeTensors } from './safetensors.js'
