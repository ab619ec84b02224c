/** A confusion matrix as a heat map: the more of a true class is predicted as another, the stronger the colour. */
import { figureFor, shortCount } from './figures.js'
import { label, lengthOf, shortened } from './label.js'
import { type Markup, markup } from './markup.js'
import { pageWidth, picture } from './picture.js'
import type { Confusion } from './report.js'

/** Of a cell: as high, and as wide, if a name of a class needs it. @unit pixels */
const [mostHigh, mostWide] = [48, 104]
/** Of the room for a name. @unit pixels */
const [leastLabel, mostLabel] = [40, 150]
/** With more classes their names stand upright above the cells. */
const mostSlanted = 16
/** With more classes cells have no numbers; with more than a few no zeros. */
const [mostNumbered, fewClasses] = [30, 12]

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

interface Place {
  readonly left: number
  readonly top: number
  /** Of a cell. */
  readonly wide: number
  readonly high: number
  readonly classes: readonly string[]
}

/** How strong the colour of a share is: the root, so that a few in a hundred are seen. */
const strength = (share: number): number => Math.sqrt(share)

/** The count of a cell, in the middle of it. */
const number = (count: number, share: number, x: number, y: number, { wide, high }: Place): Markup => {
  const size = Math.min(13, high * 0.46)
  const tone = count === 0 ? 'none' : strength(share) > 0.62 ? 'over' : 'count'
  const text = shortCount(count, Math.floor(wide / (size * 0.62)))
  return markup`<text class="${tone} middle" x="${x + wide / 2}" y="${y + high / 2 + size * 0.36}" font-size="${size}">${text}</text>`
}

const cellsOf = ({ counts }: Confusion, place: Place): readonly Markup[] => {
  const { left, top, wide, high, classes } = place
  const isNumbered = classes.length <= mostNumbered
  const short = classes.map(shortened)
  return counts.flatMap((row, i) =>
    row.flatMap((count, j) => {
      const share = count === 0 ? 0 : count / total(row)
      const [x, y] = [left + j * wide, top + i * high]
      const text = isNumbered && (count > 0 || classes.length <= fewClasses) ? [number(count, share, x, y, place)] : []
      if (count === 0) return text
      const kind = i === j ? 'right' : 'wrong'
      const square = markup`<rect class="${kind}" x="${x}" y="${y}" width="${wide}" height="${high}" fill-opacity="${strength(share)}"/>`
      return [markup`<g><title>${short[i] ?? ''}, predicted as ${short[j] ?? ''}: ${String(count)}</title>${square}${text}</g>\n`]
    }),
  )
}

/** Lines between cells, where these are not too small. */
const gaps = ({ left, top, wide, high, classes }: Place): Markup => {
  const ends = high < 10 ? [] : Array.from({ length: classes.length - 1 }, (_, i) => i + 1)
  const [right, bottom] = [left + classes.length * wide, top + classes.length * high]
  const down = ends.map((i) => markup`M${left + i * wide} ${top}V${bottom}`)
  const across = ends.map((i) => markup`M${left} ${top + i * high}H${right}`)
  return markup`<path class="gap" d="${down}${across}"/>`
}

/** The names of classes, as many as there is room for, at the left and above. */
const names = ({ left, top, wide, high, classes }: Place, room: number, angle: number): readonly Markup[] => {
  const stride = Math.ceil(14 / high)
  return classes.flatMap((name, i) => {
    const [x, y] = [left + (i + 0.5) * wide, top + (i + 0.5) * high]
    const above =
      angle === 0
        ? markup`class="tick middle" x="${x}" y="${top - 8}"`
        : markup`class="tick" transform="translate(${x + 4} ${top - 7}) rotate(${-angle})"`
    return i % stride === 0 ? [label(name, room, markup`class="tick end" x="${left - 8}" y="${y + 4}"`), label(name, room, above)] : []
  })
}

const described = ({ classes, counts }: Confusion): string => {
  const all = total(counts.map(total))
  const right = total(counts.map((row, i) => row[i] ?? 0))
  const figures = figureFor([all])
  return `Of ${figures(all)} examples of ${classes.length} classes, ${figures(right)} are predicted right.`
}

/** The picture, if there is a class. */
export const heatMap = (confusion: Confusion): Markup | undefined => {
  const { classes } = confusion
  if (classes.length === 0) return undefined
  const longest = classes.reduce((room, name) => Math.max(room, lengthOf(name)), leastLabel)
  const room = Math.min(longest, mostLabel)
  const widest = Math.max(mostHigh, Math.min(mostWide, longest + 8))
  const isRoomy = longest + 4 <= widest && classes.length * widest <= pageWidth - room - 50
  const angle = isRoomy ? 0 : classes.length > mostSlanted ? 90 : 45
  const [over, aside] = [
    isRoomy ? 14 : Math.ceil(room * Math.sin((angle * Math.PI) / 180)) + 12,
    angle === 45 ? room * Math.SQRT1_2 + 12 : 14,
  ]
  const [left, top] = [room + 36, over + 30]
  const most = (pageWidth - left - aside) / classes.length
  const [wide, high] = [Math.min(isRoomy ? widest : mostHigh, most), Math.min(mostHigh, most)]
  const [across, down] = [wide * classes.length, high * classes.length]
  const place = { left, top, wide, high, classes }
  const numbers = classes.length > mostNumbered ? ' There are too many classes for numbers: a pointer over a cell shows its count.' : ''
  return picture({
    id: 'confusion',
    title: 'Confusion matrix',
    description: described(confusion),
    width: Math.ceil(left + across + aside),
    height: Math.ceil(top + down + 8),
    drawing: [
      markup`<rect class="field" x="${left}" y="${top}" width="${across}" height="${down}"/>`,
      markup`<text class="axis middle" x="${left + across / 2}" y="14">predicted class</text>`,
      markup`<text class="axis middle" transform="translate(14 ${top + down / 2}) rotate(-90)">true class</text>`,
      ...names(place, room, angle),
      ...cellsOf(confusion, place),
      gaps(place),
    ],
    caption: `Blue: predicted right. Orange: taken for another class. The stronger the colour, the larger the share of the true class.${numbers}`,
  })
}
