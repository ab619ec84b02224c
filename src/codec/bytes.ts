/** Bytes as text, in base 64, by what every JavaScript runtime has. */

const chunk = 0x8000

export const toBase64 = (bytes: Uint8Array): string =>
  btoa(
    Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
      String.fromCharCode(...bytes.subarray(i * chunk, (i + 1) * chunk)),
    ).join(''),
  )

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
