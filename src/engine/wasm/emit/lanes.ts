/** What an element-wise operation on words does to four lanes, or to the first two of them: operations of the machine, or a call of the kernels' own functions. */

import type { Elementary } from '../../../ops/elementary.js'
import type { WordOperation } from '../../program/operation.js'
import type { LaneFunction } from '../kernels.js'
import type { Bytes } from './bytes.js'
import { f32, i32, simd, splat, splatInteger, zeros } from './code.js'

export type Operation = (operands: readonly Bytes[], bits: number) => Bytes
/** `call`: the kernels export it under this name, from lanes to lanes; `each`: a function of numbers, called for every lane. */
export type LaneRule = Operation | { readonly call: LaneFunction } | { readonly each: Elementary }

export const operation =
  (code: number): Operation =>
  (operands) =>
    simd(code, ...operands)
export const either = (a: Bytes, b: Bytes): Bytes => simd(0x50, a, b)
const shift =
  (code: number): Operation =>
  ([x = []], bits) =>
    simd(code, x, i32(bits))
const [shiftLeft, shiftRight] = [shift(0xab), shift(0xad)]

/** In the order of `WordOperation`, and as total. */
export const wordRules: { readonly [K in WordOperation]: LaneRule } = {
  neg: operation(0xe1),
  abs: operation(0xe0),
  /** ±0 and NaN stay. */
  sign: ([x = []]) => simd(0x52, either(simd(0x4e, x, splat(f32(-0))), splat(f32(1))), x, simd(0x44, simd(0xe0, x), splat(f32(0)))),
  exp: { call: 'expLanes' },
  log: { call: 'logLanes' },
  log1p: { call: 'log1pLanes' },
  expm1: { call: 'expm1Lanes' },
  sqrt: operation(0xe3),
  sin: { call: 'sinLanes' },
  cos: { call: 'cosLanes' },
  tanh: { call: 'tanhLanes' },
  sigmoid: { call: 'sigmoidLanes' },
  softplus: { call: 'softplusLanes' },
  erf: { call: 'erfLanes' },
  floor: operation(0x68),
  add: operation(0xe4),
  sub: operation(0xe5),
  mul: operation(0xe6),
  div: operation(0xe7),
  pow: { call: 'powLanes' },
  maximum: operation(0xe9),
  minimum: operation(0xe8),
  less: operation(0x43),
  lessEqual: operation(0x45),
  equal: operation(0x41),
  select: ([c = [], a = [], b = []]) => simd(0x52, a, b, c),
  addInt: operation(0xae),
  subInt: operation(0xb1),
  mulInt: operation(0xb5),
  negInt: operation(0xa1),
  absInt: operation(0xa0),
  signInt: ([x = []]) => simd(0xb1, simd(0x39, x, zeros), simd(0x3b, x, zeros)),
  lessSigned: operation(0x39),
  lessEqualSigned: operation(0x3d),
  lessUnsigned: operation(0x3a),
  lessEqualUnsigned: operation(0x3e),
  equalInt: operation(0x37),
  maximumSigned: operation(0xb8),
  minimumSigned: operation(0xb6),
  maximumUnsigned: operation(0xb9),
  minimumUnsigned: operation(0xb7),
  and: operation(0x4e),
  or: operation(0x50),
  xor: operation(0x51),
  not: operation(0x4d),
  shiftLeft,
  shiftRight,
  shiftRightSigned: shift(0xac),
  rotateLeft: (operands, bits) => either(shiftLeft(operands, bits), shiftRight(operands, 32 - bits)),
  f32ToI32: operation(0xf8),
  f32ToU32: operation(0xf9),
  i32ToF32: operation(0xfa),
  u32ToF32: operation(0xfb),
  maskToI32: ([x = []]) => simd(0x4e, x, splatInteger(1)),
  maskToF32: ([x = []]) => simd(0x4e, x, splat(f32(1))),
  f32ToMask: ([x = []]) => simd(0x42, x, splat(f32(0))),
  i32ToMask: ([x = []]) => simd(0x38, x, zeros),
}
