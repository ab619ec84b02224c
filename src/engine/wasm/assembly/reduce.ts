// Reductions over the middle axis.
//
//     out[o, i] = Σₘ x[o, m, i]    or    maxₘ x[o, m, i]      x contiguous [outer, mid, inner]; out [outer, inner]
//
// sum adds in float64 and rounds once: |error| ≤ 2⁻²⁴·|Σ x| + mid·2⁻⁵³·Σ|x|, tighter than eps·log n while mid < 2²⁹.
// sumInt wraps modulo 2³². max passes NaN on and orders −0 below +0; an empty mid gives −Infinity, the least
// int32, or 0. Each output is summed in an order that does not depend on the other outputs.
// mutates: out, escapes: nothing

import { every, loadPartial, storePartial } from './lanes';

@inline
export function lowPair(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

@inline
export function highPair(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 0));
}

/** The sum of n elements that lie together. */
function sumRow(x: usize, n: i32): f32 {
  const zero = f64x2.splat(0);
  let s0 = zero, s1 = zero, s2 = zero, s3 = zero, left = n;
  for (; left >= 8; left -= 8, x += 32) {
    const low = v128.load(x), high = v128.load(x, 16);
    s0 = f64x2.add(s0, lowPair(low));
    s1 = f64x2.add(s1, highPair(low));
    s2 = f64x2.add(s2, lowPair(high));
    s3 = f64x2.add(s3, highPair(high));
  }
  const s = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let total = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; left > 0; --left, x += 4) total += <f64>f32.load(x);
  return <f32>total;
}

/** The sums of up to 8 columns, `step` bytes from row to row. */
function sumColumns(out: usize, x: usize, mid: i32, step: i32, count: i32): void {
  const zero = f64x2.splat(0);
  let s0 = zero, s1 = zero, s2 = zero, s3 = zero;
  for (let m = 0; m < mid; ++m, x += step) {
    const low = loadPartial(x, count);
    s0 = f64x2.add(s0, lowPair(low));
    s1 = f64x2.add(s1, highPair(low));
    if (count > 4) {
      const high = loadPartial(x + 16, count - 4);
      s2 = f64x2.add(s2, lowPair(high));
      s3 = f64x2.add(s3, highPair(high));
    }
  }
  const low = i64x2.shuffle(f32x4.demote_f64x2_zero(s0), f32x4.demote_f64x2_zero(s1), 0, 2);
  storePartial(out, low, count);
  if (count > 4) {
    storePartial(out + 16, i64x2.shuffle(f32x4.demote_f64x2_zero(s2), f32x4.demote_f64x2_zero(s3), 0, 2), count - 4);
  }
}

export function sum(out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  const step = inner << 2;
  for (let o = 0; o < outer; ++o, x += mid * step, out += step) {
    if (inner == 1) f32.store(out, sumRow(x, mid));
    else for (let i = 0; i < inner; i += 8) sumColumns(out + (i << 2), x + (i << 2), mid, step, min(8, inner - i));
  }
}

const enum Fold { sumInt, max, maxSigned, maxUnsigned }

@inline
function combine(op: Fold, x: v128, y: v128): v128 {
  if (op == Fold.sumInt) return i32x4.add(x, y);
  if (op == Fold.max) return f32x4.max(x, y);
  if (op == Fold.maxSigned) return i32x4.max_s(x, y);
  return i32x4.max_u(x, y);
}

@inline
function start(op: Fold): v128 {
  if (op == Fold.max) return every(-Infinity);
  if (op == Fold.maxSigned) return i32x4.splat(i32.MIN_VALUE);
  return i32x4.splat(0);
}

@inline
function foldRow(op: Fold, x: usize, mid: i32): v128 {
  const none = start(op);
  let s = none, left = mid;
  if (left >= 16) {
    let s1 = none, s2 = none, s3 = none; // four chains: one would wait for each result
    for (; left >= 16; left -= 16, x += 64) {
      s = combine(op, s, v128.load(x));
      s1 = combine(op, s1, v128.load(x, 16));
      s2 = combine(op, s2, v128.load(x, 32));
      s3 = combine(op, s3, v128.load(x, 48));
    }
    s = combine(op, combine(op, s, s1), combine(op, s2, s3));
  }
  for (; left >= 4; left -= 4, x += 16) s = combine(op, s, v128.load(x));
  s = combine(op, s, i64x2.shuffle(s, s, 1, 0));
  s = combine(op, s, i32x4.shuffle(s, s, 1, 0, 3, 2));
  for (; left > 0; --left, x += 4) s = combine(op, s, v128.load32_splat(x));
  return s;
}

@inline
function fold(op: Fold, out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  const step = inner << 2;
  for (let o = 0; o < outer; ++o, x += mid * step) {
    if (inner == 1) {
      v128.store32_lane(out, foldRow(op, x, mid), 0);
      out += 4;
    } else {
      for (let left = inner, p = x; left > 0; left -= 4, p += 16) {
        const count = min(4, left);
        let s = start(op);
        for (let m = 0, q = p; m < mid; ++m, q += step) s = combine(op, s, loadPartial(q, count));
        storePartial(out, s, count);
        out += count << 2;
      }
    }
  }
}

export function sumInt(out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  fold(Fold.sumInt, out, outer, mid, inner, x);
}
export function max(out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  fold(Fold.max, out, outer, mid, inner, x);
}
export function maxSigned(out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  fold(Fold.maxSigned, out, outer, mid, inner, x);
}
export function maxUnsigned(out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  fold(Fold.maxUnsigned, out, outer, mid, inner, x);
}
