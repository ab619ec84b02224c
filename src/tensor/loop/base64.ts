// mutates: arrays of its own, escapes: the bytes, which it keeps no reference to
/** Base 64 read by a table: four letters are three bytes, and one or two `=` stand for the letters that a last byte or two do not need. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const none = 255
/** By the code of a letter, its six bits. */
const table = (): Uint8Array => {
  const bits = new Uint8Array(128).fill(none)
  for (let i = 0; i < letters.length; i++) bits[letters.charCodeAt(i)] = i
  return bits
}

/** The bytes of a text, or undefined if it is not what these bytes are written as: every text but one is refused. */
export const readBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text.length % 4 !== 0) return undefined
  const sixBits = table()
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const size = text.length - padding
  let word = 0
  let at = 0
  for (let i = 0; i < size; i++) {
    const code = text.charCodeAt(i)
    const bits = code < 128 ? (sixBits[code] as number) : none
    if (bits === none) return undefined
    word = (word << 6) | bits
    if ((i & 3) !== 0) bytes[at++] = word >> (6 - 2 * (i & 3))
  }
  /** Bits behind the last byte. */
  return (word & (padding === 0 ? 0 : padding === 1 ? 3 : 15)) === 0 ? bytes : undefined
}
