// Copies and constants.
// mutates: out, escapes: nothing

import { storePartial } from './lanes';

/** From here on the call into the host's own copy is worth its cost. */
const LONG: usize = 256;

/** out ← x; the two do not overlap. There may be 2 GiB and more. */
export function copy(out: usize, x: usize, bytes: usize): void {
  if (bytes >= LONG) {
    memory.copy(out, x, bytes);
    return;
  }
  const whole = bytes & ~15;
  let at: usize = 0;
  for (; at < whole; at += 16) v128.store(out + at, v128.load(x + at));
  for (; at < bytes; at += 4) i32.store(out + at, i32.load(x + at));
}

@inline
function store(out: usize, count: i32, x: v128): void {
  for (let left = count; left > 0; left -= 4, out += 16) storePartial(out, x, left);
}

/** `count` words with the same bits. */
export function repeat(out: usize, count: i32, bits: i32): void {
  store(out, count, i32x4.splat(bits));
}

/** `count` words, which have the bits of `even` and of `odd` in turn. */
export function fill(out: usize, count: i32, even: i32, odd: i32): void {
  store(out, count, i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(even), 1, odd), 3, odd));
}
