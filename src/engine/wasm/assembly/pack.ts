// Panels of a matrix, laid out in the order in which the matrix kernel reads them.
//
//     panel[p, c] = w(c, p)     for 4 or 8 lanes c of a matrix of any strides, and depth p
//
// Lanes past the edge are zero. Any strides give the same panel, so products of transposes cost the same.
// mutates: out, escapes: nothing

import { loadPartial, transposeBlock, transposeRows } from './lanes';

/**
 * Packs `lanes` × `depth` elements into panels of `width` lanes.
 * Strides are in elements: `across` from lane to lane, `along` from depth to depth.
 */
@inline
function packPanels(out: usize, w: usize, lanes: i32, depth: i32, across: i32, along: i32, width: i32): void {
  const next = along << 2, side = across << 2, row = width << 2;
  for (let c = 0; c < lanes; c += width) {
    let from = w + ((c * across) << 2), p = depth;
    if (lanes - c < width) {
      packEdge(out, from, lanes - c, depth, side, next, width);
      out += depth * row;
    } else if (across == 1) {
      for (; p > 0; --p, from += next, out += row) {
        v128.store(out, v128.load(from));
        if (width == 8) v128.store(out, v128.load(from, 16), 16);
      }
    } else {
      if (along == 1) {
        for (; p >= 4; p -= 4, from += 16, out += row << 2) {
          transposeBlock(out, row, from, side);
          if (width == 8) transposeBlock(out + 16, row, from + (side << 2), side);
        }
      }
      packEdge(out, from, width, p, side, next, width);
      out += p * row;
    }
  }
}

function packEdge(out: usize, w: usize, lanes: i32, depth: i32, side: i32, next: i32, width: i32): void {
  if (side == 4 && lanes < width) {
    const low = min(lanes, 4), high = lanes - 4;
    for (let p = 0; p < depth; ++p, w += next, out += width << 2) {
      v128.store(out, loadPartial(w, low));
      if (width == 8) v128.store(out, high > 0 ? loadPartial(w + 16, high) : i32x4.splat(0), 16);
    }
    return;
  }
  for (let p = 0; p < depth; ++p, w += next, out += width << 2) {
    for (let c = 0; c < lanes; ++c) f32.store(out + (c << 2), f32.load(w + c * side));
    for (let c = lanes; c < width; ++c) f32.store(out + (c << 2), 0);
  }
}

/** Rows of the left operand, four to a panel. */
export function packRows(out: usize, a: usize, rows: i32, depth: i32, aRow: i32, aCol: i32): void {
  packPanels(out, a, rows, depth, aRow, aCol, 4);
}

/** Columns of the right operand, eight to a panel. */
export function packColumns(out: usize, b: usize, columns: i32, depth: i32, bRow: i32, bCol: i32): void {
  packPanels(out, b, columns, depth, bCol, bRow, 8);
}

/** Whether four offsets are those of elements that lie together. */
@inline
function areTogether(offsets: usize): bool {
  const first = i32.load(offsets);
  return i32.load(offsets, 4) - first == 4 && i32.load(offsets, 8) - first == 8 && i32.load(offsets, 12) - first == 12;
}

/** Up to four rows of a view, past which lanes are zero, element by element. */
function packViewEdge(out: usize, a: usize, rows: usize, lanes: i32, columns: usize, depth: i32): void {
  for (let p = 0; p < depth; ++p, out += 16) {
    const at = a + i32.load(columns + (p << 2));
    for (let c = 0; c < 4; ++c) f32.store(out + (c << 2), c < lanes ? f32.load(at + i32.load(rows + (c << 2))) : 0);
  }
}

/** Rows of a left operand whose element (i, p) lies rows[i] + columns[p] bytes from a, four to a panel. */
export function packViewRows(out: usize, a: usize, rows: usize, count: i32, columns: usize, depth: i32): void {
  for (let c = 0; c < count; c += 4, rows += 16) {
    if (count - c < 4) {
      packViewEdge(out, a, rows, count - c, columns, depth);
      return;
    }
    const r0 = a + i32.load(rows), r1 = a + i32.load(rows, 4), r2 = a + i32.load(rows, 8), r3 = a + i32.load(rows, 12);
    if (areTogether(rows)) {
      for (let p = 0; p < depth; ++p, out += 16) v128.store(out, v128.load(r0 + i32.load(columns + (p << 2))));
    } else {
      let p = 0;
      while (p < depth) {
        const at = columns + (p << 2), o0 = i32.load(at);
        if (depth - p >= 4 && areTogether(at)) {
          transposeRows(out, 16, r0 + o0, r1 + o0, r2 + o0, r3 + o0);
          out += 64;
          p += 4;
        } else {
          let x = v128.load32_zero(r0 + o0);
          x = v128.load32_lane(r1 + o0, x, 1);
          x = v128.load32_lane(r2 + o0, x, 2);
          v128.store(out, v128.load32_lane(r3 + o0, x, 3));
          out += 16;
          ++p;
        }
      }
    }
  }
}

/** How many bytes from its start the elements `from`, `from` + 1, … of a view lie, row by row; meta: int32 [rank, sizes …, strides …]. */
export function viewOffsets(out: usize, meta: usize, from: i32, count: i32): void {
  const rank = i32.load(meta), sizes = meta + 4, strides = sizes + (rank << 2), last = (rank - 1) << 2;
  const size = rank > 0 ? i32.load(sizes + last) : 1, step = rank > 0 ? i32.load(strides + last) << 2 : 0;
  while (count > 0) {
    let rest = from / size, start = 0;
    const first = from - rest * size, end = min(size, first + count);
    for (let axis = last - 4; axis >= 0; axis -= 4) {
      const n = i32.load(sizes + axis), up = rest / n;
      start += (rest - up * n) * (i32.load(strides + axis) << 2);
      rest = up;
    }
    for (let i = first; i < end; ++i, out += 4) i32.store(out, start + i * step);
    from += end - first;
    count -= end - first;
  }
}
