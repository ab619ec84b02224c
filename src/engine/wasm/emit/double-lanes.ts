/**
 * What an element-wise operation on float64 does to two lanes. A word beside them, a condition or what is cast, stands in the
 * first two of four lanes, where the operations of words leave it. Elementary functions are those of the rows, called for each.
 */
import type { DoubleOperation, LaneOperation } from '../../program/operation.js'
import type { Bytes } from './bytes.js'
import { simd, splatDouble, zeros } from './code.js'
import { either, type LaneRule, type Operation, operation, wordRules } from './lanes.js'

/** Of two masks of eight bytes the words. */
const narrowed = (mask: Bytes): Bytes => [simd(0x0d, mask, zeros), [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23]]
const widened = (mask: Bytes): Bytes => simd(0xc7, mask)
const compared =
  (code: number): Operation =>
  (operands) =>
    narrowed(simd(code, ...operands))

/** In the order of `DoubleOperation`, and as total. */
const doubleRules: { readonly [K in DoubleOperation]: LaneRule } = {
  negDouble: operation(0xed),
  absDouble: operation(0xec),
  /** ±0 and NaN stay. */
  signDouble: ([x = []]) =>
    simd(0x52, either(simd(0x4e, x, splatDouble(-0)), splatDouble(1)), x, simd(0x4a, simd(0xec, x), splatDouble(0))),
  sqrtDouble: operation(0xef),
  floorDouble: operation(0x75),
  addDouble: operation(0xf0),
  subDouble: operation(0xf1),
  mulDouble: operation(0xf2),
  divDouble: operation(0xf3),
  maximumDouble: operation(0xf5),
  minimumDouble: operation(0xf4),
  lessDouble: compared(0x49),
  lessEqualDouble: compared(0x4b),
  equalDouble: compared(0x47),
  selectDouble: ([c = [], a = [], b = []]) => simd(0x52, a, b, widened(c)),
  expDouble: { each: 'exp' },
  expm1Double: { each: 'expm1' },
  logDouble: { each: 'log' },
  log1pDouble: { each: 'log1p' },
  sinDouble: { each: 'sin' },
  cosDouble: { each: 'cos' },
  tanhDouble: { each: 'tanh' },
  sigmoidDouble: { each: 'sigmoid' },
  softplusDouble: { each: 'softplus' },
  erfDouble: { each: 'erf' },
  powDouble: { each: 'pow' },
  f32ToF64: operation(0x5f),
  i32ToF64: operation(0xfe),
  u32ToF64: operation(0xff),
  maskToF64: ([x = []]) => simd(0x4e, widened(x), splatDouble(1)),
  f64ToF32: operation(0x5e),
  f64ToI32: operation(0xfc),
  f64ToU32: operation(0xfd),
  f64ToMask: ([x = []]) => narrowed(simd(0x48, x, splatDouble(0))),
}

export const laneRules: { readonly [K in LaneOperation]: LaneRule } = { ...wordRules, ...doubleRules }

/** Whether there is a float64 among the operands or the result. */
export const isDouble = (operation: LaneOperation): boolean => Object.hasOwn(doubleRules, operation)
