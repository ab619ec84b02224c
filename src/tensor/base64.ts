/** Bytes as text, in base 64, and back again. */
import { readBase64, writeBase64 } from './loop/base64.js'

export const toBase64 = (bytes: Uint8Array): string => new TextDecoder().decode(writeBase64(bytes))

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
