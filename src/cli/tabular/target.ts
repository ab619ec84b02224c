/** What a target is: classes, or a number; and the model that follows from it. */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { DecodeError, didYouMean } from '../../error/index.js'
import { learnedLogScale } from '../../layer/index.js'
import {
  categoricalLikelihood,
  gammaLikelihood,
  gaussianLogVarianceLikelihood,
  type Likelihood,
  laplaceLogScaleLikelihood,
  modelOf,
  poissonLikelihood,
  type SomeModel,
} from '../../likelihood/index.js'
import type { SomeNetwork } from '../../network/index.js'
import { oneHot } from '../../ops/index.js'
import type { Shape } from '../../shape/index.js'
import { type Batch, matrix, vector } from '../../tensor/index.js'
import type { LikelihoodName, TableConfig } from './config.js'
import { areNumbers, type Column, numbersIn } from './kinds.js'

/** So many different whole numbers may be classes without being said to be. */
const mostWholeClasses = 10

const finite = t.refinement(t.number, Number.isFinite, 'finite number')
export const Target = t.readonly(
  t.union([
    t.type({ kind: t.literal('classes'), name: t.string, likelihood: t.literal('categorical'), classes: t.readonlyArray(t.string) }),
    t.type({
      kind: t.literal('number'),
      name: t.string,
      likelihood: t.keyof({ gaussian: null, laplace: null, poisson: null, gamma: null }),
      /** What a target is less, and over, before it is learned. */
      mean: finite,
      deviation: t.refinement(finite, (x) => x > 0, 'finite number above 0'),
    }),
  ]),
)
export type Target = t.TypeOf<typeof Target>
/** A target, and why it is taken for what it is. */
export interface Found {
  readonly target: Target
  readonly reason: string
}

const sorted = (values: readonly string[]): readonly string[] => {
  const numbers = values.map(Number)
  return numbers.every(Number.isFinite) ? [...values].sort((a, b) => Number(a) - Number(b)) : [...values].sort()
}
/** Whole numbers without a gap between them. */
const areConsecutive = (values: readonly string[]): boolean =>
  sorted(values).every((value, i, all) => Number.isSafeInteger(Number(value)) && (i === 0 || Number(value) === Number(all[i - 1]) + 1))

const whyClasses = (column: Column, classes: readonly string[]): string | undefined => {
  if (!areNumbers(column)) return `${classes.length} different texts`
  if (classes.length === 2) return 'two different values'
  return classes.length <= mostWholeClasses && areConsecutive(classes)
    ? `${classes.length} whole numbers without a gap; --likelihood gaussian takes them as a quantity`
    : undefined
}

const refused = (expected: string, received: string, more: { readonly hint?: string } = {}): Either<DecodeError, never> =>
  left(new DecodeError({ who: '--target', expected, received, ...more }))

/** What numbers of a likelihood are like. */
const domains: Readonly<Record<string, readonly [holds: (y: number) => boolean, name: string]>> = {
  poisson: [(y) => Number.isSafeInteger(y) && y >= 0, 'counts, whole numbers of at least 0'],
  gamma: [(y) => y > 0, 'numbers above 0'],
}
const isScaled = (likelihood: LikelihoodName): boolean => likelihood === 'gaussian' || likelihood === 'laplace'

