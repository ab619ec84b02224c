// Rows chosen by index, and the adjoint.
//
//     gatherRows       y[b, k, r] = x[b, i[b, k], r]              x [batch, size, row], i [batch, count]
//     scatterAddRows   dx[b, s, r] = Σ over k with i[b, k] = s of dy[b, k, r]
//
// An index outside 0 … size − 1 reads zeros, and its cotangent is dropped. Sums run in the order of k, in float32.
// mutates: out, escapes: nothing

import { copy } from './copy';
import { loadPartial, storePartial } from './lanes';

export function gatherRows(out: usize, x: usize, indices: usize, batch: i32, count: i32, size: i32, row: i32): void {
  const bytes = row << 2;
  for (let b = 0; b < batch; ++b, x += size * bytes) {
    for (let k = 0; k < count; ++k, indices += 4, out += bytes) {
      const index = i32.load(indices);
      if (<u32>index < <u32>size) copy(out, x + index * bytes, bytes);
      else memory.fill(out, 0, bytes);
    }
  }
}

export function scatterAddRows(out: usize, dy: usize, indices: usize, batch: i32, count: i32, size: i32, row: i32): void {
  const bytes = row << 2;
  memory.fill(out, 0, batch * size * bytes);
  for (let b = 0; b < batch; ++b, out += size * bytes) {
    for (let k = 0; k < count; ++k, indices += 4, dy += bytes) {
      const index = i32.load(indices);
      if (<u32>index >= <u32>size) continue;
      let to = out + index * bytes, from = dy;
      for (let left = row; left > 0; left -= 4, to += 16, from += 16) {
        storePartial(to, f32x4.add(loadPartial(to, left), loadPartial(from, left)), left);
      }
    }
  }
}
