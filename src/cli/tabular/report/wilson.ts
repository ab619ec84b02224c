/**
 * Where a probability may be of which a frequency p was observed in n examples.
 *
 *     (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)
 *
 * @source Wilson (1927), Probable inference, the law of succession, and statistical inference
 */

/** Of the normal distribution, between whose ±z are 95 %. */
const z = 1.959_964

/** The interval, within [0, 1]. */
export const wilson = (p: number, n: number): readonly [low: number, high: number] => {
  const scale = 1 + z ** 2 / n
  const middle = p + z ** 2 / (2 * n)
  const half = z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2))
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)]
}
