/** Every decoder of bytes or texts from outside, in families of one format. */
import type { Fuzzed } from '../fuzzed.js'
import { configurationDecoders } from './configuration.js'
import { idxDecoders } from './idx.js'
import { imageDecoders } from './images.js'
import { modelDecoders } from './model.js'
import { safetensorsDecoders } from './safetensors.js'
import { tableDecoders } from './tables.js'

export const families: readonly (readonly Fuzzed[])[] = [
  tableDecoders,
  idxDecoders,
  safetensorsDecoders,
  modelDecoders,
  configurationDecoders,
  imageDecoders,
]
export const decoders: readonly Fuzzed[] = families.flat()
