/**
 * A fit as the table that R prints: estimates, standard errors, Wald's tests, and how well it fits. Without R's first lines, which
 * repeat the call, and without spaces at the ends of lines.
 *
 * @source R Core Team, summary.lm, summary.glm, printCoefmat
 */
import { shown, ValueError, wantsRecord } from '../../error/index.js'
import { Expression } from '../../tensor/expression.js'
import { toArray } from '../../tensor/read.js'
import type { Tensor } from '../../tensor/tensor.js'
import type { Estimates, Fit } from './fit.js'
import type { LinearFit } from './linear-regression.js'
import { formatted, general, probabilities, rounded } from './number-format.js'

const digits = 4
const legend = 'Signif. codes:  0 ‘***’ 0.001 ‘**’ 0.01 ‘*’ 0.05 ‘.’ 0.1 ‘ ’ 1'
const stars = (p: number): string => (p < 0.001 ? '***' : p < 0.01 ? '**' : p < 0.05 ? '*' : p < 0.1 ? '.' : '')

const numbers = (x: Tensor): readonly number[] => Array.from(toArray(x))

/** Rows with the first and the last column to the left, the others to the right. */
const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 || i === 5 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join(' ')
      .trimEnd(),
  )
}

/** Numbers that a common form would print as 0, though they are none, in a form of their own. */
const unhidden = (texts: readonly string[], values: readonly number[]): readonly string[] => {
  const isHidden = (i: number): boolean => values[i] !== 0 && Number(texts[i]) === 0
  const hidden = formatted(
    values.filter((_, i) => isHidden(i)),
    digits - 1,
  )
  return texts.map((text, i) => (isHidden(i) ? (hidden[texts.slice(0, i).filter((_, j) => isHidden(j)).length] ?? text) : text))
}

/** Estimates and standard errors share one form, in which the smallest still has four digits. */
const sizes = (values: readonly number[]): readonly string[] => {
  const logs = values.filter((x) => Number.isFinite(x) && x !== 0).map((x) => Math.floor(Math.log10(Math.abs(x))))
  const decimals = Math.max(1, digits - 1 - Math.min(...logs))
  return unhidden(
    formatted(
      values.map((x) => rounded(x, decimals)),
      digits,
    ),
    values,
  )
}

/** Coefficients as a table. */
export const coefficientTable = ({ names, coefficients, standardErrors, statistics, pValues, test }: Estimates): readonly string[] => {
  const p = names.length
  const shared = sizes([...numbers(coefficients), ...numbers(standardErrors)])
  const tests = formatted(
    numbers(statistics).map((x) => rounded(x, digits - 1)),
    digits,
  )
  const ps = numbers(pValues)
  const tails = probabilities(ps, digits - 1)
  const marks = ps.map(stars)
  const rows = names.map((name, i) => [name, shared[i] ?? '', shared[p + i] ?? '', tests[i] ?? '', tails[i] ?? '', marks[i] ?? ''])
  const lines = table([['', 'Estimate', 'Std. Error', `${test} value`, `Pr(>|${test}|)`, ''], ...rows])
  return marks.some((mark) => mark !== '') ? [...lines, '---', legend] : lines
}

/** A named row: names above numbers, in columns of one width. */
const named = (names: readonly string[], values: readonly string[]): readonly string[] => {
  const width = Math.max(...names.map(({ length }) => length), ...values.map(({ length }) => length))
  return [names, values].map((row) => row.map((cell) => cell.padStart(width)).join(' '))
}

/** A quantile between the two nearest in order: R's type 7. */
const quantile =
  (sorted: readonly number[]) =>
  (p: number): number => {
    const place = (sorted.length - 1) * p
    const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
    return low + (place - Math.floor(place)) * (high - low)
  }
