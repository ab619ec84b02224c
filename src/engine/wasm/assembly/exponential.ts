// Exponential functions of four f32 lanes, in plain IEEE arithmetic: the same bits on every machine.
//
//     exp(x) = 2^k · e^r          k = round(x / ln 2),  r = x − k·ln 2,  |r| ≤ ½·ln 2
//     expm1(x) = 2^k · (e^r − 1 + (1 − 2^−k))
//     sigmoid(x) = 1 / (1 + e^−x)
//     tanh(x) = x + x³·P(x²) for |x| < 0.625,  1 − 2 / (e^2x + 1) above
//     softplus(x) = log(1 + e^x) = max(x, 0) + 2·artanh(s),  s = e^−|x| / (2 + e^−|x|) ≤ 1/3
//
// Largest error found (units in the last place, denormal results included):
// exp 1.0, expm1 1.6, sigmoid 2.3, tanh 1.3, softplus 2.8.
// Polynomials: Moshier, Cephes Mathematical Library (expf.c, tanhf.c).

import { every, multiplyAdd } from './lanes';

/** Adding and subtracting 1.5·2²³ rounds to an integer, and leaves that integer in the low bits. */
const ROUNDER: f32 = 12582912;

/** e^r − 1 for |r| ≤ ½·ln 2. */
@inline
function expm1Reduced(r: v128): v128 {
  let q = multiplyAdd(r, every(1.98756915e-4), every(1.3981999507e-3));
  q = multiplyAdd(q, r, every(8.3334519073e-3));
  q = multiplyAdd(q, r, every(4.1665795894e-2));
  q = multiplyAdd(q, r, every(1.6666665459e-1));
  q = multiplyAdd(q, r, every(5.0000001201e-1));
  return multiplyAdd(q, f32x4.mul(r, r), r);
}

/** x / ln 2 plus the rounder. */
@inline
function roundedExponent(x: v128): v128 {
  return multiplyAdd(x, every(1.44269504), every(ROUNDER));
}

/** x − k·ln 2; ln 2 is split in two, so that the first product is exact. */
@inline
function reduced(x: v128, k: v128): v128 {
  const r = f32x4.sub(x, f32x4.mul(k, every(0.693359375)));
  return f32x4.sub(r, f32x4.mul(k, every(-2.1219444e-4)));
}

/** 2^k for an integer −126 ≤ k ≤ 127. */
@inline
function twoTo(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, i32x4.splat(127)), 23);
}

/** x·2^k; scaled in two halves, so that a result may overflow or be denormal, with one rounding. */
@inline
function scaled(x: v128, k: v128): v128 {
  const half = i32x4.shr_s(k, 1);
  return f32x4.mul(f32x4.mul(x, twoTo(half)), twoTo(i32x4.sub(k, half)));
}

@inline
export function expLanes(input: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(input, every(89)), every(-104));
  const t = roundedExponent(x);
  const r = reduced(x, f32x4.sub(t, every(ROUNDER)));
  const k = i32x4.sub(t, every(ROUNDER));
  return scaled(f32x4.add(expm1Reduced(r), every(1)), k);
}

@inline
export function expm1Lanes(input: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(input, every(89)), every(-20));
  const t = roundedExponent(x);
  const r = reduced(x, f32x4.sub(t, every(ROUNDER)));
  const k = i32x4.sub(t, every(ROUNDER));
  const inverse = twoTo(i32x4.neg(i32x4.min_s(k, i32x4.splat(64))));
  const y = scaled(f32x4.add(expm1Reduced(r), f32x4.sub(every(1), inverse)), k);
  return v128.bitselect(input, y, f32x4.eq(input, every(0))); // keeps −0
}

@inline
export function sigmoidLanes(x: v128): v128 {
  // e^−|x| cannot overflow, and for x < 0 the numerator keeps tiny results exact
  const e = expLanes(f32x4.neg(f32x4.abs(x)));
  const numerator = v128.bitselect(every(1), e, f32x4.ge(x, every(0)));
  return f32x4.div(numerator, f32x4.add(every(1), e));
}

@inline
export function tanhLanes(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(size, size);
  let p = multiplyAdd(z, every(-5.70498872745e-3), every(2.06390887954e-2));
  p = multiplyAdd(p, z, every(-5.37397155531e-2));
  p = multiplyAdd(p, z, every(1.33314422036e-1));
  p = multiplyAdd(p, z, every(-3.33332819422e-1));
  const near = multiplyAdd(f32x4.mul(p, z), size, size);
  const e = f32x4.add(expLanes(f32x4.add(size, size)), every(1));
  const far = f32x4.sub(every(1), f32x4.div(every(2), e));
  const y = v128.bitselect(near, far, f32x4.lt(size, every(0.625)));
  return v128.bitselect(x, y, every(-0.0)); // the sign of x, that of −0 too
}

@inline
export function softplusLanes(x: v128): v128 {
  const e = expLanes(f32x4.neg(f32x4.abs(x)));
  const s = f32x4.div(e, f32x4.add(e, every(2)));
  const z = f32x4.mul(s, s);
  let p = multiplyAdd(z, every(1.0 / 15.0), every(1.0 / 13.0));
  p = multiplyAdd(p, z, every(1.0 / 11.0));
  p = multiplyAdd(p, z, every(1.0 / 9.0));
  p = multiplyAdd(p, z, every(1.0 / 7.0));
  p = multiplyAdd(p, z, every(1.0 / 5.0));
  p = multiplyAdd(p, z, every(1.0 / 3.0));
  const half = multiplyAdd(f32x4.mul(p, z), s, s);
  return f32x4.add(f32x4.pmax(x, every(0)), f32x4.add(half, half));
}
