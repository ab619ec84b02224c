/**
 * The design of a linear model: the columns that its linear predictors are combinations of, and how many of them are.
 *
 *     η = Xβ,  with a first column of ones where there is an intercept
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { ValueError, wantsList, wantsText } from '../../error/index.js'
import { concat, expandLast, greater, norm, reshape, select } from '../../ops/index.js'
import { ones } from '../../tensor/create.js'
import { toNested } from '../../tensor/nested.js'
import { toArray } from '../../tensor/read.js'
import type { Matrix, Vector } from '../../tensor/tensor.js'
import { qr } from './qr.js'

type Numbers = Matrix<number, number>
const hint = 'a weight decay allows them'

/** What the columns are called in summaries and sentences. R's word for the column of ones. */
const interceptName = '(Intercept)'

export interface Design {
  readonly x: Numbers
  readonly names: readonly string[]
  /** Whether the first column is the intercept, of ones. */
  readonly hasIntercept: boolean
}

/** The columns with an intercept before them, if there is one, and their names. */
export const designOf = (
  who: string,
  x: Numbers,
  { intercept, names }: { readonly intercept: boolean; readonly names: readonly string[] | undefined },
): Either<ValueError, Design> => {
  const [n, p] = x.shape
  const own = names ?? Array.from({ length: p }, (_, j) => `x${j}`)
  if (own.length !== p) return left(new ValueError({ who, expected: `${p} names, one for each column`, received: `${own.length}` }))
  return right(
    intercept
      ? { x: concat({ axis: -1 })([ones([n, 1], 'float64'), x] as const) as Numbers, names: [interceptName, ...own], hasIntercept: true }
      : { x, names: own, hasIntercept: false },
  )
}

/** Names themselves, or the sentence that says what was given in their place. */
export const wantsNames = (who: string, names: readonly string[] | undefined): readonly string[] | undefined =>
  names === undefined ? names : wantsList(who, 'a list of names', names).map((name) => wantsText(who, 'a name', name))

const digits = 3
/** A combination of columns, `2·x0 − 0.5·x1`, without those whose part in it is rounding. */
export const combination = (factors: readonly number[], names: readonly string[], sizes: readonly number[]): string => {
  const parts = factors.map((factor, j) => ({ factor, name: names[j], size: Math.abs(factor) * (sizes[j] ?? 0) }))
  const largest = parts.reduce((most, { size }) => Math.max(most, size), 0)
  const terms = parts.filter(({ size }) => size > 1e-6 * largest)
  return terms
    .map(({ factor, name }, i) => {
      const rounded = Number(Math.abs(factor).toPrecision(digits))
      const sign = factor < 0 ? (i === 0 ? '−' : ' − ') : i === 0 ? '' : ' + '
      return `${sign}${rounded === 1 ? '' : `${rounded}·`}${name}`
    })
    .join('')
}

/** The length of every column. */
const sizesOf = (x: Numbers): readonly number[] => Array.from(toArray(norm(0)(x) as Vector<number>))

/** Whether the coefficient j is an intercept: of every class, the first may be. */
export const isIntercept = ({ x, hasIntercept }: Design, j: number): boolean => hasIntercept && j % x.shape[1] === 0

/**
 * A direction of coefficients, of the columns once or once for every class, scaled so that the one with the largest part in it has a
 * factor of ±1; intercepts come last.
 */
export const direction = (design: Design, names: readonly string[], delta: Numbers): string => {
  const [factors, lengths] = [toArray(delta), sizesOf(design.x)]
  const size = (j: number): number => lengths[j % lengths.length] ?? 0
  const part = (j: number): number => (isIntercept(design, j) ? 0 : Math.abs(factors[j] ?? 0) * size(j))
  const places = [...names.keys()].sort((i, j) => Number(isIntercept(design, i)) - Number(isIntercept(design, j)) || i - j)
  const largest = places.reduce((most, j) => (part(j) > part(most) ? j : most), places[0] ?? 0)
  const unit = Math.abs(factors[largest] ?? 1)
  return combination(
    places.map((j) => (factors[j] ?? 0) / unit),
    places.map((j) => names[j] ?? ''),
    places.map(size),
  )
}

/** The factors of a column in those that it depends on: R's rows above, solved from the last up. */
const factorsIn = (r: readonly (readonly number[])[], pivots: readonly number[], column: number): readonly number[] =>
  pivots.reduceRight<readonly number[]>(
    (known, pivot, row) => {
      const rest = (r[row]?.[column] ?? 0) - pivots.reduce((sum, j) => sum + (r[row]?.[j] ?? 0) * (known[j] ?? 0), 0)
      return known.with(pivot, rest / (r[row]?.[pivot] ?? 1))
    },
    Array.from(r, () => 0),
  )

/**
 * The design, with every column independent of those before it where examples have a weight.
 *
 * @error  on the left, for more columns than examples; for columns that depend on others, with what they are: `x2 = 2·x0 + x1`
 */
export const independent =
  (who: string, weights: Matrix<number, 1>) =>
  (design: Design): Either<ValueError, Design> => {
    const { x, names } = design
    const counted = Array.from(toArray(weights)).filter((w) => w > 0).length
    const wrong = (expected: string, received: string) => left(new ValueError({ who, expected, received, hint }))
    if (counted < names.length) return wrong('at least as many examples as columns', `${counted} examples and ${names.length} columns`)
    const seen = select(x, 0)(expandLast(names.length)(reshape([x.shape[0]])(greater(0)(weights))))
    const { r, independent: own } = qr(seen)
    const isPivot = Array.from(toArray(own), (one) => one === 1)
    if (isPivot.every((one) => one)) return right(design)
    const [rows, sizes] = [toNested(r) as readonly (readonly number[])[], sizesOf(x)]
    const said = names.flatMap((name, j) => {
      if (isPivot[j]) return []
      const pivots = names.flatMap((_, i) => (i < j && isPivot[i] ? [i] : []))
      return [`${name} = ${combination(factorsIn(rows, pivots, j), names, sizes) || '0'}`]
    })
    return wrong('columns of which none is a combination of others', said.join(', '))
  }
