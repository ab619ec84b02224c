/** From numbers to places in a picture, with ticks at round numbers. The only place that knows the library of scales. */
import { scaleLinear, scaleLog } from 'd3-scale'

/** A round number: where it stands, and how it is written, if it is. */
export interface Tick {
  readonly at: number
  readonly label: string
}
export interface Scale {
  readonly at: (x: number) => number
  readonly ticks: readonly Tick[]
}
type Pair = readonly [from: number, to: number]

/** Beyond these, differences of numbers are no numbers. */
const [smallest, largest] = [1e-290, 1e290]
/** Whether a number has a place in a picture. */
export const isDrawable = (x: number): boolean => Number.isFinite(x) && Math.abs(x) <= largest

/** The least and the greatest of numbers that can be drawn; [0, 1] of none. */
export const extent = (values: readonly number[]): Pair => {
  const drawable = values.filter(isDrawable).map((x) => (Math.abs(x) < smallest ? 0 : x))
  const first = drawable[0]
  return first === undefined ? [0, 1] : [drawable.reduce((a, b) => Math.min(a, b), first), drawable.reduce((a, b) => Math.max(a, b), first)]
}

/** Ends so far apart that there are round numbers between them. */
const apart = ([low, high]: Pair): Pair => {
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (high - low > size * 1e-9) return [low, high]
  const margin = size === 0 ? 1 : size * 0.1
  return [low - margin, high + margin]
}

/** The same ends, a little further apart, so that no point lies on the edge. */
export const widened = (domain: Pair): Pair => {
  const [low, high] = apart(domain)
  const margin = (high - low) * 0.03
  return [low - margin, high + margin]
}

/** Thousands as k, millions as M; tiny ones with an exponent. */
const specifierFor = ([low, high]: Pair): string => {
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (size >= 1e15 || size < 1e-4) return '~e'
  return size >= 1e5 ? '~s' : ''
}

/** Equal differences are equally long. */
export const linear = (domain: Pair, range: Pair, count = 6): Scale => {
  const scale = scaleLinear().domain(apart(domain)).range(range)
  const specifier = specifierFor(domain)
  const format = specifier === '' ? scale.tickFormat(count) : scale.tickFormat(count, specifier)
  const ticks = scale.ticks(count).map((x) => ({ at: scale(x), label: x === 0 ? '0' : format(x) }))
  return { at: (x) => scale(x), ticks }
}

/** The same, from a round number to a round number. */
export const roundLinear = (domain: Pair, range: Pair, count = 6): Scale => {
  const [low = 0, high = 1] = scaleLinear().domain(apart(domain)).nice(count).domain()
  return linear([low, high], range, count)
}

/** Whole numbers only, such as epochs and counts. */
export const whole = (domain: Pair, range: Pair, count = 6): Scale => {
  const [low, high] = domain
  const scale = scaleLinear()
    .domain(low === high ? [low - 1, high + 1] : [low, high])
    .range(range)
  const format = scale.tickFormat(count, ',d')
  const ticks = scale.ticks(count).filter((x) => Number.isInteger(x) && x >= low && x <= high)
  return { at: (x) => scale(x), ticks: ticks.map((x) => ({ at: scale(x), label: format(x) })) }
}

/** Digits of the ticks of a logarithmic axis: of one over few powers of ten, and of one over many. */
const [ofFew, ofMany] = [[1, 2, 5], [1]]
const digitOf = (x: number): number => Math.round(x / 10 ** Math.floor(Math.log10(x) + 1e-9))

/** Equal ratios are equally long. For what is above 0. */
export const logarithmic = ([low, high]: Pair, range: Pair, count = 8): Scale => {
  const [from, to] = [low / 1.15, high * 1.15]
  const scale = scaleLog().domain([from, to]).range(range)
  const digits = to / from > 1000 ? ofMany : ofFew
  const format = scale.tickFormat(Number.POSITIVE_INFINITY, ',~g')
  const ticks = scale.ticks(count).filter((x) => digits.includes(digitOf(x)))
  return { at: (x) => scale(x), ticks: ticks.map((x) => ({ at: scale(x), label: format(x) })) }
}

/** Whether a logarithmic axis shows more of numbers: they are all above 0, and their range is large. */
export const isWide = (values: readonly number[]): boolean => {
  const [low, high] = extent(values)
  return values.length > 0 && low > smallest && high / low > 50
}
