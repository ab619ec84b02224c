// A row vector times a matrix, without packing: each element of the matrix is read once, in memory order.
//
//     out[j] = Σₚ x[p] · w[p, j]       x [k], w [k, n] of any strides
//
// Sums run as in `matmul`: in order within a block of `block` terms, then block by block.
// mutates: out and sums (n elements, rounded up to 4), escapes: nothing

import { addProduct, every, loadPartial, loadStrided, storePartial } from './lanes';

/** Rows of w lie together: adds x[p]·w[p, :] to the sums, four rows at a time. */
function addRows(sums: usize, n: i32, k: i32, x: usize, xStep: i32, w: usize, wStep: i32): void {
  let p = k;
  for (; p >= 4; p -= 4, x += 4 * xStep, w += 4 * wStep) {
    const x0 = v128.load32_splat(x), x1 = v128.load32_splat(x + xStep);
    const x2 = v128.load32_splat(x + 2 * xStep), x3 = v128.load32_splat(x + 3 * xStep);
    let w0 = w, to = sums, left = n;
    for (; left >= 4; left -= 4, w0 += 16, to += 16) {
      let s = addProduct(v128.load(to), x0, v128.load(w0));
      s = addProduct(s, x1, v128.load(w0 + wStep));
      s = addProduct(s, x2, v128.load(w0 + 2 * wStep));
      v128.store(to, addProduct(s, x3, v128.load(w0 + 3 * wStep)));
    }
    if (left > 0) {
      let s = addProduct(v128.load(to), x0, loadPartial(w0, left));
      s = addProduct(s, x1, loadPartial(w0 + wStep, left));
      s = addProduct(s, x2, loadPartial(w0 + 2 * wStep, left));
      v128.store(to, addProduct(s, x3, loadPartial(w0 + 3 * wStep, left)));
    }
  }
  for (; p > 0; --p, x += xStep, w += wStep) {
    const x0 = v128.load32_splat(x);
    for (let j = 0; j < n; j += 4) {
      const to = sums + (j << 2);
      v128.store(to, addProduct(v128.load(to), x0, loadPartial(w + (j << 2), n - j)));
    }
  }
}

/** Four terms for four columns whose elements lie together: the block is transposed in registers. */
@inline
function addFour(s: v128, x: usize, xStep: i32, w: usize, wStep: i32): v128 {
  const r0 = v128.load(w), r1 = v128.load(w + wStep);
  const r2 = v128.load(w + 2 * wStep), r3 = v128.load(w + 3 * wStep);
  const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5), low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7), high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  s = addProduct(s, v128.load32_splat(x), i64x2.shuffle(low01, low23, 0, 2));
  s = addProduct(s, v128.load32_splat(x + xStep), i64x2.shuffle(low01, low23, 1, 3));
  s = addProduct(s, v128.load32_splat(x + 2 * xStep), i64x2.shuffle(high01, high23, 0, 2));
  return addProduct(s, v128.load32_splat(x + 3 * xStep), i64x2.shuffle(high01, high23, 1, 3));
}

/** Columns of w lie together, or nothing does: the sums of eight columns at a time stay in registers. */
function sumColumns(sums: usize, n: i32, k: i32, x: usize, xStep: i32, w: usize, wRowStep: i32, wColStep: i32): void {
  for (let j = 0; j < n; j += 8, w += 8 * wColStep, sums += 32) {
    const first = min(4, n - j), second = min(4, n - j - 4), high = w + 4 * wColStep;
    let s0 = every(0), s1 = every(0), p = 0;
    if (wRowStep == 4 && second == 4) {
      for (; p + 4 <= k; p += 4) {
        s0 = addFour(s0, x + p * xStep, xStep, w + (p << 2), wColStep);
        s1 = addFour(s1, x + p * xStep, xStep, high + (p << 2), wColStep);
      }
    }
    for (; p < k; ++p) {
      const y = v128.load32_splat(x + p * xStep), at = p * wRowStep;
      s0 = addProduct(s0, y, loadStrided(w + at, wColStep, first));
      if (second > 0) s1 = addProduct(s1, y, loadStrided(high + at, wColStep, second));
    }
    storePartial(sums, s0, first);
    if (second > 0) storePartial(sums + 16, s1, second);
  }
}

/** Stores (or, past the first block of terms, adds) n sums. */
function storeSums(out: usize, sums: usize, n: i32, isFirst: bool): void {
  for (let left = n; left > 0; left -= 4, out += 16, sums += 16) {
    const s = v128.load(sums);
    storePartial(out, isFirst ? s : f32x4.add(loadPartial(out, left), s), left);
  }
}

export function rowTimesMatrix(
  out: usize, n: i32, k: i32, block: i32,
  x: usize, xStride: i32, w: usize, wRow: i32, wCol: i32, sums: usize,
): void {
  const xStep = xStride << 2, rowStep = wRow << 2, colStep = wCol << 2;
  for (let p = 0; p < k; p += block) {
    const depth = min(block, k - p), xp = x + p * xStep, wp = w + p * rowStep;
    if (wCol == 1) {
      memory.fill(sums, 0, n << 2);
      addRows(sums, n, depth, xp, xStep, wp, rowStep);
    } else {
      sumColumns(sums, n, depth, xp, xStep, wp, rowStep, colStep);
    }
    storeSums(out, sums, n, p == 0);
  }
}
