// Element-wise kernels of one operand.
//
//     out[i, j] = f(a[i·aOuter + j·aInner])      out contiguous [outer, inner]; strides in elements
//
// One loop serves all: the operation is a constant where the loop is inlined, so its choice is folded away.
// A remainder goes through the same vector code as the body, and so has the same bits.
// mutates: out, escapes: nothing

import { expLanes, expm1Lanes, sigmoidLanes, softplusLanes, tanhLanes } from './exponential';
import { every, loadStrided, storePartial } from './lanes';
import { log1pLanes, logLanes } from './logarithm';
import { cosLanes, sinLanes } from './trigonometric';

const enum Unary {
  neg, abs, sign, exp, log, log1p, expm1, sqrt, sin, cos, tanh, sigmoid, softplus, floor,
  negInt, absInt, signInt, not, shiftLeft, shiftRight, shiftRightSigned, rotateLeft,
  f32ToI32, f32ToU32, i32ToF32, u32ToF32, maskToI32, maskToF32, f32ToMask, i32ToMask,
}

@inline
export function signLanes(x: v128): v128 {
  const one = v128.or(v128.and(x, every(-0.0)), every(1));
  return v128.bitselect(one, x, f32x4.gt(f32x4.abs(x), every(0))); // ±0 and NaN stay
}

@inline
function signIntLanes(x: v128): v128 {
  const zero = i32x4.splat(0);
  return i32x4.sub(i32x4.lt_s(x, zero), i32x4.gt_s(x, zero));
}

@inline
function applyFloat(op: Unary, x: v128): v128 {
  if (op == Unary.neg) return f32x4.neg(x);
  if (op == Unary.abs) return f32x4.abs(x);
  if (op == Unary.sign) return signLanes(x);
  if (op == Unary.exp) return expLanes(x);
  if (op == Unary.log) return logLanes(x);
  if (op == Unary.log1p) return log1pLanes(x);
  if (op == Unary.expm1) return expm1Lanes(x);
  if (op == Unary.sqrt) return f32x4.sqrt(x);
  if (op == Unary.sin) return sinLanes(x);
  if (op == Unary.cos) return cosLanes(x);
  if (op == Unary.tanh) return tanhLanes(x);
  if (op == Unary.sigmoid) return sigmoidLanes(x);
  if (op == Unary.softplus) return softplusLanes(x);
  return f32x4.floor(x);
}

@inline
function applyInteger(op: Unary, x: v128, bits: i32): v128 {
  if (op == Unary.negInt) return i32x4.neg(x);
  if (op == Unary.absInt) return i32x4.abs(x);
  if (op == Unary.signInt) return signIntLanes(x);
  if (op == Unary.not) return v128.not(x);
  if (op == Unary.shiftLeft) return i32x4.shl(x, bits);
  if (op == Unary.shiftRight) return i32x4.shr_u(x, bits);
  if (op == Unary.shiftRightSigned) return i32x4.shr_s(x, bits);
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits)); // shifts are modulo 32
}

@inline
function applyCast(op: Unary, x: v128): v128 {
  if (op == Unary.f32ToI32) return i32x4.trunc_sat_f32x4_s(x);
  if (op == Unary.f32ToU32) return i32x4.trunc_sat_f32x4_u(x);
  if (op == Unary.i32ToF32) return f32x4.convert_i32x4_s(x);
  if (op == Unary.u32ToF32) return f32x4.convert_i32x4_u(x);
  if (op == Unary.maskToI32) return v128.and(x, i32x4.splat(1));
  if (op == Unary.maskToF32) return v128.and(x, every(1));
  if (op == Unary.f32ToMask) return f32x4.ne(x, every(0)); // NaN is true
  return i32x4.ne(x, i32x4.splat(0));
}

@inline
function apply(op: Unary, x: v128, bits: i32): v128 {
  if (op <= Unary.floor) return applyFloat(op, x);
  if (op <= Unary.rotateLeft) return applyInteger(op, x, bits);
  return applyCast(op, x);
}

