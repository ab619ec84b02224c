/** A confusion matrix as a heat map: the more of a true class is predicted as another, the stronger the colour. */
import { figure, shortCount } from './figures.js'
import { type Grid, gridOf } from './grid.js'
import { label, shortened } from './label.js'
import { type Markup, markup } from './markup.js'
import { picture } from './picture.js'
import type { Confusion } from './report.js'

/** With more classes cells have no numbers; with more than a few no zeros. */
const [mostNumbered, fewClasses] = [30, 12]

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/** How strong the colour of a share is: the root, so that a few in a hundred are seen. */
const strength = (share: number): number => Math.sqrt(share)

/** The colour of a count that can be read on a colour so strong, in the light and in the dark. */
const toneOn = (share: number): string => {
  if (share === 0) return 'none'
  if (strength(share) <= 0.6) return 'count'
  return strength(share) > 0.85 ? 'over' : 'dark'
}

/** The count of a cell, in the middle of it. */
const number = (count: number, share: number, x: number, y: number, { wide, high }: Grid): Markup => {
  const size = Math.min(13, high * 0.46)
  const text = shortCount(count, Math.floor(wide / (size * 0.62)))
  return markup`<text class="${toneOn(share)} middle" x="${x + wide / 2}" y="${y + high / 2 + size * 0.36}" font-size="${size}">${text}</text>`
}

const cellsOf = ({ counts, classes }: Confusion, grid: Grid): readonly Markup[] => {
  const { left, top, wide, high } = grid
  const isNumbered = classes.length <= mostNumbered
  const short = classes.map(shortened)
  return counts.flatMap((row, i) =>
    row.flatMap((count, j) => {
      const share = count === 0 ? 0 : count / total(row)
      const [x, y] = [left + j * wide, top + i * high]
      const text = isNumbered && (count > 0 || classes.length <= fewClasses) ? [number(count, share, x, y, grid)] : []
      if (count === 0) return text
      const kind = i === j ? 'right' : 'wrong'
      const square = markup`<rect class="${kind}" x="${x}" y="${y}" width="${wide}" height="${high}" fill-opacity="${strength(share)}"/>`
      return [markup`<g><title>${short[i] ?? ''}, predicted as ${short[j] ?? ''}: ${String(count)}</title>${square}${text}</g>\n`]
    }),
  )
}

/** Lines between cells, where these are not too small. */
const gaps = ({ left, top, wide, high, size }: Grid): Markup => {
  const inner = high < 10 ? [] : Array.from({ length: size - 1 }, (_, i) => i + 1)
  const down = inner.map((i) => markup`M${left + i * wide} ${top}v${size * high}`)
  const across = inner.map((i) => markup`M${left} ${top + i * high}h${size * wide}`)
  return markup`<path class="gap" d="${down}${across}"/>`
}

/** The names of classes, as many as there is room for, at the left and above. */
const names = (classes: readonly string[], { left, top, wide, high, room, angle }: Grid): readonly Markup[] => {
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
  const all = figure(total(counts.map(total)))
  const right = figure(total(counts.map((row, i) => row[i] ?? 0)))
  return `Of ${all} examples of ${classes.length} classes, ${right} are predicted right.`
}

/** The picture, if there is a class. */
export const heatMap = (confusion: Confusion): Markup | undefined => {
  const { classes } = confusion
  if (classes.length === 0) return undefined
  const grid = gridOf(classes)
  const { left, top } = grid
  const [across, down] = [grid.wide * grid.size, grid.high * grid.size]
  const numbers = classes.length > mostNumbered ? ' There are too many classes for numbers: a pointer over a cell shows its count.' : ''
  return picture({
    id: 'confusion',
    title: 'Confusion matrix',
    description: described(confusion),
    width: Math.ceil(left + across + grid.aside),
    height: Math.ceil(top + down + 8),
    drawing: [
      markup`<rect class="field" x="${left}" y="${top}" width="${across}" height="${down}"/>`,
      markup`<text class="axis middle" x="${left + across / 2}" y="14">predicted class</text>`,
      markup`<text class="axis middle" transform="translate(14 ${top + down / 2}) rotate(-90)">true class</text>`,
      ...names(classes, grid),
      ...cellsOf(confusion, grid),
      gaps(grid),
    ],
    caption: `Blue: predicted right. Orange: taken for another class. The stronger the colour, the larger the share of the true class.${numbers}`,
  })
}
