/**
 * Permutation importance: how much is lost where the values of a column are permuted, so that it says nothing of its row.
 *
 * @source Breiman (2001), Random Forests §10
 */
import { horizontalAxis } from './axes.js'
import { figureFor } from './figures.js'
import { label, lengthOf, shortened } from './label.js'
import { type Markup, markup } from './markup.js'
import { pageWidth, picture } from './picture.js'
import type { Importance } from './report.js'
import { extent, isDrawable, linear, type Scale } from './scale.js'

const [row, top] = [26, 8]
const [mostBars, mostLabel] = [25, 260]

/** The most important first; what is no number last. */
export const byImportance = (importance: readonly Importance[]): readonly Importance[] =>
  [...importance].sort((a, b) => Number(Number.isNaN(a.mean)) - Number(Number.isNaN(b.mean)) || b.mean - a.mean || 0)

const spread = ({ mean, deviation }: Importance): readonly number[] =>
  isDrawable(deviation) ? [mean - deviation, mean + deviation] : [mean]

/** The bar, and a line from a standard deviation below to one above it. */
const bar = (entry: Importance, x: Scale, y: number): Markup => {
  if (!isDrawable(entry.mean)) return markup``
  const [from, to] = [x.at(Math.min(0, entry.mean)), x.at(Math.max(0, entry.mean))]
  const [low = entry.mean, high = low] = spread(entry).map(x.at)
  const error = isDrawable(entry.deviation)
    ? markup`<path class="error" d="M${low} ${y + row / 2}H${high}M${low} ${y + row / 2 - 4}v8M${high} ${y + row / 2 - 4}v8"/>`
    : undefined
  return markup`<rect class="bar" x="${from}" y="${y + 4}" width="${to - from}" height="${row - 8}"/>${error}`
}

/** Means and standard deviations, written alike. */
export const meanAndDeviation = (importance: readonly Importance[]): ((entry: Importance) => string) => {
  const written = figureFor(importance.flatMap(({ mean, deviation }) => [mean, deviation]))
  return ({ mean, deviation }) => `${written(mean)} ± ${written(deviation)}`
}

/** The picture of the most important columns, if there are any. */
export const bars = (importance: readonly Importance[], of: string): Markup | undefined => {
  const shown = byImportance(importance).slice(0, mostBars)
  if (shown.length === 0) return undefined
  const written = meanAndDeviation(shown)
  const room = Math.min(mostLabel, Math.max(...shown.map(({ name }) => lengthOf(name))))
  const aside = Math.max(...shown.map((entry) => lengthOf(written(entry))))
  const frame = { left: room + 18, right: pageWidth - aside - 22, top, bottom: top + shown.length * row + 4 }
  const x = linear(extent([0, ...shown.filter(({ mean }) => isDrawable(mean)).flatMap(spread)]), [frame.left, frame.right])
  const line = (entry: Importance, i: number): Markup => {
    const y = top + i * row
    const name = label(entry.name, room, markup`class="end" x="${frame.left - 10}" y="${y + row / 2 + 4}"`)
    const numbers = markup`<text class="tick end" x="${pageWidth - 4}" y="${y + row / 2 + 4}">${written(entry)}</text>`
    return markup`${name}${bar(entry, x, y)}${numbers}\n`
  }
  const [loss, more] = [shortened(of), importance.length - shown.length]
  return picture({
    id: 'importance',
    title: 'Permutation importance',
    description: `The loss of ${loss} by column: ${shown.map((entry) => `${shortened(entry.name)} ${written(entry)}`).join('; ')}.`,
    width: pageWidth,
    height: frame.bottom + 48,
    drawing: [
      horizontalAxis(x, frame, `loss of ${of}`),
      ...shown.map(line),
      markup`<line class="zero" x1="${x.at(0)}" x2="${x.at(0)}" y1="${frame.top}" y2="${frame.bottom}"/>`,
    ],
    caption: `How much ${loss} is lost where the values of a column are permuted: mean and standard deviation over permutations.${more === 0 ? '' : ` The ${shown.length} most important, and ${more} more.`}`,
  })
}
