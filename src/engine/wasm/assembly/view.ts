// Strided views: out of a view into a contiguous block (gather), and back (scatter, scatter-add).
//
//     view[i₀, i₁, …] = x[Σ iₐ·strideₐ]       meta: int32 [rank, size₀ …, stride₀ …]; strides in elements
//
// Axes are walked in row-major order; where a view meets an element more than once, scatter keeps the last value and
// scatter-add adds in that order. Axes that could be merged, and axes of size 1, are best merged by the caller.
// mutates: out, escapes: nothing

import { copy, repeat } from './copy';
import { loadPartial, storePartial, transposeBlock } from './lanes';

const enum Move { gather, scatter, add, addInt }

/** Columns transposed at a time, so that the lines they lie on stay in the first cache. */
const BAND = 64;

@inline
function moveElement(move: Move, block: usize, view: usize): void {
  if (move == Move.gather) i32.store(block, i32.load(view));
  else if (move == Move.scatter) i32.store(view, i32.load(block));
  else if (move == Move.add) f32.store(view, f32.load(view) + f32.load(block));
  else i32.store(view, i32.load(view) + i32.load(block));
}

/** n elements that lie together on both sides. */
@inline
function moveRow(move: Move, block: usize, view: usize, n: i32): void {
  if (move == Move.gather) copy(block, view, n << 2);
  else if (move == Move.scatter) copy(view, block, n << 2);
  else {
    for (let left = n; left > 0; left -= 4, block += 16, view += 16) {
      const x = loadPartial(view, left), y = loadPartial(block, left);
      storePartial(view, move == Move.add ? f32x4.add(x, y) : i32x4.add(x, y), left);
    }
  }
}

@inline
function moveElements(move: Move, block: usize, view: usize, rows: i32, columns: i32, s: i32, t: i32, step: i32): void {
  for (let i = 0; i < rows; ++i, view += s, block += step) {
    for (let j = 0, at = view; j < columns; ++j, at += t) moveElement(move, block + (j << 2), at);
  }
}

/** A view whose rows, not columns, lie together: 4×4 blocks, then the edges. */
@inline
function moveTransposed(move: Move, block: usize, view: usize, rows: i32, columns: i32, t: i32): void {
  const step = columns << 2, wholeRows = rows & ~3, wholeColumns = columns & ~3;
  for (let band = 0; band < wholeColumns; band += BAND) {
    const end = min(band + BAND, wholeColumns);
    for (let i = 0; i < wholeRows; i += 4) {
      for (let j = band; j < end; j += 4) {
        const here = block + i * step + (j << 2), there = view + (i << 2) + j * t;
        if (move == Move.gather) transposeBlock(here, step, there, t);
        else transposeBlock(there, t, here, step);
      }
    }
  }
  moveElements(move, block + (wholeColumns << 2), view + wholeColumns * t, wholeRows, columns - wholeColumns, 4, t, step);
  moveElements(move, block + wholeRows * step, view + (wholeRows << 2), rows - wholeRows, columns, 4, t, step);
}

/** The last two axes: rows × columns, s and t elements apart. */
@inline
function moveMatrix(move: Move, block: usize, view: usize, rows: i32, columns: i32, s: i32, t: i32): void {
  const step = columns << 2;
  if (columns == 0) return;
  if (t == 1 && s == columns) {
    moveRow(move, block, view, rows * columns);
  } else if (t == 1 && columns > 1) {
    for (let i = 0; i < rows; ++i) moveRow(move, block + i * step, view + ((i * s) << 2), columns);
  } else if (t == 0 && move == Move.gather) {
    for (let i = 0; i < rows; ++i) repeat(block + i * step, columns, i32.load(view + ((i * s) << 2)));
  } else if (s == 1 && move <= Move.scatter && rows >= 4 && (move == Move.gather || t >= rows)) {
    moveTransposed(move, block, view, rows, columns, t << 2);
  } else {
    moveElements(move, block, view, rows, columns, s << 2, t << 2, step);
  }
}

