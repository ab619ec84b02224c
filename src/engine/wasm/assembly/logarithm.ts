// Logarithms of four f32 lanes, in plain IEEE arithmetic: the same bits on every machine.
//
//     log(x) = e·ln 2 + log(1 + f)         x = 2^e·(1 + f),  √½ ≤ 1 + f < √2
//     log1p(x) = log(u) + (x − (u − 1)) / u    u = 1 + x rounded; for e = 0 simply f = x
//
// log(±0) = −Infinity, log(x < 0) = NaN; log1p keeps −0.
// Largest error found (units in the last place, denormal inputs included):
// log 0.9, log1p 0.8.
// Polynomial: Moshier, Cephes Mathematical Library (logf.c); the correction: Sun, fdlibm (s_log1p.c).

import { every, multiplyAdd } from './lanes';

/** The bits of √½. */
const ROOT_HALF = 0x3f3504f3;

/** The exponent e as an integer, where x = 2^e·(1 + f). */
@inline
function exponentOf(x: v128): v128 {
  return i32x4.shr_s(i32x4.sub(x, i32x4.splat(ROOT_HALF)), 23);
}

/** 1 + f, where x = 2^e·(1 + f). */
@inline
function mantissaOf(x: v128): v128 {
  const fraction = v128.and(i32x4.sub(x, i32x4.splat(ROOT_HALF)), i32x4.splat(0x7fffff));
  return i32x4.add(fraction, i32x4.splat(ROOT_HALF));
}

/** e·ln 2 + log(1 + f) + c, the small terms first. */
@inline
function assembled(f: v128, e: v128, c: v128): v128 {
  let p = multiplyAdd(f, every(7.0376836292e-2), every(-1.151461031e-1));
  p = multiplyAdd(p, f, every(1.167699874e-1));
  p = multiplyAdd(p, f, every(-1.2420140846e-1));
  p = multiplyAdd(p, f, every(1.4249322787e-1));
  p = multiplyAdd(p, f, every(-1.6668057665e-1));
  p = multiplyAdd(p, f, every(2.0000714765e-1));
  p = multiplyAdd(p, f, every(-2.4999993993e-1));
  p = multiplyAdd(p, f, every(3.3333331174e-1));
  const z = f32x4.mul(f, f);
  let y = f32x4.mul(f32x4.mul(p, f), z);
  y = f32x4.add(multiplyAdd(e, every(-2.1219444e-4), y), c);
  y = f32x4.sub(y, f32x4.mul(every(0.5), z));
  return multiplyAdd(e, every(0.693359375), f32x4.add(f, y));
}

/** Infinity and NaN stay, x = 0 gives −Infinity, and x < 0 NaN; otherwise y. */
@inline
function withEdges(x: v128, y: v128): v128 {
  let edged = v128.bitselect(y, x, f32x4.lt(x, every(Infinity)));
  edged = v128.bitselect(every(-Infinity), edged, f32x4.eq(x, every(0)));
  return v128.bitselect(every(NaN), edged, f32x4.lt(x, every(0)));
}

@inline
export function logLanes(x: v128): v128 {
  const denormal = f32x4.lt(x, every(1.17549435e-38));
  const normal = v128.bitselect(f32x4.mul(x, every(33554432)), x, denormal); // · 2²⁵
  const shift = v128.and(denormal, i32x4.splat(25));
  const e = f32x4.convert_i32x4_s(i32x4.sub(exponentOf(normal), shift));
  const f = f32x4.sub(mantissaOf(normal), every(1));
  return withEdges(x, assembled(f, e, every(0)));
}

@inline
export function log1pLanes(x: v128): v128 {
  const u = f32x4.add(x, every(1));
  const whole = exponentOf(u);
  const plain = i32x4.eq(whole, i32x4.splat(0));
  const small = f32x4.sub(x, f32x4.sub(u, every(1)));
  const large = f32x4.sub(every(1), f32x4.sub(u, x));
  const lost = v128.bitselect(large, small, f32x4.ge(x, every(1)));
  const c = v128.andnot(f32x4.div(lost, u), plain);
  const f = v128.bitselect(x, f32x4.sub(mantissaOf(u), every(1)), plain);
  const y = withEdges(u, assembled(f, f32x4.convert_i32x4_s(whole), c));
  return v128.bitselect(x, y, f32x4.eq(x, every(0))); // keeps −0
}
