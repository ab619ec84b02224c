/**
 * A reliability diagram: how often what was predicted with a probability came true. On the diagonal probabilities are frequencies.
 *
 * @source DeGroot, Fienberg (1983), The comparison and evaluation of forecasters
 */
import { horizontalAxis, verticalAxis } from './axes.js'
import { figure } from './figures.js'
import { coordinate, type Markup, markup } from './markup.js'
import { picture } from './picture.js'
import type { Bin } from './report.js'
import { extent, isDrawable, linear, whole } from './scale.js'
import { wilson } from './wilson.js'

const [width, height] = [440, 520]
const above = { left: 62, right: 426, top: 14, bottom: 378 }
const below = { ...above, top: 396, bottom: 470 }

const isShare = (x: number): boolean => x >= 0 && x <= 1

/** The picture, if there is a bin with examples. */
export const reliability = (calibration: readonly Bin[]): Markup | undefined => {
  const bins = calibration.filter(
    ({ predicted, observed, count }) => isShare(predicted) && isShare(observed) && isDrawable(count) && count >= 1,
  )
  if (bins.length === 0) return undefined
  const x = linear([0, 1], [above.left, above.right], 5)
  const y = linear([0, 1], [above.bottom, above.top], 5)
  const counts = whole([0, extent(bins.map(({ count }) => count))[1]], [below.bottom, below.top], 2)
  const line = bins.map(
    ({ predicted, observed }, i) => `${i === 0 ? 'M' : 'L'}${coordinate(x.at(predicted))} ${coordinate(y.at(observed))}`,
  )
  const says = ({ predicted, observed, count }: Bin): string =>
    `predicted ${figure(predicted)}, observed ${figure(observed)}, of ${figure(count)} examples`
  return picture({
    id: 'calibration',
    title: 'Calibration',
    description: `Observed frequency by predicted probability: ${bins.map(says).join('; ')}.`,
    width,
    height,
    drawing: [
      verticalAxis(y, above, 'observed frequency'),
      horizontalAxis({ ...x, ticks: x.ticks.map(({ at }) => ({ at, label: '' })) }, above, ''),
      markup`<line class="diagonal" x1="${x.at(0)}" y1="${y.at(0)}" x2="${x.at(1)}" y2="${y.at(1)}"/>`,
      ...bins.map((bin) => {
        const [low, high] = wilson(bin.observed, bin.count).map(y.at)
        return markup`<path class="interval" d="M${x.at(bin.predicted)} ${low}V${high}"/>`
      }),
      markup`<path class="train line" d="${line.join('')}"/>`,
      ...bins.map(
        (bin) =>
          markup`<circle class="train dot" cx="${x.at(bin.predicted)}" cy="${y.at(bin.observed)}" r="4.5"><title>${says(bin)}</title></circle>`,
      ),
      verticalAxis(counts, below, 'examples'),
      horizontalAxis(x, below, 'predicted probability'),
      ...bins.map(
        (bin) =>
          markup`<rect class="bar" x="${x.at(bin.predicted) - 7}" y="${counts.at(bin.count)}" width="14" height="${below.bottom - counts.at(bin.count)}"><title>${says(bin)}</title></rect>`,
      ),
    ],
    caption:
      'On the dashed diagonal, what is predicted with a probability comes true that often. Bars: where a frequency may be, at 95 %. Below: how many examples are behind each point.',
  })
}
