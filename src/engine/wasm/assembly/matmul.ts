// The matrix product.
//
//     out[i, j] = Σₚ a[i, p] · b[p, j]       a [m, k], b [k, n] of any strides; the rows of out lie together, `outRow` elements apart
//
// Sums are sequential within blocks of 256 terms, and the blocks are added in order, on every path: a row's bits
// depend neither on the other rows nor on the strides. |error| ≤ (256 + k/256)·2⁻²⁴ · Σₚ |a[i, p]|·|b[p, j]|.
// The loops are those of Goto and van de Geijn (2008), Anatomy of High-Performance Matrix Multiplication.
// mutates: out and scratch, escapes: nothing

import { addProduct, every, loadPartial, storePartial } from './lanes';
import { packColumns, packRows, packViewRows, viewOffsets } from './pack';
import { rowTimesMatrix } from './row-times-matrix';

/** Terms summed before they are added to out; a panel of 8 columns of this depth stays in the first cache. */
const DEPTH = 256;
/** Rows and columns packed at a time, to stay in the second cache. */
const ROWS = 64;
const COLUMNS = 512;
/** Bytes of a 4×8 tile. */
const TILE = 128;

/** Few rows, or one column: reading b is the cost, and packing it would double that. */
@inline
function isNarrow(m: i32, n: i32): bool {
  return m < 4 || n == 1;
}

@inline
function roundUp(x: i32, multiple: i32): i32 {
  return (x + multiple - 1) & -multiple;
}

/** Bytes of scratch that `matmul` needs. */
export function matmulScratch(m: i32, n: i32, k: i32): i32 {
  if (isNarrow(m, n)) return roundUp(max(m, n), 4) << 2;
  const rows = min(roundUp(m, 4), ROWS), columns = min(roundUp(n, 8), COLUMNS);
  return TILE + ((min(k, DEPTH) * (rows + columns)) << 2);
}

/** Stores (or, past the first block of terms, adds) up to four columns of a row of a tile. */
@inline
function storeQuarter(out: usize, tile: usize, columns: i32, isFirst: bool): void {
  const x = v128.load(tile);
  storePartial(out, isFirst ? x : f32x4.add(loadPartial(out, columns), x), columns);
}

/** Stores (or adds) the first rows × columns of a tile. */
function storeTile(out: usize, step: i32, tile: usize, rows: i32, columns: i32, isFirst: bool): void {
  for (let i = 0; i < rows; ++i, out += step, tile += 32) {
    storeQuarter(out, tile, min(4, columns), isFirst);
    if (columns > 4) storeQuarter(out + 16, tile + 16, columns - 4, isFirst);
  }
}

