// The index of the first maximum over the middle axis, as an int32.
//
//     out[o, i] = min { m : x[o, m, i] = maxₘ x[o, m, i] }      x contiguous [outer, mid, inner]; out [outer, inner]
//
// A NaN counts as the maximum, and the first NaN wins; −0 and +0 tie. An empty mid gives 0.
// mutates: out, escapes: nothing

import { loadStrided, storePartial } from './lanes';

const enum Order { float, signed, unsigned }

/** True in the lanes where x beats the best so far. */
@inline
function beats(order: Order, x: v128, best: v128): v128 {
  if (order == Order.signed) return i32x4.gt_s(x, best);
  if (order == Order.unsigned) return i32x4.gt_u(x, best);
  const isFirstNaN = v128.andnot(f32x4.ne(x, x), f32x4.ne(best, best));
  return v128.or(f32x4.gt(x, best), isFirstNaN);
}

/** Four outputs at a time: neighbours along inner, or along outer where inner is 1. */
@inline
function scan(order: Order, out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  const isRow = inner == 1;
  const groups = isRow ? 1 : outer, lanes = isRow ? outer : inner;
  const laneStep = isRow ? mid << 2 : 4, step = inner << 2;
  for (let o = 0; o < groups; ++o, x += mid * step) {
    for (let i = 0; i < lanes; i += 4) {
      const count = min(4, lanes - i);
      let p = x + i * laneStep, index = i32x4.splat(0);
      let best = mid > 0 ? loadStrided(p, laneStep, count) : index;
      for (let m = 1; m < mid; ++m) {
        p += step;
        const y = loadStrided(p, laneStep, count), isBetter = beats(order, y, best);
        best = v128.bitselect(y, best, isBetter);
        index = v128.bitselect(i32x4.splat(m), index, isBetter);
      }
      storePartial(out, index, count);
      out += count << 2;
    }
  }
}

export function argMax(out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  scan(Order.float, out, outer, mid, inner, x);
}
export function argMaxSigned(out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  scan(Order.signed, out, outer, mid, inner, x);
}
export function argMaxUnsigned(out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  scan(Order.unsigned, out, outer, mid, inner, x);
}
