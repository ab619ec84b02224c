/** The ops by name: operands, attributes, and the rules for shapes and precisions. */
export { fromFront, sizeAt, withAxes, withoutAxes, withSize } from './axes.js'
export { holds, isFloat, isInteger, type Precision, rangeOf } from './precision.js'
export { type PrecisionRule, precisionRules } from './precision-rules.js'
export type {
  Attributes,
  Axes,
  AxesAttributes,
  AxisAttributes,
  Count,
  ExpandAttributes,
  Operands,
  OperandsOf,
  OverlapAttributes,
  PadAttributes,
  Prim,
  Prims,
  SliceAttributes,
  WindowsAttributes,
} from './prim.js'
export { type ShapeRule, shapeRules } from './shape-rules.js'
