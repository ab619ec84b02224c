/** Where what comes in pieces may be cut: bytes between characters, and text between rows. */
import type { Encoding } from './encoding.js'

/** How many bytes a character of UTF-8 has, by its first; 0 of one that is none. */
const lengthIn8 = (byte: number): number => (byte < 0x80 ? 1 : byte < 0xc0 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4)

/** How many bytes at the end of a piece of UTF-8 are the beginning of a character. */
const openIn8 = (bytes: Uint8Array): number => {
  const back = [1, 2, 3].find((n) => lengthIn8(bytes.at(-n) ?? 0) > 0) ?? 0
  return back > 0 && back <= bytes.length && lengthIn8(bytes.at(-back) ?? 0) > back ? back : 0
}
/** The same of UTF-16: half a unit, and half a pair. */
const openIn16 = (bytes: Uint8Array, littleEndian: boolean): number => {
  const half = bytes.length % 2
  const high = bytes.at((littleEndian ? -1 : -2) - half)
  return half + (bytes.length >= 2 && high !== undefined && high >= 0xd8 && high < 0xdc ? 2 : 0)
}

/** How many bytes at the end of a piece are the beginning of a character whose end has not come yet. */
export const openBytes = (encoding: Encoding, bytes: Uint8Array): number => {
  if (encoding === 'utf-8') return openIn8(bytes)
  return encoding === 'windows-1252' ? 0 : openIn16(bytes, encoding === 'utf-16le')
}

/** The place after the last line end of a text, 0 if it has none. A CR at its end may be half of one. */
const afterLastLine = (text: string): number => Math.max(text.lastIndexOf('\n'), text.slice(0, -1).lastIndexOf('\r')) + 1

/** How a text goes on that began outside of quotes, or inside of them: where its last whole row ends, and whether it ends in quotes. */
export interface Cut {
  /** 0, if no row ends in it. */
  readonly at: number
  /** Whether what comes after the cut, or the whole text if there is none, ends inside of quotes. */
  readonly quoted: boolean
}

/** Where the last line of a text ends: rows are lines. */
export const cutLines = (text: string): Cut => ({ at: afterLastLine(text), quoted: false })

/** Where the last row of a text ends: a line end inside of quotes ends none. Quotes that are doubled are two. */
export const cutRows = (text: string, quoted: boolean): Cut => {
  const parts = text.split('"')
  const isOutside = (i: number): boolean => (i % 2 === 0) !== quoted
  const ends = parts.length % 2 === 0 ? !quoted : quoted
  // A part that is followed by a quote may end with a whole line end, whatever it is.
  const inside = (part: string, i: number): number => afterLastLine(i < parts.length - 1 ? `${part} ` : part)
  const last = parts.findLastIndex((part, i) => isOutside(i) && inside(part, i) > 0)
  if (last < 0) return { at: 0, quoted: ends }
  const before = parts.slice(0, last).reduce((sum, part) => sum + part.length + 1, 0)
  return { at: before + inside(parts[last] as string, last), quoted: ends }
}
