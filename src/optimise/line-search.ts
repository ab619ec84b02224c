/**
 * A line search: from a point along a direction of descent, how far to go. It looks at numbers, and is for full batches: the
 * function must be the same at every trial.
 *
 * The strong Wolfe conditions on φ(α) = J(θ + αd), for 0 < c₁ < c₂ < 1:
 *
 *     φ(α) ≤ φ(0) + c₁ α φ′(0)        it falls enough
 *     |φ′(α)| ≤ c₂ |φ′(0)|            it is much less steep there
 *
 * @source Nocedal and Wright (2006), algorithms 3.5 and 3.6
 */
import { optionsOf } from '../error/index.js'

/** φ at a size of step; `at` is what else was computed there. */
export interface Trial<X> {
  readonly size: number
  readonly value: number
  readonly slope: number
  readonly at: X
}
export interface LineSearchOptions {
  /** c₁ */
  readonly decrease: number
  /** c₂ */
  readonly curvature: number
  /** How often φ may be computed. */
  readonly trials: number
  /** How much of |φ(0)| two values may differ by rounding alone. */
  readonly noise: number
}
export const lineSearchDefaults: LineSearchOptions = Object.freeze({ decrease: 1e-4, curvature: 0.9, trials: 30, noise: 0 })

/** The minimum of the cubic through two trials and their slopes, kept away from both ends of the interval. */
const between = <X>(a: Trial<X>, b: Trial<X>): number => {
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.size - b.size)
  const d2 = Math.sign(b.size - a.size) * Math.sqrt(d1 * d1 - a.slope * b.slope)
  const cubic = b.size - ((b.size - a.size) * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2)
  const [low, width] = [Math.min(a.size, b.size), Math.abs(b.size - a.size)]
  return Number.isFinite(cubic) ? Math.min(Math.max(cubic, low + 0.1 * width), low + 0.9 * width) : low + width / 2
}

/**
 * A trial that obeys the strong Wolfe conditions, looked for from `first` on; if there is none within the allowed number, the
 * best that falls enough; nothing if not even that was found.
 *
 * Where rounding hides the decrease, a value within the noise of φ(0) will do, if the slope has fallen to (1 − 2c₁)|φ′(0)|.
 *
 * @source Nocedal and Wright (2006), algorithms 3.5 and 3.6; Hager and Zhang (2005), the approximate Wolfe conditions
 */
export const strongWolfe =
  (options: Partial<LineSearchOptions> = {}) =>
  <X>(phi: (size: number) => Trial<X>, start: Trial<X>, first: number): Trial<X> | undefined => {
    const { decrease, curvature, trials, noise } = optionsOf('strongWolfe', lineSearchDefaults, options)
    const falls = (t: Trial<X>): boolean =>
      t.value <= start.value + decrease * t.size * start.slope ||
      (t.value <= start.value + noise * Math.abs(start.value) && t.slope <= (2 * decrease - 1) * start.slope)
    const isFlat = (t: Trial<X>): boolean => Math.abs(t.slope) <= -curvature * start.slope

    /** Between `low`, which falls enough and has the smallest value so far, and `high`. */
    const zoom = (low: Trial<X>, high: Trial<X>, left: number): Trial<X> | undefined => {
      if (left === 0) return low.size > 0 ? low : undefined
      const t = phi(between(low, high))
      if (!falls(t) || t.value > low.value + noise * Math.abs(start.value)) return zoom(low, t, left - 1)
      if (isFlat(t)) return t
      return zoom(t, t.slope * (high.size - low.size) >= 0 ? low : high, left - 1)
    }
    /** Ever further out, until a minimum lies behind. */
    const bracket = (before: Trial<X>, size: number, left: number): Trial<X> | undefined => {
      if (left === 0) return before.size > 0 ? before : undefined
      const t = phi(size)
      if (!falls(t) || (before.size > 0 && t.value >= before.value)) return zoom(before, t, left - 1)
      if (isFlat(t)) return t
      return t.slope >= 0 ? zoom(t, before, left - 1) : bracket(t, 2 * size, left - 1)
    }
    return start.slope < 0 ? bracket(start, first, trials) : undefined
  }
