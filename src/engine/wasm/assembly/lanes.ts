// Four lanes at a time: loads and stores for whole vectors, remainders and strides.
//
// Every element is 4 bytes wide, so one set of functions serves f32, i32, u32 and masks.
// Lanes past `count` read as zero and are never stored; nothing outside the operand is touched,
// and no scratch memory is used, so threads may run the same kernel side by side.

/** The constant x in all four lanes. */
@inline
export function every(x: f32): v128 {
  return f32x4.splat(x);
}

/** a · b + c, with two roundings. */
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** c + a · b, a term of a product more: with two roundings, or with one where the kernels are relaxed. */
@inline
export function addProduct(c: v128, a: v128, b: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The first `count` (1 to 4) elements at p. */
export function loadPartial(p: usize, count: i32): v128 {
  if (count >= 4) return v128.load(p);
  if (count == 1) return v128.load32_zero(p);
  const low = v128.load64_zero(p);
  return count == 2 ? low : v128.load32_lane(p, low, 2, 8);
}

/** The first `count` (1 to 4) elements at p, `step` bytes apart. */
export function loadStrided(p: usize, step: i32, count: i32): v128 {
  if (step == 0) return v128.load32_splat(p);
  if (step == 4) return loadPartial(p, count);
  let x = v128.load32_zero(p);
  if (count > 1) x = v128.load32_lane(p + step, x, 1);
  if (count > 2) x = v128.load32_lane(p + 2 * step, x, 2);
  if (count > 3) x = v128.load32_lane(p + 3 * step, x, 3);
  return x;
}

/** Stores the first `count` (1 to 4) lanes of x at p. */
export function storePartial(p: usize, x: v128, count: i32): void {
  if (count >= 4) {
    v128.store(p, x);
  } else if (count == 1) {
    v128.store32_lane(p, x, 0);
  } else {
    v128.store64_lane(p, x, 0);
    if (count == 3) v128.store32_lane(p, x, 2, 8);
  }
}

/** Transposes the 4×4 block with these rows, into rows `toStep` bytes apart. */
@inline
export function transposeRows(to: usize, toStep: i32, from0: usize, from1: usize, from2: usize, from3: usize): void {
  const r0 = v128.load(from0);
  const r1 = v128.load(from1);
  const r2 = v128.load(from2);
  const r3 = v128.load(from3);
  const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5);
  const low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(low01, low23, 0, 2));
  v128.store(to + toStep, i64x2.shuffle(low01, low23, 1, 3));
  v128.store(to + 2 * toStep, i64x2.shuffle(high01, high23, 0, 2));
  v128.store(to + 3 * toStep, i64x2.shuffle(high01, high23, 1, 3));
}

/** Transposes the 4×4 block whose rows lie `fromStep` bytes apart, into rows `toStep` bytes apart. */
@inline
export function transposeBlock(to: usize, toStep: i32, from: usize, fromStep: i32): void {
  transposeRows(to, toStep, from, from + fromStep, from + 2 * fromStep, from + 3 * fromStep);
}
