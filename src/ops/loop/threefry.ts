// mutates: the output arrays it is given, escapes: nothing
/**
 * Threefry-2x32, 20 rounds, one place after the other: the integers that the ops of `src/random/threefry.ts` give, which take a
 * hundred walks over arrays for what fits into registers. The rounds are written out, so that every rotation is by a constant.
 *
 * An operand of a single number stands for all: its index is masked to 0.
 */

type Pair = readonly [Uint32Array, Uint32Array]

const maskOf = (x: Uint32Array): number => (x.length === 1 ? 0 : -1)

export const encrypt = ([out0, out1]: Pair, [k0, k1]: Pair, [c0, c1]: Pair, parity: number): void => {
  const [mk0, mk1, mc0, mc1] = [maskOf(k0), maskOf(k1), maskOf(c0), maskOf(c1)]
  for (let i = 0; i < out0.length; i++) {
    const x0 = (k0[i & mk0] as number) | 0
    const x1 = (k1[i & mk1] as number) | 0
    const x2 = x0 ^ x1 ^ parity
    let a = ((c0[i & mc0] as number) + x0) | 0
    let b = ((c1[i & mc1] as number) + x1) | 0
    a = (a + b) | 0
    b = ((b << 13) | (b >>> 19)) ^ a
    a = (a + b) | 0
    b = ((b << 15) | (b >>> 17)) ^ a
    a = (a + b) | 0
    b = ((b << 26) | (b >>> 6)) ^ a
    a = (a + b) | 0
    b = ((b << 6) | (b >>> 26)) ^ a
    a = (a + x1) | 0
    b = (b + x2 + 1) | 0
    a = (a + b) | 0
    b = ((b << 17) | (b >>> 15)) ^ a
    a = (a + b) | 0
    b = ((b << 29) | (b >>> 3)) ^ a
    a = (a + b) | 0
    b = ((b << 16) | (b >>> 16)) ^ a
    a = (a + b) | 0
    b = ((b << 24) | (b >>> 8)) ^ a
    a = (a + x2) | 0
    b = (b + x0 + 2) | 0
    a = (a + b) | 0
    b = ((b << 13) | (b >>> 19)) ^ a
    a = (a + b) | 0
    b = ((b << 15) | (b >>> 17)) ^ a
    a = (a + b) | 0
    b = ((b << 26) | (b >>> 6)) ^ a
    a = (a + b) | 0
    b = ((b << 6) | (b >>> 26)) ^ a
    a = (a + x0) | 0
    b = (b + x1 + 3) | 0
    a = (a + b) | 0
    b = ((b << 17) | (b >>> 15)) ^ a
    a = (a + b) | 0
    b = ((b << 29) | (b >>> 3)) ^ a
    a = (a + b) | 0
    b = ((b << 16) | (b >>> 16)) ^ a
    a = (a + b) | 0
    b = ((b << 24) | (b >>> 8)) ^ a
    a = (a + x1) | 0
    b = (b + x2 + 4) | 0
    a = (a + b) | 0
    b = ((b << 13) | (b >>> 19)) ^ a
    a = (a + b) | 0
    b = ((b << 15) | (b >>> 17)) ^ a
    a = (a + b) | 0
    b = ((b << 26) | (b >>> 6)) ^ a
    a = (a + b) | 0
    b = ((b << 6) | (b >>> 26)) ^ a
    a = (a + x2) | 0
    b = (b + x0 + 5) | 0
    out0[i] = a
    out1[i] = b
  }
}
