/**
 * The one form of every message: who expects what, receives what, and where.
 *
 *     dense expects a vector, receives [28, 28, 1]; flatten first
 *     readIdx expects magic number 2051, receives 2049 (train-images-idx3-ubyte, byte 0)
 */
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

/** The sentence of a report. */
export const sentence = ({ who, expected, received, where, hint }: Report): string =>
  `${who} expects ${expected}, receives ${received}${hint === undefined ? '' : `; ${hint}`}${where === undefined ? '' : ` (${where})`}`
