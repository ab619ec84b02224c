/** The ops by name: operands, attributes, the rules for shapes and precisions, and what else is known before they compute. */
export type {
  Axes,
  AxesAttributes,
  AxisAttributes,
  BitsAttributes,
  CastAttributes,
  ExpandAttributes,
  OverlapAttributes,
  PadAttributes,
  ReshapeAttributes,
  ScatterAttributes,
  SliceAttributes,
  WindowsAttributes,
} from './attributes.js'
export { fromFront, sizeAt, withAxes, withoutAxes, withSize } from './axes.js'
export { mapOperands, operandsFor } from './operands.js'
export { holds, isFloat, isInteger, type Precision, rangeOf } from './precision.js'
export type { Count, Look, Operands, PrecisionRule, ShapeRule, Signature, Unchanged } from './signature.js'
export {
  type Attributes,
  isViewPrim,
  type OperandsOf,
  type Prim,
  type Prims,
  prims,
  type SignatureOf,
  signatures,
  type ViewPrim,
} from './signatures.js'
