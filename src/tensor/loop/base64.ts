// mutates: the arrays that it makes, escapes: nothing while it writes
/** Base 64 read and written by a table: four letters are three bytes, and one or two `=` stand for the letters that a last byte or two do not need. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const none = 255
/** By the code of a letter, its six bits. */
const table = (): Uint8Array => {
  const bits = new Uint8Array(128).fill(none)
  for (let i = 0; i < letters.length; i++) bits[letters.charCodeAt(i)] = i
  return bits
}

/** The letters of bytes, as their codes. */
export const writeBase64 = (bytes: Uint8Array): Uint8Array => {
  const codes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0))
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill('='.charCodeAt(0))
  for (let i = 0, at = 0; i < bytes.length; i += 3, at += 4) {
    const left = bytes.length - i
    const word = ((bytes[i] as number) << 16) | ((left > 1 ? (bytes[i + 1] as number) : 0) << 8) | (left > 2 ? (bytes[i + 2] as number) : 0)
    text[at] = codes[word >> 18] as number
    text[at + 1] = codes[(word >> 12) & 63] as number
    if (left > 1) text[at + 2] = codes[(word >> 6) & 63] as number
    if (left > 2) text[at + 3] = codes[word & 63] as number
  }
  return text
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
