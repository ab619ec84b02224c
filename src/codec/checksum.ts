/**
 * A checksum by which changed bytes are seen: CRC-32. One burst of up to 32 changed bits is always seen, others but for one in 4·10⁹.
 *
 * @source ISO 3309; W3C (2003), Portable Network Graphics, annex D; Peterson and Brown (1961), Cyclic codes for error detection
 */

/** x³² + x²⁶ + x²³ + x²² + x¹⁶ + x¹² + x¹¹ + x¹⁰ + x⁸ + x⁷ + x⁵ + x⁴ + x² + x + 1, the lowest power first. */
const polynomial = 0xedb88320
const bits = Array.from({ length: 8 })
const table = Uint32Array.from({ length: 256 }, (_, byte) =>
  bits.reduce<number>((rest) => (rest & 1 ? polynomial ^ (rest >>> 1) : rest >>> 1), byte),
)

/** The checksum of bytes: a whole number below 2³². */
export const checksum = (bytes: Uint8Array): number =>
  ~bytes.reduce((rest, byte) => (table[(rest ^ byte) & 255] as number) ^ (rest >>> 8), -1) >>> 0
