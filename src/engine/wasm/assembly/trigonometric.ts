// sin and cos of four f32 lanes, in plain IEEE arithmetic: the same bits on every machine.
//
//     r = x − k·π/2 in float64,  k = round(x·2/π),  |r| ≤ π/4;
//     then ±sin r or ±cos r by the quadrant k mod 4.
//
// From |x| = 2¹⁷ on, where k·π/2 needs more digits, lanes go one by one to AssemblyScript's float64 functions
// (its float32 ones are wrong from 2⁸⁹ to 2⁹⁰, where they shift by a whole word).
// sin(−0) = −0; Infinity and NaN give NaN. Largest error found (units in the last place):
// sin 1.6, cos 1.6 below 2¹⁷, and 0.6 above.
// Polynomials: Moshier, Cephes Mathematical Library (sinf.c).

import { every, multiplyAdd } from './lanes';

const LARGE: f32 = 131072;

/** π/2 to 33 bits, so that a product with k < 2¹⁷ is exact, and the rest of it. */
const HALF_PI: f64 = 1.57079632673412561417;
const HALF_PI_REST: f64 = 6.07710050650619224932e-11;

/** x − k·π/2 for the two low lanes. */
@inline
function reducedPair(x: v128, k: v128): v128 {
  const quarter = f64x2.promote_low_f32x4(k);
  const r = f64x2.sub(f64x2.promote_low_f32x4(x), f64x2.mul(quarter, f64x2.splat(HALF_PI)));
  return f32x4.demote_f64x2_zero(f64x2.sub(r, f64x2.mul(quarter, f64x2.splat(HALF_PI_REST))));
}

/** sin(x + shift·π/2) for |x| < 2¹⁷. */
@inline
function sineShifted(x: v128, shift: i32): v128 {
  const k = f32x4.nearest(f32x4.mul(x, every(0.636619772)));
  const high = reducedPair(i64x2.shuffle(x, x, 1, 0), i64x2.shuffle(k, k, 1, 0));
  const r = i64x2.shuffle(reducedPair(x, k), high, 0, 2);
  const quadrant = i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(shift));
  const z = f32x4.mul(r, r);
  let s = multiplyAdd(z, every(-1.9515295891e-4), every(8.3321608736e-3));
  s = multiplyAdd(s, z, every(-1.6666654611e-1));
  const sine = multiplyAdd(f32x4.mul(s, z), r, r);
  let c = multiplyAdd(z, every(2.443315711809948e-5), every(-1.388731625493765e-3));
  c = multiplyAdd(c, z, every(4.166664568298827e-2));
  const cosine = f32x4.add(multiplyAdd(z, every(-0.5), f32x4.mul(f32x4.mul(c, z), z)), every(1));
  const odd = i32x4.ne(v128.and(quadrant, i32x4.splat(1)), i32x4.splat(0));
  const sign = i32x4.shl(v128.and(quadrant, i32x4.splat(2)), 30);
  return v128.xor(v128.bitselect(cosine, sine, odd), sign);
}

/** The lanes that are too large for the fast path, or NaN. */
@inline
function largeLanes(x: v128): v128 {
  return v128.not(f32x4.lt(f32x4.abs(x), every(LARGE)));
}

@inline
function sineOf(x: f32): f32 {
  return <f32>NativeMath.sin(<f64>x);
}

@inline
function cosineOf(x: f32): f32 {
  return <f32>NativeMath.cos(<f64>x);
}

function sineOfLarge(x: v128): v128 {
  let y = every(sineOf(f32x4.extract_lane(x, 0)));
  y = f32x4.replace_lane(y, 1, sineOf(f32x4.extract_lane(x, 1)));
  y = f32x4.replace_lane(y, 2, sineOf(f32x4.extract_lane(x, 2)));
  return f32x4.replace_lane(y, 3, sineOf(f32x4.extract_lane(x, 3)));
}

function cosineOfLarge(x: v128): v128 {
  let y = every(cosineOf(f32x4.extract_lane(x, 0)));
  y = f32x4.replace_lane(y, 1, cosineOf(f32x4.extract_lane(x, 1)));
  y = f32x4.replace_lane(y, 2, cosineOf(f32x4.extract_lane(x, 2)));
  return f32x4.replace_lane(y, 3, cosineOf(f32x4.extract_lane(x, 3)));
}

@inline
export function sinLanes(x: v128): v128 {
  const y = v128.bitselect(x, sineShifted(x, 0), f32x4.eq(x, every(0))); // keeps −0
  const large = largeLanes(x);
  return v128.any_true(large) ? v128.bitselect(sineOfLarge(x), y, large) : y; // a lane's bits ignore its neighbours
}

@inline
export function cosLanes(x: v128): v128 {
  const y = sineShifted(x, 1);
  const large = largeLanes(x);
  return v128.any_true(large) ? v128.bitselect(cosineOfLarge(x), y, large) : y;
}