/** Worth a loop of its own: the loop would cost more than the operation. */
@inline
function isLight(op: Unary): bool {
  return op < Unary.exp || op == Unary.sqrt || op >= Unary.floor;
}

@inline
function each(op: Unary, out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, bits: i32 = 0): void {
  let rows = outer, columns = inner, step = aInner << 2;
  if (inner == 1) { rows = 1; columns = outer; step = aOuter << 2; }
  else if (aOuter == inner * aInner) { rows = 1; columns = outer * inner; }
  for (let i = 0; i < rows; ++i) {
    let p = a + ((i * aOuter) << 2), left = columns;
    if (isLight(op) && step == 4) {
      for (; left >= 4; left -= 4, p += 16, out += 16) v128.store(out, apply(op, v128.load(p), bits));
    }
    for (; left > 0; left -= 4, p += step << 2) {
      const x = left >= 4 && step == 4 ? v128.load(p) : loadStrided(p, step, left);
      const y = apply(op, x, bits);
      if (left >= 4) v128.store(out, y);
      else storePartial(out, y, left);
      out += min(left, 4) << 2;
    }
  }
}

export function neg(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.neg, out, outer, inner, a, aOuter, aInner);
}
export function abs(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.abs, out, outer, inner, a, aOuter, aInner);
}
export function sign(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.sign, out, outer, inner, a, aOuter, aInner);
}
export function exp(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.exp, out, outer, inner, a, aOuter, aInner);
}
export function log(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.log, out, outer, inner, a, aOuter, aInner);
}
export function log1p(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.log1p, out, outer, inner, a, aOuter, aInner);
}
export function expm1(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.expm1, out, outer, inner, a, aOuter, aInner);
}
export function sqrt(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.sqrt, out, outer, inner, a, aOuter, aInner);
}
export function sin(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.sin, out, outer, inner, a, aOuter, aInner);
}
export function cos(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.cos, out, outer, inner, a, aOuter, aInner);
}
export function tanh(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.tanh, out, outer, inner, a, aOuter, aInner);
}
export function sigmoid(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.sigmoid, out, outer, inner, a, aOuter, aInner);
}
export function softplus(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.softplus, out, outer, inner, a, aOuter, aInner);
}
export function floor(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.floor, out, outer, inner, a, aOuter, aInner);
}
export function negInt(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.negInt, out, outer, inner, a, aOuter, aInner);
}
export function absInt(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.absInt, out, outer, inner, a, aOuter, aInner);
}
export function signInt(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.signInt, out, outer, inner, a, aOuter, aInner);
}
export function not(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.not, out, outer, inner, a, aOuter, aInner);
}
export function f32ToI32(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.f32ToI32, out, outer, inner, a, aOuter, aInner);
}
export function f32ToU32(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.f32ToU32, out, outer, inner, a, aOuter, aInner);
}
export function i32ToF32(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.i32ToF32, out, outer, inner, a, aOuter, aInner);
}
export function u32ToF32(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.u32ToF32, out, outer, inner, a, aOuter, aInner);
}
export function maskToI32(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.maskToI32, out, outer, inner, a, aOuter, aInner);
}
export function maskToF32(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.maskToF32, out, outer, inner, a, aOuter, aInner);
}
export function f32ToMask(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.f32ToMask, out, outer, inner, a, aOuter, aInner);
}
export function i32ToMask(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32): void {
  each(Unary.i32ToMask, out, outer, inner, a, aOuter, aInner);
}
export function shiftLeft(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, bits: i32): void {
  each(Unary.shiftLeft, out, outer, inner, a, aOuter, aInner, bits);
}
export function shiftRight(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, bits: i32): void {
  each(Unary.shiftRight, out, outer, inner, a, aOuter, aInner, bits);
}
export function shiftRightSigned(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, bits: i32): void {
  each(Unary.shiftRightSigned, out, outer, inner, a, aOuter, aInner, bits);
}
export function rotateLeft(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, bits: i32): void {
  each(Unary.rotateLeft, out, outer, inner, a, aOuter, aInner, bits);
}
