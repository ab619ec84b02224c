// Type 'number' is not assignable to type 'string'.
// at run time: nothing
import { columnTransformer, numericColumn, oneHotEncoder } from '../../../src/data/index.js'

export const mistake = () => columnTransformer({ age: numericColumn, species: oneHotEncoder() })({ age: [1], species: [1] })
