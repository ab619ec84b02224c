/** Bytes as text, in base 64, by what every JavaScript runtime has. */

const chunk = 0x8000

export const toBase64 = (bytes: Uint8Array): string =>
  btoa(
    Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
      String.fromCharCode(...bytes.subarray(i * chunk, (i + 1) * chunk)),
    ).join(''),
  )

/** The end of a text, where the last bytes and the padding are. */
const group = 4
const lastGroup = (bytes: Uint8Array): string => toBase64(bytes.subarray(bytes.length - ((bytes.length + 2) % 3) - 1))

/**
 * The bytes of a text.
 *
 * @error throws for text that `toBase64` does not give: `atob` forgives spaces, missing padding, and bits behind the last byte
 */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
  const whole = text.length === group * Math.ceil(bytes.length / 3)
  if (!whole || (text !== '' && !text.endsWith(lastGroup(bytes)))) throw new Error('it ends early, or has what does not belong to it')
  return bytes
}
