// The error function of four f32 lanes, in plain IEEE arithmetic: the same bits on every machine.
//
//     erf(x) = x + x·P(x²) for |x| < 1,  ±(1 − e^−Q(|x|)) above, where Q(x) = −log erfc x
//
// erf(−0) = −0, and from |x| = 4 on it is ±1. Largest error found (units in the last place): 1.3.
// P: Moshier, Cephes Mathematical Library (ndtrf.c), less the 1 of its last coefficient. Q: a polynomial whose largest error on
// [1, 4], times erfc x, is as small as can be: 2⁻²⁹.

import { expLanes } from './exponential';
import { every, multiplyAdd } from './lanes';

/** erf x for 0 ≤ x < 1. */
@inline
function near(x: v128): v128 {
  const z = f32x4.mul(x, x);
  let p = multiplyAdd(z, every(7.853861353153693e-5), every(-8.010193625184903e-4));
  p = multiplyAdd(p, z, every(5.188327685732524e-3));
  p = multiplyAdd(p, z, every(-2.685381193529856e-2));
  p = multiplyAdd(p, z, every(1.128358514861418e-1));
  p = multiplyAdd(p, z, every(-3.7612625824233e-1));
  p = multiplyAdd(p, z, every(1.2837916572671e-1));
  return multiplyAdd(p, x, x);
}

/** erf x for x ≥ 1. */
@inline
function far(size: v128): v128 {
  const x = f32x4.pmin(size, every(4));
  let q = multiplyAdd(x, every(-1.8557406882292506e-4), every(2.9396078655550685e-3));
  q = multiplyAdd(q, x, every(-2.1805320512521917e-2));
  q = multiplyAdd(q, x, every(1.0303737318453413e-1));
  q = multiplyAdd(q, x, every(6.382256722933808e-1));
  q = multiplyAdd(q, x, every(1.127040038926809));
  q = multiplyAdd(q, x, every(3.5371879167264697e-4));
  return f32x4.sub(every(1), expLanes(f32x4.neg(q)));
}

@inline
export function erfLanes(x: v128): v128 {
  const size = f32x4.abs(x);
  const y = v128.bitselect(near(size), far(size), f32x4.lt(size, every(1)));
  return v128.bitselect(x, y, every(-0.0)); // the sign of x, that of −0 too
}
