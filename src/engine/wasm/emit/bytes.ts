/**
 * The binary format of WebAssembly: numbers, vectors and sections, as lists of bytes.
 *
 * @source WebAssembly Core Specification 2.0, chapter 5
 */
export type Bytes = readonly number[]

/** An unsigned whole number in LEB128: seven bits a byte, the lowest first. */
export const unsigned = (x: number): Bytes => (x < 128 ? [x] : [(x % 128) + 128, ...unsigned(Math.floor(x / 128))])

/** A signed one, below 2³¹ in size: the last byte's seventh bit is the sign. */
export const signed = (x: number): Bytes => (x >= -64 && x < 64 ? [x & 127] : [(x & 127) | 128, ...signed(x >> 7)])

/** The four bytes of a float32. */
export const float32 = (x: number): Bytes => [...new Uint8Array(Float32Array.of(x).buffer)]

/** Parts, after how many they are. */
export const vector = (parts: readonly Bytes[]): Bytes => [...unsigned(parts.length), ...parts.flat()]

/** Bytes, after how many they are. */
export const sized = (bytes: Bytes): Bytes => [...unsigned(bytes.length), ...bytes]

export const text = (characters: string): Bytes => sized([...new TextEncoder().encode(characters)])

export const section = (id: number, parts: readonly Bytes[]): Bytes => [id, ...sized(vector(parts))]
