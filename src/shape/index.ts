/** Dims and shapes, and their rules: each as a type and as a function. */
export { type At, type Flat, flat, type Half, type Less, type Num, type Plus } from './arithmetic.js'
export { type FixedShape, fixed, fixedShape } from './fixed.js'
export {
  type Joins,
  joins,
  type KeepsShape,
  keepsShape,
  receives,
  type WantsAxes,
  type WantsEven,
  type WantsImage,
  type WantsOne,
  type WantsSequence,
  type WantsVector,
  wantsAxes,
  wantsEven,
  wantsImage,
  wantsOne,
  wantsSequence,
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
export {
  type AxisWindows,
  type Fits1d,
  type Fits2d,
  type LowHigh,
  type Padding,
  type Pair,
  type WindowCount,
  type WindowOptions,
  type WindowTypes,
  wantsWindows,
  windowsOf,
} from './windows.js'
