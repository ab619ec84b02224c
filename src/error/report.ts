/**
 * The one form of every message: who expects what, receives what, and where.
 *
 *     dense expects a vector, receives [28, 28, 1]; flatten first
 *     readIdx expects magic number 2051, receives 2049 (train-images-idx3-ubyte, byte 0)
 *
 * No message is longer than 300 characters, whatever it speaks of: of a longer one the longest parts are cut.
 */
import { clipped, shown } from './shown.js'

export interface Report {
  /** The function that speaks, by its exported name. */
  readonly who: string
  readonly expected: string
  readonly received: string
  /** File, line, byte, layer: what helps to find the place. */
  readonly where?: string
  /** What to do instead. */
  readonly hint?: string
}

/** @unit characters */
export const longestMessage = 300

/** The largest number of characters that every part may have, if all are to have so many together. */
const share = (lengths: readonly number[], room: number): number => {
  const fair = Math.floor(room / lengths.length)
  const longer = lengths.filter((length) => length > fair)
  if (longer.length === 0 || longer.length === lengths.length) return fair
  return share(longer, room - lengths.filter((length) => length <= fair).reduce((sum, length) => sum + length, 0))
}

/** What a caller without types gives as a name is named in its turn. */
const textOf = (part: string): string => (typeof part === 'string' ? part : shown(part))

const write = ({ who, expected, received, where, hint }: Report): string =>
  `${who} expects ${expected}, receives ${received}${hint === undefined ? '' : `; ${hint}`}${where === undefined ? '' : ` (${where})`}`

/** The sentence of a report. */
export const sentence = (report: Report): string => {
  const named = { ...report, ...Object.fromEntries(Object.entries(report).map(([name, part]) => [name, textOf(part)])) }
  const whole = write(named)
  if (whole.length <= longestMessage) return whole
  const parts = Object.entries(named)
  const lengths = parts.map(([, part]) => part.length)
  const glue = whole.length - lengths.reduce((sum, length) => sum + length, 0)
  const most = share(lengths, longestMessage - glue)
  return write({ ...named, ...Object.fromEntries(parts.map(([name, part]) => [name, clipped(part, most)])) })
}
