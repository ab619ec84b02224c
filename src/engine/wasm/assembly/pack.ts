// Panels of a matrix, laid out in the order in which the matrix kernel reads them.
//
//     panel[p, c] = w(c, p)     for 4 or 8 lanes c of a matrix of any strides, and depth p
//
// Lanes past the edge are zero. Any strides give the same panel, so products of transposes cost the same.
// mutates: out, escapes: nothing

import { transposeBlock } from './lanes';

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
