/** Learning curves: the costs of training and of validation, where there is one, by epoch, and the epoch whose parameters were kept. */
import { type Frame, horizontalAxis, roomFor, verticalAxis } from './axes.js'
import { figure } from './figures.js'
import { lengthOf } from './label.js'
import { coordinate, type Markup, markup } from './markup.js'
import { pageWidth, picture } from './picture.js'
import type { Epoch } from './report.js'
import { extent, isDrawable, isWide, logarithmic, roundLinear, type Scale, whole } from './scale.js'
import { strideFor, thinned } from './thinned.js'

/** Of the picture. @unit pixels */
const height = 380
/** So many epochs are drawn at the most, and so few that each has a dot. */
const [mostDrawn, dotted] = [1000, 30]

type Series = 'train' | 'validation'
interface Place {
  readonly x: Scale
  readonly y: Scale
  readonly frame: Frame
}

/** A line through the costs that are numbers; where one is not, it is broken. */
const lineOf = (epochs: readonly Epoch[], series: Series, { x, y }: Place): string =>
  epochs
    .map((epoch, i) => {
      if (!isDrawable(epoch[series])) return ''
      const [at, to] = [coordinate(x.at(epoch.epoch)), coordinate(y.at(epoch[series]))]
      const before = epochs[i - 1]
      return before !== undefined && isDrawable(before[series]) ? `L${at} ${to}` : `M${at} ${to}h0`
    })
    .join('')

const drawn = (epochs: readonly Epoch[], series: Series, place: Place): Markup => {
  const dots = epochs.length > dotted ? [] : epochs.filter((epoch) => isDrawable(epoch[series]))
  const circle = (epoch: Epoch): Markup =>
    markup`<circle class="${series} dot" cx="${place.x.at(epoch.epoch)}" cy="${place.y.at(epoch[series])}" r="3"/>`
  return markup`<path class="${series} line" d="${lineOf(epochs, series, place)}"/>${dots.map(circle)}`
}

/** A line at the best epoch, and a ring around its cost. */
const mark = ({ epoch, validation }: Epoch, { x, y, frame }: Place): Markup => {
  const at = x.at(epoch)
  const ring = isDrawable(validation) ? markup`<circle class="ring" cx="${at}" cy="${y.at(validation)}" r="5"/>` : undefined
  return markup`<line class="mark" x1="${at}" x2="${at}" y1="${frame.top}" y2="${frame.bottom}"/>${ring}`
}

/** The costs that there are: those of training, and of validation if an epoch has one. */
export const seriesOf = (epochs: readonly Epoch[]): readonly Series[] =>
  epochs.some(({ validation }) => !Number.isNaN(validation)) ? ['train', 'validation'] : ['train']

/** What is what, in a line above the curves. */
const legend = (left: number, all: readonly Series[], best: Epoch | undefined): Markup => {
  const after = (some: readonly Series[]): number => some.reduce((x, series) => x + 34 + lengthOf(series) + 24, left)
  const strokes = all.map((series, i) => {
    const x = after(all.slice(0, i))
    return markup`<path class="${series} line" d="${`M${coordinate(x)} 14h26`}"/><text x="${x + 34}" y="18">${series}</text>`
  })
  const end = after(all)
  const ring =
    best &&
    markup`<circle class="ring" cx="${end}" cy="14" r="5"/><text x="${end + 14}" y="18">best epoch: ${figure(best.epoch)}, validation cost ${figure(best.validation)}</text>`
  return markup`${strokes}${ring}`
}

/** What the curves show, in words. */
const described = (epochs: readonly Epoch[], all: readonly Series[], best: Epoch | undefined): string => {
  const [first, last] = [epochs[0], epochs.at(-1)]
  const ends = all.map((series) => `${series} from ${figure(first?.[series] ?? 0)} to ${figure(last?.[series] ?? 0)}`)
  const kept = best === undefined ? '' : ` The best epoch is ${figure(best.epoch)}, with a validation cost of ${figure(best.validation)}.`
  return `The cost over ${epochs.length} epochs: ${ends.join(', ')}.${kept}`
}

/** The picture, if there is an epoch. */
export const curves = (epochs: readonly Epoch[], bestEpoch: number): Markup | undefined => {
  if (epochs.length === 0) return undefined
  const all = seriesOf(epochs)
  const costs = epochs.flatMap(({ train, validation }) => [train, validation]).filter(isDrawable)
  const isLog = isWide(costs)
  const [top, bottom] = [34, height - 48]
  const y = (isLog ? logarithmic : roundLinear)(extent(costs), [bottom, top])
  const frame = { left: roomFor(y), right: pageWidth - 14, top, bottom }
  const x = whole(extent(epochs.map(({ epoch }) => epoch)), [frame.left, frame.right], 10)
  const place = { x, y, frame }
  const stride = strideFor(epochs.length, mostDrawn)
  const shown = thinned(epochs, stride, ({ epoch }) => epoch === bestEpoch)
  // Without a validation cost none is better than another: the last was kept.
  const best = all.length === 1 ? undefined : epochs.find(({ epoch }) => epoch === bestEpoch)
  const every = stride === 1 ? '' : ` One in ${stride} epochs is drawn.`
  const axis = isLog ? ' The axis of costs is logarithmic.' : ''
  return picture({
    id: 'curves',
    title: 'Learning curves',
    description: described(epochs, all, best),
    width: pageWidth,
    height,
    drawing: [
      verticalAxis(y, frame, 'cost'),
      horizontalAxis(x, frame, 'epoch'),
      ...all.map((series) => drawn(shown, series, place)),
      ...(best === undefined ? [] : [mark(best, place)]),
      legend(frame.left, all, best),
    ],
    caption: `Cost of the training${all.length === 1 ? '' : ' and of the validation'} examples by epoch.${axis}${every}`,
  })
}
