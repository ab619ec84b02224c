// x^y of four f32 lanes, in plain IEEE arithmetic: the same bits on every machine.
//
//     |x|^y = e^(y·log|x|) in float64, rounded to float32 once
//     log(2^e·m) = e·ln 2 + 2·artanh(s),  s = (m − 1) / (m + 1),  √½ ≤ m < √2
//
// Edge cases are those of IEEE 754-2008: x^0 = 1 and 1^y = 1 even for NaN, (−1)^±Infinity = 1,
// a negative base with a fractional exponent is NaN, (−0)^odd keeps its sign.
// Largest error found (units in the last place, denormal results included):
// 0.51: the same float32 as Math.pow in every sample.

import { every } from './lanes';

/** √½ as float64 bits; its exponent is one below that of 1. */
const ROOT_HALF: i64 = 0x3fe6a09e667f3bcd;
/** Adding 2⁵² + 1023 leaves an integer, biased as an exponent is, in the low bits. */
const BIASED: f64 = 4503599627371519;
/** Beyond e^±140 every float32 is Infinity or 0. */
const LIMIT: f64 = 140;

@inline
function multiplyAdd(a: v128, b: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(a, b), f64x2.splat(c));
}

/** log x of two float64 lanes, for 0 < x < Infinity. */
@inline
function logPair(x: v128): v128 {
  const offset = i64x2.sub(x, i64x2.splat(ROOT_HALF));
  const fraction = v128.and(offset, i64x2.splat(0xfffffffffffff));
  const m = i64x2.add(fraction, i64x2.splat(ROOT_HALF));
  // the exponent, biased by 1023 to be positive, becomes the low bits of 2⁵² + exponent + 1023
  const biased = i64x2.shr_u(i64x2.add(offset, i64x2.splat(0x3ff0000000000000)), 52);
  const whole = v128.or(biased, i64x2.splat(0x4330000000000000));
  const e = f64x2.sub(whole, f64x2.splat(BIASED));
  const s = f64x2.div(f64x2.sub(m, f64x2.splat(1)), f64x2.add(m, f64x2.splat(1)));
  const z = f64x2.mul(s, s);
  let p = multiplyAdd(z, f64x2.splat(2.0 / 17.0), 2.0 / 15.0);
  p = multiplyAdd(p, z, 2.0 / 13.0);
  p = multiplyAdd(p, z, 2.0 / 11.0);
  p = multiplyAdd(p, z, 2.0 / 9.0);
  p = multiplyAdd(p, z, 2.0 / 7.0);
  p = multiplyAdd(p, z, 2.0 / 5.0);
  p = multiplyAdd(p, z, 2.0 / 3.0);
  p = multiplyAdd(p, z, 2.0);
  return f64x2.add(f64x2.mul(e, f64x2.splat(0.6931471805599453)), f64x2.mul(p, s));
}

/** e^t of two float64 lanes, clamped to what a float32 can tell apart. */
@inline
function expPair(t: v128): v128 {
  const x = f64x2.pmax(f64x2.pmin(t, f64x2.splat(LIMIT)), f64x2.splat(-LIMIT));
  const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(1.4426950408889634)));
  const r = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471805599453)));
  let p = multiplyAdd(r, f64x2.splat(1.0 / 39916800.0), 1.0 / 3628800.0);
  p = multiplyAdd(p, r, 1.0 / 362880.0);
  p = multiplyAdd(p, r, 1.0 / 40320.0);
  p = multiplyAdd(p, r, 1.0 / 5040.0);
  p = multiplyAdd(p, r, 1.0 / 720.0);
  p = multiplyAdd(p, r, 1.0 / 120.0);
  p = multiplyAdd(p, r, 1.0 / 24.0);
  p = multiplyAdd(p, r, 1.0 / 6.0);
  p = multiplyAdd(p, r, 0.5);
  p = multiplyAdd(p, r, 1.0);
  p = multiplyAdd(p, r, 1.0);
  return f64x2.mul(p, i64x2.shl(f64x2.add(k, f64x2.splat(BIASED)), 52));
}

/** |x|^y of the two low f32 lanes. */
@inline
function powerPair(x: v128, y: v128): v128 {
  const base = f64x2.promote_low_f32x4(x);
  let log = logPair(base);
  log = v128.bitselect(log, base, f64x2.lt(base, f64x2.splat(Infinity))); // Infinity, NaN
  log = v128.bitselect(f64x2.splat(-Infinity), log, f64x2.eq(base, f64x2.splat(0)));
  return f32x4.demote_f64x2_zero(expPair(f64x2.mul(log, f64x2.promote_low_f32x4(y))));
}

export function powLanes(x: v128, y: v128): v128 {
  const size = f32x4.abs(x);
  const high = powerPair(i64x2.shuffle(size, size, 1, 0), i64x2.shuffle(y, y, 1, 0));
  const p = i64x2.shuffle(powerPair(size, y), high, 0, 2);
  const fractional = f32x4.ne(f32x4.floor(y), y);
  const halved = f32x4.mul(y, every(0.5));
  const odd = v128.andnot(f32x4.ne(f32x4.floor(halved), halved), fractional);
  const signed = v128.xor(p, v128.and(v128.and(x, odd), every(-0.0)));
  const negative = v128.and(f32x4.lt(x, every(0)), f32x4.gt(x, every(-Infinity)));
  const real = v128.bitselect(every(NaN), signed, v128.and(negative, fractional));
  const unit = v128.and(f32x4.eq(size, every(1)), f32x4.eq(f32x4.abs(y), every(Infinity)));
  const one = v128.or(v128.or(f32x4.eq(x, every(1)), unit), f32x4.eq(y, every(0)));
  return v128.bitselect(every(1), real, one);
}