/** A column as a target: what it is, for a likelihood or for the one that it suggests. */
const asTarget = (column: Column, likelihood: LikelihoodName): Either<DecodeError, Found> => {
  const { name, kind, cells } = column
  const values = [...new Set(cells.filter((cell) => cell !== undefined))]
  if (values.length < 2) return refused('a target with different values', `${values.length === 0 ? 'none' : 'one'} in ${name}`)
  const why = whyClasses(column, values)
  const isClass = likelihood === 'categorical' || (likelihood === 'auto' && why !== undefined)
  if (isClass) {
    const target = { kind: 'classes', name, likelihood: 'categorical', classes: sorted(values) } as const
    return right({ target, reason: likelihood === 'auto' ? (why ?? '') : 'as it was asked for' })
  }
  if (!areNumbers(column))
    return refused('a column of numbers', `${name}, of ${values.length} ${kind} values`, { hint: 'try --likelihood categorical' })
  const own = likelihood === 'auto' ? 'gaussian' : likelihood
  const numbers = numbersIn(column).filter((y) => y !== undefined)
  const domain = domains[own]
  const odd = domain === undefined ? undefined : numbers.find((y) => !domain[0](y))
  if (odd !== undefined) return refused(`${domain?.[1]} for ${own}`, `${odd} in ${name}`)
  return right({
    target: { kind: 'number', name, likelihood: own, mean: 0, deviation: 1 } as Target,
    reason: likelihood === 'auto' ? 'numbers; for counts, say --likelihood poisson' : 'as it was asked for',
  })
}

/**
 * The target among the columns.
 *
 * @error `DecodeError` for a column that there is not, or one that the likelihood cannot be of
 */
export const targetIn = (
  columns: readonly Column[],
  { target, likelihood }: Pick<TableConfig, 'target' | 'likelihood'>,
): Either<DecodeError, Found> => {
  const names = columns.map(({ name }) => name)
  const column = columns.find(({ name }) => name === target)
  return column === undefined
    ? refused(`one of the columns ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`, target, didYouMean(target, names))
    : asTarget(column, likelihood)
}

/** The target whose numbers have mean 0 and deviation 1 over these, if its likelihood is one of location and scale. */
export const scaledBy = (target: Target, ys: readonly number[]): Target => {
  if (target.kind === 'classes' || !isScaled(target.likelihood)) return target
  const mean = ys.reduce((sum, y) => sum + y, 0) / ys.length
  const deviation = Math.sqrt(ys.reduce((sum, y) => sum + (y - mean) ** 2, 0) / ys.length)
  return { ...target, mean, deviation: deviation > 0 ? deviation : 1 }
}

/** A number for every row: its class, or what it is; NaN where it is missing or no class that was learned. */
export const numbersOfTarget = (target: Target, column: Column): readonly number[] => {
  if (target.kind === 'number') return numbersIn(column).map((y) => y ?? Number.NaN)
  const places = new Map(target.classes.map((name, i) => [name, i]))
  return column.cells.map((cell) => places.get(cell ?? '') ?? Number.NaN)
}
/** Those numbers as a model learns them. @shape N → [N, K], [N, 1] */
export const targetsFor = (target: Target, ys: readonly number[]): Batch<Shape> =>
  target.kind === 'classes'
    ? (oneHot(target.classes.length)(vector(ys, 'int32')) as unknown as Batch<Shape>)
    : (matrix(ys.map((y) => [(y - target.mean) / target.deviation])) as unknown as Batch<Shape>)
/** How many numbers the last layer of a network puts out. */
export const outputsFor = (target: Target): number => (target.kind === 'classes' ? target.classes.length : 1)

const likelihoods: Readonly<Record<Target['likelihood'], (target: Target) => Likelihood<never, never, never>>> = {
  categorical: (target) => categoricalLikelihood([outputsFor(target)]) as never,
  gaussian: () => gaussianLogVarianceLikelihood([2]) as never,
  laplace: () => laplaceLogScaleLikelihood([2]) as never,
  poisson: () => poissonLikelihood([1]) as never,
  gamma: () => gammaLikelihood([1]) as never,
}
/** The model of a target: a network under its likelihood. The scale of a gaussian and of a Laplace distribution is learned, too. */
export const modelFor = (target: Target, network: SomeNetwork): SomeModel => {
  const scaled = isScaled(target.likelihood) ? (learnedLogScale() as unknown as (net: SomeNetwork) => SomeNetwork)(network) : network
  return modelOf(likelihoods[target.likelihood](target) as never)(scaled as never) as unknown as SomeModel
}
/** What a model predicts, in the units of the target. */
export const unscaled = (target: Target, ys: readonly number[]): readonly number[] =>
  target.kind === 'classes' ? ys : ys.map((y) => y * target.deviation + target.mean)
