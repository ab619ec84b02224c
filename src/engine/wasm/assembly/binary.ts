// Element-wise kernels of two operands, and select.
//
//     out[i, j] = f(a[i·aOuter + j·aInner], b[i·bOuter + j·bInner])      out contiguous [outer, inner]; strides in elements
//
// One loop serves all: the operation is a constant where the loop is inlined, so its choice is folded away.
// maximum and minimum pass NaN on and order −0 below +0, as Math.max and Math.min do. Comparisons give masks;
// those with NaN are false. Integer arithmetic wraps modulo 2³².
// mutates: out, escapes: nothing

import { loadStrided, storePartial } from './lanes';
import { powLanes } from './power';

const enum Binary {
  add, sub, mul, div, pow, maximum, minimum, less, lessEqual, equal,
  addInt, subInt, mulInt, maximumSigned, minimumSigned, maximumUnsigned, minimumUnsigned,
  lessSigned, lessEqualSigned, lessUnsigned, lessEqualUnsigned, equalInt,
  and, or, xor,
}

@inline
function applyFloat(op: Binary, x: v128, y: v128): v128 {
  if (op == Binary.add) return f32x4.add(x, y);
  if (op == Binary.sub) return f32x4.sub(x, y);
  if (op == Binary.mul) return f32x4.mul(x, y);
  if (op == Binary.div) return f32x4.div(x, y);
  if (op == Binary.pow) return powLanes(x, y);
  if (op == Binary.maximum) return f32x4.max(x, y);
  if (op == Binary.minimum) return f32x4.min(x, y);
  if (op == Binary.less) return f32x4.lt(x, y);
  if (op == Binary.lessEqual) return f32x4.le(x, y);
  return f32x4.eq(x, y);
}

@inline
function applyInteger(op: Binary, x: v128, y: v128): v128 {
  if (op == Binary.addInt) return i32x4.add(x, y);
  if (op == Binary.subInt) return i32x4.sub(x, y);
  if (op == Binary.mulInt) return i32x4.mul(x, y);
  if (op == Binary.maximumSigned) return i32x4.max_s(x, y);
  if (op == Binary.minimumSigned) return i32x4.min_s(x, y);
  if (op == Binary.maximumUnsigned) return i32x4.max_u(x, y);
  if (op == Binary.minimumUnsigned) return i32x4.min_u(x, y);
  if (op == Binary.lessSigned) return i32x4.lt_s(x, y);
  if (op == Binary.lessEqualSigned) return i32x4.le_s(x, y);
  if (op == Binary.lessUnsigned) return i32x4.lt_u(x, y);
  if (op == Binary.lessEqualUnsigned) return i32x4.le_u(x, y);
  return i32x4.eq(x, y);
}

@inline
function apply(op: Binary, x: v128, y: v128): v128 {
  if (op <= Binary.equal) return applyFloat(op, x, y);
  if (op <= Binary.equalInt) return applyInteger(op, x, y);
  if (op == Binary.and) return v128.and(x, y);
  if (op == Binary.or) return v128.or(x, y);
  return v128.xor(x, y);
}

@inline
function each(
  op: Binary, out: usize, outer: i32, inner: i32,
  a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32,
): void {
  let rows = outer, columns = inner, s = aInner << 2, t = bInner << 2;
  if (inner == 1) { rows = 1; columns = outer; s = aOuter << 2; t = bOuter << 2; }
  else if (aOuter == inner * aInner && bOuter == inner * bInner) { rows = 1; columns = outer * inner; }
  for (let i = 0; i < rows; ++i) {
    let p = a + ((i * aOuter) << 2), q = b + ((i * bOuter) << 2), left = columns;
    if (left < 4) {
      // too short for the loops below
    } else if (s == 4 && t == 4) {
      for (; left >= 4; left -= 4, p += 16, q += 16, out += 16) v128.store(out, apply(op, v128.load(p), v128.load(q)));
    } else if (s == 4 && t == 0) {
      const y = v128.load32_splat(q);
      for (; left >= 4; left -= 4, p += 16, out += 16) v128.store(out, apply(op, v128.load(p), y));
    } else if (s == 0 && t == 4) {
      const x = v128.load32_splat(p);
      for (; left >= 4; left -= 4, q += 16, out += 16) v128.store(out, apply(op, x, v128.load(q)));
    }
    for (; left > 0; left -= 4, p += s << 2, q += t << 2) {
      const count = left < 4 ? left : 4;
      storePartial(out, apply(op, loadStrided(p, s, count), loadStrided(q, t, count)), count);
      out += count << 2;
    }
  }
}

/** out = c ? a : b, by bits; c is a mask. */
export function select(
  out: usize, outer: i32, inner: i32, c: usize, cOuter: i32, cInner: i32,
  a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32,
): void {
  const flat = cOuter == inner * cInner && aOuter == inner * aInner && bOuter == inner * bInner;
  const rows = flat ? 1 : outer, columns = flat ? outer * inner : inner;
  const r = cInner << 2, s = aInner << 2, t = bInner << 2;
  for (let i = 0; i < rows; ++i) {
    let o = c + ((i * cOuter) << 2), p = a + ((i * aOuter) << 2), q = b + ((i * bOuter) << 2), left = columns;
    if (r == 4 && s == 4 && t == 4) {
      for (; left >= 4; left -= 4, o += 16, p += 16, q += 16, out += 16) {
        v128.store(out, v128.bitselect(v128.load(p), v128.load(q), v128.load(o)));
      }
    }
    for (; left > 0; left -= 4, o += r << 2, p += s << 2, q += t << 2) {
      const count = left < 4 ? left : 4;
      const x = loadStrided(p, s, count), y = loadStrided(q, t, count);
      storePartial(out, v128.bitselect(x, y, loadStrided(o, r, count)), count);
      out += count << 2;
    }
  }
}

export function add(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.add, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function sub(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.sub, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function mul(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.mul, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function div(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.div, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function pow(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.pow, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function maximum(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.maximum, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function minimum(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.minimum, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function less(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.less, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function lessEqual(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.lessEqual, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function equal(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.equal, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function addInt(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.addInt, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function subInt(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.subInt, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function mulInt(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.mulInt, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function maximumSigned(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.maximumSigned, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function minimumSigned(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.minimumSigned, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function maximumUnsigned(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.maximumUnsigned, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function minimumUnsigned(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.minimumUnsigned, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function lessSigned(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.lessSigned, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function lessEqualSigned(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.lessEqualSigned, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function lessUnsigned(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.lessUnsigned, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function lessEqualUnsigned(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.lessEqualUnsigned, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function equalInt(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.equalInt, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function and(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.and, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function or(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.or, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
export function xor(out: usize, outer: i32, inner: i32, a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32): void {
  each(Binary.xor, out, outer, inner, a, aOuter, aInner, b, bOuter, bInner);
}
