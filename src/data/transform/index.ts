/** Transforms that are fitted to examples. */
export {
  type ColumnsOf,
  type ColumnTransformerOptions,
  columnTransformer,
  columnTransformerDefaults,
  type Fittings,
  type InverseOf,
} from './column-transformer.js'
export { type Both, composeTransforms, pipeline } from './compose.js'
export { featureHasher, type HasherOptions, hasherDefaults } from './feature-hasher.js'
export { type ImputerOptions, imputer, imputerDefaults } from './imputer.js'
export { type MinMaxOptions, minMaxDefaults, minMaxScaler } from './min-max-scaler.js'
export { numericColumn } from './numeric-column.js'
export { type OneHotOptions, oneHotDefaults, oneHotEncoder } from './one-hot-encoder.js'
export { standardScaler } from './standard-scaler.js'
export type {
  CategoricalColumn,
  Columns,
  Features,
  Fitting,
  NumericColumn,
  SomeTransform,
  Takes,
  Transform,
  Unknown,
} from './transform.js'
