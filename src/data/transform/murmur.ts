/**
 * MurmurHash3, 32 bits: a hash of bytes that is the same on every machine.
 *
 * @source Appleby (2011), SMHasher, `MurmurHash3_x86_32`; scikit-learn's `murmurhash3_32`
 */
const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by))

/** What a word of four bytes adds. */
const scrambled = (word: number): number => Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593)

/** Every bit of the result depends on every bit of x. */
const avalanche = (x: number): number => {
  const y = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  const z = Math.imul(y ^ (y >>> 13), 0xc2b2ae35)
  return z ^ (z >>> 16)
}

const wordAt = (bytes: Uint8Array, at: number): number => [0, 1, 2, 3].reduce((word, i) => word | ((bytes[at + i] ?? 0) << (8 * i)), 0)

/**
 * The hash of a text's UTF-8 bytes, as a signed number of 32 bits.
 *
 * @example
 * murmurHash('test') // => -1167338989, 0xba6bd213
 */
export const murmurHash = (text: string, seed = 0): number => {
  const bytes = new TextEncoder().encode(text)
  const whole = bytes.length >>> 2
  const body = Array.from({ length: whole }, (_, i) => wordAt(bytes, 4 * i)).reduce(
    (hash, word) => (Math.imul(rotated(hash ^ scrambled(word), 13), 5) + 0xe6546b64) | 0,
    seed | 0,
  )
  return avalanche(body ^ scrambled(wordAt(bytes, 4 * whole)) ^ bytes.length)
}
