/** Dims and shapes, and their rules: each as a type and as a function. */
export { type At, type Fits, type Flat, fits, flat, type Plus, type Windows, windows } from './arithmetic.js'
export { type FixedShape, fixed, fixedShape } from './fixed.js'
export {
  type Joins,
  joins,
  type KeepsShape,
  keepsShape,
  receives,
  type WantsImage,
  type WantsOne,
  type WantsVector,
  wantsImage,
  wantsOne,
  wantsVector,
} from './rules.js'
export {
  type Dim,
  dim,
  isSize,
  type NamedShape,
  type Shape,
  type Show,
  type ShowDim,
  sameShape,
  show,
  sizeOf,
  wantsSizes,
} from './shape.js'
