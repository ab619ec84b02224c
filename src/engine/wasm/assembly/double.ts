// Sums, maxima and products of float64, two lanes at a time. Every sum has its terms in order, from 0: the bits of plain loops.
//
//     out[o, i] = Σₘ x[o, m, i]    or    maxₘ x[o, m, i]      x contiguous [outer, mid, inner]; out [outer, inner]
//     out[i, j] = Σₚ a[i, p] · b[p, j]      a [m, k], b [k, n] of any strides; the rows of out `outRow` elements apart
//
// max passes NaN on and orders −0 below +0; an empty mid gives −Infinity. argMax, scatterAddRows and scatterAddView are those of
// 4-byte elements, one number at a time.
// mutates: out, escapes: nothing

const enum Fold { sum, max }

/** The first `count` (1 or 2) elements at p, `step` bytes apart. */
@inline
function loadPair(p: usize, step: i32, count: i32): v128 {
  if (count < 2) return v128.load64_zero(p);
  return step == 8 ? v128.load(p) : v128.load64_lane(p + step, v128.load64_zero(p), 1);
}

/** Stores the first `count` (1 or 2) lanes of x at p. */
@inline
function storePair(p: usize, x: v128, count: i32): void {
  if (count < 2) v128.store64_lane(p, x, 0);
  else v128.store(p, x);
}

@inline
function fold(op: Fold, out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  const step = inner << 3;
  for (let o = 0; o < outer; ++o, x += mid * step) {
    for (let i = 0; i < inner; i += 2) {
      const count = min(2, inner - i);
      let s = f64x2.splat(op == Fold.sum ? 0 : -Infinity);
      for (let m = 0, p = x + (i << 3); m < mid; ++m, p += step) {
        const y = loadPair(p, 8, count);
        s = op == Fold.sum ? f64x2.add(s, y) : f64x2.max(s, y);
      }
      storePair(out, s, count);
      out += count << 3;
    }
  }
}

export function sumDouble(out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  fold(Fold.sum, out, outer, mid, inner, x);
}
export function maxDouble(out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  fold(Fold.max, out, outer, mid, inner, x);
}

@inline
function addTerm(s: v128, a: usize, y: v128): v128 {
  return f64x2.add(s, f64x2.mul(v128.load64_splat(a), y));
}

/** Four rows of out, one or two columns; all steps in bytes. */
function fourRows(out: usize, row: i32, k: i32, a: usize, aRow: i32, aCol: i32, b: usize, bRow: i32, bCol: i32, count: i32): void {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (let p = 0; p < k; ++p, a += aCol, b += bRow) {
    const y = loadPair(b, bCol, count);
    s0 = addTerm(s0, a, y);
    s1 = addTerm(s1, a + aRow, y);
    s2 = addTerm(s2, a + 2 * aRow, y);
    s3 = addTerm(s3, a + 3 * aRow, y);
  }
  storePair(out, s0, count);
  storePair(out + row, s1, count);
  storePair(out + 2 * row, s2, count);
  storePair(out + 3 * row, s3, count);
}

function oneRow(out: usize, k: i32, a: usize, aCol: i32, b: usize, bRow: i32, bCol: i32, count: i32): void {
  let s = f64x2.splat(0);
  for (let p = 0; p < k; ++p, a += aCol, b += bRow) s = addTerm(s, a, loadPair(b, bCol, count));
  storePair(out, s, count);
}

export function matmulDouble(
  out: usize, outRow: i32, m: i32, n: i32, k: i32,
  a: usize, aRowStride: i32, aColStride: i32, b: usize, bRowStride: i32, bColStride: i32,
): void {
  const aRow = aRowStride << 3, aCol = aColStride << 3, bRow = bRowStride << 3, bCol = bColStride << 3, row = outRow << 3;
  let i = 0;
  for (; i + 4 <= m; i += 4, a += 4 * aRow, out += 4 * row) {
    for (let j = 0; j < n; j += 2) {
      fourRows(out + (j << 3), row, k, a, aRow, aCol, b + j * bCol, bRow, bCol, min(2, n - j));
    }
  }
  for (; i < m; ++i, a += aRow, out += row) {
    for (let j = 0; j < n; j += 2) oneRow(out + (j << 3), k, a, aCol, b + j * bCol, bRow, bCol, min(2, n - j));
  }
}

export function argMaxDouble(out: usize, outer: i32, mid: i32, inner: i32, x: usize): void {
  const step = inner << 3;
  for (let o = 0; o < outer; ++o, x += mid * step) {
    for (let i = 0; i < inner; ++i, out += 4) {
      let p = x + (i << 3), best = mid > 0 ? f64.load(p) : 0, at = 0;
      for (let m = 1; m < mid; ++m) {
        p += step;
        const y = f64.load(p);
        if (y > best || (y != y && best == best)) {
          best = y;
          at = m;
        }
      }
      i32.store(out, at);
    }
  }
}

@inline
function addTo(to: usize, from: usize): void {
  f64.store(to, f64.load(to) + f64.load(from));
}

export function scatterAddRowsDouble(out: usize, dy: usize, indices: usize, batch: i32, count: i32, size: i32, row: i32): void {
  const bytes = row << 3;
  memory.fill(out, 0, batch * size * bytes);
  for (let b = 0; b < batch; ++b, out += size * bytes) {
    for (let k = 0; k < count; ++k, indices += 4, dy += bytes) {
      const index = i32.load(indices);
      if (<u32>index >= <u32>size) continue;
      for (let r = 0; r < bytes; r += 8) addTo(out + index * bytes + r, dy + r);
    }
  }
}

/** The axes from the one on whose size lies at `sizes`; gives the end of the block. */
function addAxes(view: usize, block: usize, axes: i32, sizes: usize, strides: usize): usize {
  if (axes == 0) {
    addTo(view, block);
    return block + 8;
  }
  const size = i32.load(sizes), step = i32.load(strides) << 3;
  if (axes == 1) {
    for (let i = 0; i < size; ++i, view += step, block += 8) addTo(view, block);
    return block;
  }
  for (let i = 0; i < size; ++i, view += step) block = addAxes(view, block, axes - 1, sizes + 4, strides + 4);
  return block;
}

/** The view of out ← itself + x. */
export function scatterAddViewDouble(out: usize, meta: usize, x: usize): void {
  const rank = i32.load(meta);
  addAxes(out, x, rank, meta + 4, meta + 4 + (rank << 2));
}
