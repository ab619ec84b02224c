/** Where the cells of a confusion matrix are, and how the names of classes stand above them. */
import { lengthOf } from './label.js'
import { pageWidth } from './picture.js'

/** Of a cell: as high, and as wide, if a name of a class needs it. @unit pixels */
const [mostHigh, mostWide] = [48, 104]
/** Of the room for a name. @unit pixels */
const [leastLabel, mostLabel] = [40, 150]
/** With more classes, long names stand upright. */
const mostSlanted = 16

export interface Grid {
  /** How many classes there are. */
  readonly size: number
  /** Of the first cell. @unit pixels */
  readonly left: number
  readonly top: number
  /** Of each cell. @unit pixels */
  readonly wide: number
  readonly high: number
  /** For a name. @unit pixels */
  readonly room: number
  /** How names above the cells stand. @unit degrees */
  readonly angle: 0 | 45 | 90
  /** At the right of the cells, where slanted names end. @unit pixels */
  readonly aside: number
}

/** The angle of names, so many of which are so long. */
const angleOf = (size: number, longest: number, wide: number): 0 | 45 | 90 => {
  if (longest + 4 <= wide && size * wide + longest + 50 <= pageWidth) return 0
  return size > mostSlanted ? 90 : 45
}

/** As large as the page is wide, at the most. */
export const gridOf = (classes: readonly string[]): Grid => {
  const size = classes.length
  const longest = classes.reduce((length, name) => Math.max(length, lengthOf(name)), leastLabel)
  const widest = Math.max(mostHigh, Math.min(mostWide, longest + 8))
  const angle = angleOf(size, longest, widest)
  const room = Math.min(longest, mostLabel)
  const slanted = room * Math.SQRT1_2 + 12
  const above = { 0: 14, 45: slanted, 90: room + 12 }[angle]
  const aside = angle === 45 ? slanted : 14
  const left = room + 36
  const most = (pageWidth - left - aside) / size
  const wide = Math.min(angle === 0 ? widest : mostHigh, most)
  return { size, left, top: above + 30, wide, high: Math.min(mostHigh, most), room, angle, aside }
}