/** A 4×8 tile of out, `step` bytes from row to row: the product of a packed panel of each operand. */
@inline
function multiplyPanels(out: usize, step: i32, pa: usize, pb: usize, depth: i32, isFirst: bool): void {
  const zero = every(0), end = pa + (depth << 4);
  let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
  for (; pa < end; pa += 16, pb += 32) {
    const b0 = v128.load(pb), b1 = v128.load(pb, 16);
    const x0 = v128.load32_splat(pa);
    c00 = addProduct(c00, x0, b0);
    c01 = addProduct(c01, x0, b1);
    const x1 = v128.load32_splat(pa, 4);
    c10 = addProduct(c10, x1, b0);
    c11 = addProduct(c11, x1, b1);
    const x2 = v128.load32_splat(pa, 8);
    c20 = addProduct(c20, x2, b0);
    c21 = addProduct(c21, x2, b1);
    const x3 = v128.load32_splat(pa, 12);
    c30 = addProduct(c30, x3, b0);
    c31 = addProduct(c31, x3, b1);
  }
  let q = out;
  if (!isFirst) {
    c00 = f32x4.add(v128.load(q), c00);
    c01 = f32x4.add(v128.load(q, 16), c01);
    q += step;
    c10 = f32x4.add(v128.load(q), c10);
    c11 = f32x4.add(v128.load(q, 16), c11);
    q += step;
    c20 = f32x4.add(v128.load(q), c20);
    c21 = f32x4.add(v128.load(q, 16), c21);
    q += step;
    c30 = f32x4.add(v128.load(q), c30);
    c31 = f32x4.add(v128.load(q, 16), c31);
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  out += step;
  v128.store(out, c10);
  v128.store(out, c11, 16);
  out += step;
  v128.store(out, c20);
  v128.store(out, c21, 16);
  out += step;
  v128.store(out, c30);
  v128.store(out, c31, 16);
}

/** A block of rows × columns of out: each panel of columns stays in the first cache while the rows pass by. */
function multiplyBlock(
  out: usize, step: i32, rows: i32, columns: i32, depth: i32,
  packedRows: usize, packedColumns: usize, tile: usize, isFirst: bool,
): void {
  for (let j = 0; j < columns; j += 8) {
    const pb = packedColumns + ((j * depth) << 2);
    for (let i = 0; i < rows; i += 4) {
      const at = out + i * step + (j << 2);
      const isWhole = rows - i >= 4 && columns - j >= 8;
      multiplyPanels(isWhole ? at : tile, isWhole ? step : 32, packedRows + ((i * depth) << 2), pb, depth, !isWhole || isFirst);
      if (!isWhole) storeTile(at, step, tile, min(4, rows - i), min(8, columns - j), isFirst);
    }
  }
}

function multiplyNarrow(
  out: usize, outRow: i32, m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aCol: i32, b: usize, bRow: i32, bCol: i32, scratch: usize,
): void {
  if (n == 1 && outRow == 1) {
    rowTimesMatrix(out, m, k, DEPTH, b, bRow, a, aCol, aRow, scratch); // the transposed product
    return;
  }
  for (let i = 0; i < m; ++i) {
    rowTimesMatrix(out + ((i * outRow) << 2), n, k, DEPTH, a + ((i * aRow) << 2), aCol, b, bRow, bCol, scratch);
  }
}

export function matmul(
  out: usize, outRow: i32, m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aCol: i32, b: usize, bRow: i32, bCol: i32, scratch: usize,
): void {
  if (k == 0) {
    for (let i = 0; i < m; ++i) memory.fill(out + ((i * outRow) << 2), 0, n << 2);
    return;
  }
  if (isNarrow(m, n)) {
    multiplyNarrow(out, outRow, m, n, k, a, aRow, aCol, b, bRow, bCol, scratch);
    return;
  }
  const packedRows = scratch + TILE;
  const packedColumns = packedRows + ((min(k, DEPTH) * min(roundUp(m, 4), ROWS)) << 2);
  for (let j = 0; j < n; j += COLUMNS) {
    const columns = min(COLUMNS, n - j);
    for (let p = 0; p < k; p += DEPTH) {
      const depth = min(DEPTH, k - p);
      packColumns(packedColumns, b + ((p * bRow + j * bCol) << 2), columns, depth, bRow, bCol);
      for (let i = 0; i < m; i += ROWS) {
        const rows = min(ROWS, m - i);
        packRows(packedRows, a + ((i * aRow + p * aCol) << 2), rows, depth, aRow, aCol);
        multiplyBlock(out + ((i * outRow + j) << 2), outRow << 2, rows, columns, depth, packedRows, packedColumns, scratch, p == 0);
      }
    }
  }
}

/** Bytes of the offsets of so many elements, of which `most` are looked at at a time. */
@inline
function offsetsBytes(count: i32, most: i32): i32 {
  return roundUp(min(count, most), 4) << 2;
}

/** Bytes of scratch that `matmulView` needs. */
export function matmulViewScratch(m: i32, n: i32, k: i32): i32 {
  return matmulScratch(max(m, 4), max(n, 2), k) + offsetsBytes(m, ROWS) + offsetsBytes(k, DEPTH);
}

/**
 * The product of a view and a matrix, as if the view were copied first: its windows are read where they lie. Its element (i, p) lies at
 * element i of the view `rowsMeta` and element p of the view `columnsMeta` from a.
 */
export function matmulView(
  out: usize, outRow: i32, m: i32, n: i32, k: i32,
  a: usize, rowsMeta: usize, columnsMeta: usize, b: usize, bRow: i32, bCol: i32, scratch: usize,
): void {
  const rowsAt = scratch + TILE, columnsAt = rowsAt + offsetsBytes(m, ROWS), packedRows = columnsAt + offsetsBytes(k, DEPTH);
  const packedColumns = packedRows + ((min(k, DEPTH) * min(roundUp(m, 4), ROWS)) << 2);
  for (let j = 0; j < n; j += COLUMNS) {
    const columns = min(COLUMNS, n - j);
    for (let p = 0; p < k; p += DEPTH) {
      const depth = min(DEPTH, k - p);
      packColumns(packedColumns, b + ((p * bRow + j * bCol) << 2), columns, depth, bRow, bCol);
      viewOffsets(columnsAt, columnsMeta, p, depth);
      const isFirst = p == 0;
      for (let i = 0; i < m; i += ROWS) {
        const rows = min(ROWS, m - i);
        viewOffsets(rowsAt, rowsMeta, i, rows);
        packViewRows(packedRows, a, rowsAt, rows, columnsAt, depth);
        multiplyBlock(out + ((i * outRow + j) << 2), outRow << 2, rows, columns, depth, packedRows, packedColumns, scratch, isFirst);
      }
    }
  }
}
