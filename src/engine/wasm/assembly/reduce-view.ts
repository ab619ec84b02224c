// Reductions of a view whose terms lie anywhere: windows that are pooled where they are.
//
//     out[o] = Σₘ x[rows[o] + terms[m]]    or    maxₘ x[rows[o] + terms[m]]      out contiguous
//
// sum adds in float64, one term after the other, and rounds once; max passes NaN on and orders −0 below +0.
// rows, terms: int32 [rank, sizes …, strides …]. mutates: out and scratch, escapes: nothing

import { every, loadPartial, loadStrided, storePartial } from './lanes';
import { viewOffsets } from './pack';
import { highPair, lowPair } from './reduce';

const enum Fold { sum, max }

/** Up to four results, `step` bytes apart in x. */
@inline
function foldLanes(fold: Fold, x: usize, step: i32, count: i32, terms: usize, end: usize): v128 {
  let low = fold == Fold.sum ? f64x2.splat(0) : every(-Infinity), high = f64x2.splat(0);
  for (let term = terms; term < end; term += 4) {
    const at = x + i32.load(term), lanes = step == 4 ? loadPartial(at, count) : loadStrided(at, step, count);
    if (fold == Fold.sum) {
      low = f64x2.add(low, lowPair(lanes));
      high = f64x2.add(high, highPair(lanes));
    } else {
      low = f32x4.max(low, lanes);
    }
  }
  return fold == Fold.sum ? i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2) : low;
}

/** A row of results. */
@inline
function foldRow(fold: Fold, out: usize, x: usize, n: i32, step: i32, terms: usize, end: usize): void {
  for (let left = n; left > 0; left -= 4, out += 16, x += step << 2) {
    const count = min(4, left);
    storePartial(out, foldLanes(fold, x, step, count, terms, end), count);
  }
}
function sumRowOfView(out: usize, x: usize, n: i32, step: i32, terms: usize, end: usize): void {
  foldRow(Fold.sum, out, x, n, step, terms, end);
}
function maxRowOfView(out: usize, x: usize, n: i32, step: i32, terms: usize, end: usize): void {
  foldRow(Fold.max, out, x, n, step, terms, end);
}

/** The results of the axes whose sizes lie at `sizes` and strides at `strides`; gives where the next result goes. */
function foldAxes(fold: Fold, out: usize, x: usize, axes: i32, sizes: usize, strides: usize, terms: usize, end: usize): usize {
  const size = axes > 0 ? i32.load(sizes) : 1, step = axes > 0 ? i32.load(strides) << 2 : 4;
  if (axes > 1) {
    for (let i = 0; i < size; ++i, x += step) out = foldAxes(fold, out, x, axes - 1, sizes + 4, strides + 4, terms, end);
    return out;
  }
  if (fold == Fold.sum) sumRowOfView(out, x, size, step, terms, end);
  else maxRowOfView(out, x, size, step, terms, end);
  return out + (size << 2);
}

@inline
function reduceView(fold: Fold, out: usize, rows: usize, columns: usize, x: usize, scratch: usize): void {
  const rank = i32.load(rows), columnRank = i32.load(columns);
  let count = 1;
  for (let i = 1; i <= columnRank; ++i) count *= i32.load(columns + (i << 2));
  viewOffsets(scratch, columns, 0, count);
  foldAxes(fold, out, x, rank, rows + 4, rows + 4 + (rank << 2), scratch, scratch + (count << 2));
}

export function sumView(out: usize, rows: usize, columns: usize, x: usize, scratch: usize): void {
  reduceView(Fold.sum, out, rows, columns, x, scratch);
}
export function maxView(out: usize, rows: usize, columns: usize, x: usize, scratch: usize): void {
  reduceView(Fold.max, out, rows, columns, x, scratch);
}
