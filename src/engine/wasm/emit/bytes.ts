// mutates: the list it flattens into, escapes: nothing
/**
 * The binary format of WebAssembly: numbers, vectors and sections, as lists of bytes, which may hold lists of bytes: what is
 * put together is not copied, but flattened once.
 *
 * @source WebAssembly Core Specification 2.0, chapter 5
 */
export type Bytes = readonly (number | Bytes)[]

const flattenInto = (flat: number[], bytes: Bytes): number[] => {
  for (const part of bytes) {
    if (typeof part === 'number') flat.push(part)
    else flattenInto(flat, part)
  }
  return flat
}
export const flattened = (bytes: Bytes): readonly number[] => flattenInto([], bytes)

/** An unsigned whole number in LEB128: seven bits a byte, the lowest first. */
export const unsigned = (x: number): Bytes => (x < 128 ? [x] : [(x % 128) + 128, ...unsigned(Math.floor(x / 128))])

/** A signed one, below 2³¹ in size: the last byte's seventh bit is the sign. */
export const signed = (x: number): Bytes => (x >= -64 && x < 64 ? [x & 127] : [(x & 127) | 128, ...signed(x >> 7)])

/** The four bytes of a float32. */
export const float32 = (x: number): Bytes => [...new Uint8Array(Float32Array.of(x).buffer)]

/** The eight bytes of a float64. */
export const float64 = (x: number): Bytes => [...new Uint8Array(Float64Array.of(x).buffer)]

/** Parts, after how many they are. */
export const vector = (parts: readonly Bytes[]): Bytes => [unsigned(parts.length), parts]

/** Bytes, after how many they are. */
export const sized = (bytes: Bytes): Bytes => {
  const flat = flattened(bytes)
  return [unsigned(flat.length), flat]
}

export const text = (characters: string): Bytes => sized([...new TextEncoder().encode(characters)])

export const section = (id: number, parts: readonly Bytes[]): Bytes => [id, ...sized(vector(parts))]
