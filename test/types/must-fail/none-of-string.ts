// Type '"relu"' has no properties in common with type 'None'.
// at run time: nothing
import type { None } from '../../../src/network/index.js'

export const mistake: None = 'relu'
