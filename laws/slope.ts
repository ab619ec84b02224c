/**
 * Whether a slope is that of a function at 0, told from differences alone:
 *
 *     φ(h) = ⟨dy, y(h)⟩,   φ′(0) = p ?
 *
 * No step is right for every function. The difference quotient c(h) = (φ(h) − φ(−h)) / 2h errs by h²·|φ‴|/6 from the cut
 * series and by ε·|φ|/h from rounding, and by anything where a kink lies within h. So it is taken at several steps, and at
 * half of each: |c(h) − c(h/2)| estimates what c(h) errs by, and (4 c(h/2) − c(h)) / 3 errs by far less (Richardson). The slope
 * is right where it agrees at a step whose own estimate of its error is small; it is wrong where it agrees at none.
 *
 * At a kink, where the slopes from the left and from the right are both sure of themselves and differ, a pullback may choose
 * either, number by number of y.
 *
 * @source Press et al. (2007), Numerical Recipes §5.7; Higham (2002) §1.14
 */

/** The numbers of y(h), for every h. */
export type Path = (h: number) => Float64Array

export interface Slope {
  readonly agrees: boolean
  /** The slope that the differences give, at the step that is surest. */
  readonly expected: number
}

/** The first is enough for most functions; then larger ones, for what is noisy, and smaller ones, for what is steep or kinked. */
const first = 1e-5
const steps = [1e-4, 1e-6, 1e-3, 1e-7, 1e-8, 1e-2] as const

/** One side alone is looked at nearby: a kink that is not at 0 itself gives nobody a choice. */
const nearby = [1e-6, 1e-7] as const

/** What a right slope may differ by, of its own size: both ways round some thousand operations. */
export const slopeBound = 1e-6
/** A step may be used if its error, as it estimates it, is below this share of the slope: of two-sided and one-sided slopes. */
const sure = { both: 1e-5, one: 1e-4 } as const

const dot = (dy: Float64Array, y: (i: number) => number): number => dy.reduce((sum, d, i) => sum + (d === 0 ? 0 : d * y(i)), 0)
const at = (y: Float64Array, i: number): number => y[i] ?? Number.NaN

interface Estimate {
  readonly slope: number
  readonly error: number
}

/** What y(h) was rounded to costs a quotient. */
const rounding = (dy: Float64Array, y: Float64Array, h: number): number =>
  (4 * Number.EPSILON * dot(dy.map(Math.abs), (i) => Math.abs(at(y, i)))) / h

const scaleOf = (a: number, b: number): number => 1 + Math.max(Math.abs(a), Math.abs(b))
const isNear = (p: number, { slope, error }: Estimate): boolean =>
  Object.is(p, slope) || Math.abs(p - slope) <= slopeBound * scaleOf(p, slope) + 2 * error

/** From both sides, at a step and at half of it. */
const twoSided = (y: Path, dy: Float64Array, h: number): Estimate => {
  const quotient = (step: number): number => {
    const [up, down] = [y(step), y(-step)]
    return dot(dy, (i) => (at(up, i) - at(down, i)) / (2 * step))
  }
  const [whole, half] = [quotient(h), quotient(h / 2)]
  return { slope: (4 * half - whole) / 3, error: Math.abs(whole - half) + rounding(dy, y(0), h) }
}

interface Sides {
  readonly low: number
  readonly high: number
  readonly error: number
}
/** From each side by itself, number by number of y: the least and the largest that any choice of sides gives. */
const oneSided = (y: Path, dy: Float64Array, h: number): Sides => {
  const side = (step: number): { readonly slope: Float64Array; readonly error: Float64Array } => {
    const [start, whole, half] = [y(0), y(step), y(step / 2)]
    const far = whole.map((v, i) => (v - at(start, i)) / step)
    const near = half.map((v, i) => (v - at(start, i)) / (step / 2))
    return { slope: near.map((s, i) => 2 * s - at(far, i)), error: near.map((s, i) => Math.abs(s - at(far, i))) }
  }
  const [right, left] = [side(h), side(-h)]
  const choice = (pick: (a: number, b: number) => number): number =>
    dy.reduce((sum, d, i) => sum + pick(d * at(right.slope, i), d * at(left.slope, i)), 0)
  const error = dot(dy.map(Math.abs), (i) => Math.max(at(right.error, i), at(left.error, i)))
  return { low: choice(Math.min), high: choice(Math.max), error: error + rounding(dy, y(0), h) }
}

/** Both sides are sure of themselves and differ, and the slope lies where a choice of sides leads. */
const isChosen = (p: number, { low, high, error }: Sides): boolean => {
  const scale = scaleOf(low, high)
  const slack = slopeBound * scale + 2 * error
  return error <= sure.one * scale && high - low > 10 * slack && p >= low - slack && p <= high + slack
}

const surest = (estimates: readonly Estimate[]): Estimate =>
  estimates.reduce((best, e) => (e.error < best.error || Number.isNaN(best.error) ? e : best))

/** Whether p is the slope of ⟨dy, y(h)⟩ at 0. */
export const slopeAt = (y: Path, dy: Float64Array, p: number): Slope => {
  const [up, down] = [y(first), y(-first)]
  const quick = dot(dy, (i) => (at(up, i) - at(down, i)) / (2 * first))
  if (isNear(p, { slope: quick, error: 0 })) return { agrees: true, expected: quick }
  const estimates = [first, ...steps].map((h) => twoSided(y, dy, h))
  const usable = estimates.filter(({ slope, error }) => error <= sure.both * scaleOf(p, slope))
  return {
    agrees: usable.some((estimate) => isNear(p, estimate)) || nearby.some((h) => isChosen(p, oneSided(y, dy, h))),
    expected: surest(estimates).slope,
  }
}