function gatherMatrix(block: usize, view: usize, rows: i32, columns: i32, s: i32, t: i32): void {
  moveMatrix(Move.gather, block, view, rows, columns, s, t);
}
function scatterMatrix(block: usize, view: usize, rows: i32, columns: i32, s: i32, t: i32): void {
  moveMatrix(Move.scatter, block, view, rows, columns, s, t);
}
function addMatrix(block: usize, view: usize, rows: i32, columns: i32, s: i32, t: i32): void {
  moveMatrix(Move.add, block, view, rows, columns, s, t);
}
function addIntMatrix(block: usize, view: usize, rows: i32, columns: i32, s: i32, t: i32): void {
  moveMatrix(Move.addInt, block, view, rows, columns, s, t);
}

/** The axes from `axis` on, whose sizes lie at `sizes` and strides at `strides`; gives the end of the block. */
function moveAxes(move: Move, block: usize, view: usize, axes: i32, sizes: usize, strides: usize): usize {
  const size = axes > 0 ? i32.load(sizes) : 1, stride = axes > 0 ? i32.load(strides) : 0;
  if (axes > 2) {
    for (let i = 0; i < size; ++i) {
      block = moveAxes(move, block, view + ((i * stride) << 2), axes - 1, sizes + 4, strides + 4);
    }
    return block;
  }
  const rows = axes == 2 ? size : 1, s = axes == 2 ? stride : 0;
  const columns = axes == 2 ? i32.load(sizes, 4) : size, t = axes == 2 ? i32.load(strides, 4) : stride;
  if (move == Move.gather) gatherMatrix(block, view, rows, columns, s, t);
  else if (move == Move.scatter) scatterMatrix(block, view, rows, columns, s, t);
  else if (move == Move.add) addMatrix(block, view, rows, columns, s, t);
  else addIntMatrix(block, view, rows, columns, s, t);
  return block + ((rows * columns) << 2);
}

@inline
function moveView(move: Move, block: usize, meta: usize, view: usize): void {
  const rank = i32.load(meta);
  moveAxes(move, block, view, rank, meta + 4, meta + 4 + (rank << 2));
}

/** out ← the view of x. */
export function gatherView(out: usize, meta: usize, x: usize): void {
  moveView(Move.gather, out, meta, x);
}
/** The view of out ← x; the rest of out stays. */
export function scatterView(out: usize, meta: usize, x: usize): void {
  moveView(Move.scatter, x, meta, out);
}
/** The view of out ← itself + x. */
export function scatterAddView(out: usize, meta: usize, x: usize): void {
  moveView(Move.add, x, meta, out);
}
export function scatterAddViewInt(out: usize, meta: usize, x: usize): void {
  moveView(Move.addInt, x, meta, out);
}

/** n elements, s bytes apart where they are added and t where they come from. */
function addElements(view: usize, x: usize, n: i32, s: i32, t: i32): void {
  for (; n > 0; --n, view += s, x += t) f32.store(view, f32.load(view) + f32.load(x));
}

/** n elements that lie together on both sides. */
function addTogether(view: usize, x: usize, n: i32): void {
  let left = n;
  for (; left >= 4; left -= 4, view += 16, x += 16) v128.store(view, f32x4.add(v128.load(view), v128.load(x)));
  if (left > 0) storePartial(view, f32x4.add(loadPartial(view, left), loadPartial(x, left)), left);
}

function addAxes(view: usize, x: usize, axes: i32, sizes: usize, strides: usize, xStrides: usize): void {
  const size = axes > 0 ? i32.load(sizes) : 1, s = axes > 0 ? i32.load(strides) << 2 : 4, t = axes > 0 ? i32.load(xStrides) << 2 : 4;
  if (axes > 1) {
    for (let i = 0; i < size; ++i, view += s, x += t) addAxes(view, x, axes - 1, sizes + 4, strides + 4, xStrides + 4);
  } else if (s == 4 && t == 4) {
    addTogether(view, x, size);
  } else {
    addElements(view, x, size, s, t);
  }
}

/** The view of out ← itself + the view of x, of the same sizes. */
export function addView(out: usize, meta: usize, x: usize, xMeta: usize): void {
  const rank = i32.load(meta), strides = 4 + (rank << 2);
  addAxes(out, x, rank, meta + 4, meta + strides, xMeta + strides);
}
