// Type 'Transform<CategoricalColumn, false>' is not assignable to type 'Transform<CategoricalColumn, true>'.
// at run time: nothing
import { type CategoricalColumn, featureHasher, type Transform } from '../../../src/data/index.js'

export const mistake: Transform<CategoricalColumn, true> = featureHasher({ size: 8 })(['a'])
