/** Bytes as text, in base 64, by what every JavaScript runtime has; back again by a table. */
import { readBase64 } from './loop/base64.js'

const chunk = 0x8000

export const toBase64 = (bytes: Uint8Array): string =>
  btoa(
    Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
      String.fromCharCode(...bytes.subarray(i * chunk, (i + 1) * chunk)),
    ).join(''),
  )

/**
 * The bytes of a text.
 *
 * @error throws for text that `toBase64` does not give; `atob` would forgive spaces, missing padding, and bits behind the last byte
 */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = readBase64(text)
  if (bytes === undefined) throw new Error('it ends early, or has what does not belong to it')
  return bytes
}
