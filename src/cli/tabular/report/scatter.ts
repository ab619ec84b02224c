/** Predicted against actual values: on the diagonal they are the same. */
import { horizontalAxis, roomFor, verticalAxis } from './axes.js'
import { figure } from './figures.js'
import { type Markup, markup } from './markup.js'
import { picture } from './picture.js'
import type { Scatter } from './report.js'
import { extent, isDrawable, linear, widened } from './scale.js'

const [side, top] = [400, 14]

/** The picture, if there is a point. */
export const scatterPlot = ({ unit, points }: Scatter): Markup | undefined => {
  const drawable = points.filter((point) => point.every(isDrawable))
  if (drawable.length === 0) return undefined
  const values = extent(drawable.flat())
  const domain = widened(values)
  const y = linear(domain, [top + side, top])
  const left = roomFor(y)
  const x = linear(domain, [left, left + side])
  const frame = { left, right: left + side, top, bottom: top + side }
  const named = (name: string): string => (unit === '' ? name : `${name} (${unit})`)
  const undrawn = points.length - drawable.length
  const without = undrawn === 0 ? '' : ` ${figure(undrawn)} are left out, which are no finite numbers.`
  return picture({
    id: 'scatter',
    title: 'Predicted against actual',
    description: `${figure(drawable.length)} examples, with values from ${figure(values[0])} to ${figure(values[1])}.`,
    width: frame.right + 24,
    height: frame.bottom + 48,
    drawing: [
      verticalAxis(y, frame, named('predicted')),
      horizontalAxis(x, frame, named('actual')),
      ...drawable.map(([actual, predicted]) => markup`<circle class="point" cx="${x.at(actual)}" cy="${y.at(predicted)}" r="3"/>`),
      markup`<line class="diagonal" x1="${frame.left}" y1="${frame.bottom}" x2="${frame.right}" y2="${frame.top}"/>`,
    ],
    caption: `On the dashed diagonal, predictions are right; above it they are too high, below it too low.${without}`,
  })
}