/** What is small beside the largest is 0. */
const zapped = (values: readonly number[], significant: number): readonly number[] => {
  const largest = Math.max(0, ...values.map(Math.abs))
  return values.map((x) => rounded(x, largest === 0 ? significant : Math.max(0, Math.round(significant - Math.log10(largest)))))
}
const fewest = 5

const residualsOf = ({ residuals, degrees }: LinearFit): readonly string[] => {
  const all = numbers(residuals)
  if (degrees.residual > fewest) {
    const sorted = [...all].sort((a, b) => a - b)
    return named(['Min', '1Q', 'Median', '3Q', 'Max'], formatted(zapped([0, 0.25, 0.5, 0.75, 1].map(quantile(sorted)), digits + 1), digits))
  }
  return named(
    all.map((_, i) => `${i}`),
    formatted(all, digits),
  )
}

const isLinear = (fit: Fit<number, number> | LinearFit): fit is LinearFit => 'rSquared' in fit

const ofVariance = ({ dispersion, degrees, rSquared, adjustedRSquared, fStatistic }: LinearFit): readonly string[] => {
  const { value, degrees: between, pValue } = fStatistic
  const error = formatted([Number(Math.sqrt(dispersion).toPrecision(digits))], 7)[0]
  const first = `Residual standard error: ${error} on ${general(degrees.residual, 7)} degrees of freedom`
  return [
    first,
    `Multiple R-squared:  ${general(rSquared, digits)},\tAdjusted R-squared:  ${general(adjustedRSquared, digits)}`,
    `F-statistic: ${general(value, digits)} on ${between[0]} and ${general(between[1], 7)} DF,  p-value: ${probabilities([pValue], digits)[0]}`,
  ]
}

const ofDeviance = ({ family, dispersion, nullDeviance, deviance, degrees, aic, steps }: Fit<number, number>): readonly string[] => {
  const deviances = formatted([nullDeviance, deviance], digits + 1)
  const counts = formatted([degrees.null, degrees.residual], 7)
  return [
    `(Dispersion parameter for ${family} family taken to be ${formatted([dispersion], 7)[0]})`,
    '',
    `    Null deviance: ${deviances[0]}  on ${counts[0]}  degrees of freedom`,
    `Residual deviance: ${deviances[1]}  on ${counts[1]}  degrees of freedom`,
    `AIC: ${formatted([aic], digits + 1)[0]}`,
    '',
    `Number of Fisher Scoring iterations: ${steps}`,
  ]
}

/** The fit itself, or the sentence that says what was given in its place. */
const wantsFit = <F extends Fit<number, number>>(fit: F): F => {
  const expected = 'a fit of linearRegression, glm or multinomial'
  const { coefficients, names, degrees } = wantsRecord('summary', expected, fit)
  if (coefficients instanceof Expression && Array.isArray(names) && typeof degrees === 'object') return fit
  throw new ValueError({ who: 'summary', expected, received: shown(fit) })
}

/**
 * The table that R prints of a fit.
 *
 *                 Estimate Std. Error z value Pr(>|z|)
 *     (Intercept)   12.040      4.510   2.670  0.00759 **
 *     wt            -4.024      1.437  -2.801  0.00509 **
 *
 * Where the last digit of a standard error differs, ours is that of the optimum: R takes the information one step before it ends, and
 * ends when the deviance is settled to 10⁻⁸. The number of steps is ours, too, which start from the intercept alone.
 *
 * @error  `ValueError` for anything but a fit, an `Either` that holds one included
 * @example
 * console.log(summary(orThrow(linearRegression({ names: ['x1'] })(data))))
 */
export const summary = (fit: Fit<number, number> | LinearFit): string => {
  const own = wantsFit(fit)
  const coefficients = ['Coefficients:', ...coefficientTable(own), '']
  return (
    isLinear(own) ? ['Residuals:', ...residualsOf(own), '', ...coefficients, ...ofVariance(own)] : [...coefficients, ...ofDeviance(own)]
  ).join('\n')
}
