/** The edges of regressions: what is printed of few numbers, of none and of tiny ones; what has no weight; what no step can do. */
import { describe, expect, it, test } from 'vitest'
import { orThrow } from '../../../src/error/index.js'
import { formula, mul, neg, oneHot, square } from '../../../src/ops/index.js'
import {
  backSubstitute,
  binomialFamily,
  cholesky,
  type Estimates,
  type Family,
  gaussianFamily,
  glm,
  linearRegression,
  multinomial,
  negativeBinomialFamily,
  type Observations,
  poissonFamily,
  summary,
} from '../../../src/optimise/index.js'
import { coefficientTable } from '../../../src/optimise/linear/summary.js'
import { fisherTail, studentTail } from '../../../src/optimise/linear/tails.js'
import { matrix, ones, placeholder, type Tensor, toArray, vector, zeros } from '../../../src/tensor/index.js'
import { column, columns, mtcars } from './r-datasets.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
type Result = { readonly _tag: string; readonly left?: Error }
const message = (result: Result): string => result.left?.message ?? 'a fit'
const numbers = (x: Tensor): readonly number[] => Array.from(toArray(x))
const classesOf = (indices: readonly number[], k: number) => oneHot(k, 'float64')(vector(indices, 'int32')) as Observations<1, 3>['y']

describe("Akaike's criterion of a linear regression", () => {
  test("is R's: AIC(lm(mpg ~ wt, mtcars))", () =>
    expect(orThrow(linearRegression()({ x: column(mtcars.wt), y: column(mtcars.mpg) })).aic).toBeCloseTo(166.0294, 4))
  test('is of the densities, whose variances are σ²/w; a weight of 0 is not counted', () => {
    const [x, y, weights] = [
      [1, 2, 3, 4, 5],
      [2, 1, 4, 3, 9],
      [1, 2, 0.5, 4, 0],
    ]
    const fit = orThrow(linearRegression()({ x: column(x), y: column(y), weights: vector(weights, 'float64') }))
    const variance = fit.deviance / 4
    const logs = numbers(fit.means).map((mean, i) => {
      const w = weights[i] ?? 0
      return w === 0 ? 0 : (-Math.log((2 * Math.PI * variance) / w) - (w * ((y[i] ?? 0) - mean) ** 2) / variance) / 2
    })
    expect(fit.aic).toBeCloseTo(2 * 3 - 2 * logs.reduce((sum, log) => sum + log, 0), 10)
  })
})

describe('a family', () => {
  test('lacks nothing to a perfect fit of its trials', () => {
    const { deviance, linkOf } = binomialFamily({ trials: 4 })
    for (const y of [1, 2, 3]) expect(numbers(deviance(column([linkOf(y)]), column([y])))[0]).toBeCloseTo(0, 12)
    expect(numbers(deviance(column([0]), column([4])))[0]).toBeCloseTo(8 * Math.LN2, 12)
  })
  test('of negative binomial counts falls for ever where there are none', () => {
    const fit = glm({ family: negativeBinomialFamily({ size: 2 }) })({ x: column([0, 0, 0, 1, 1, 1]), y: column([2, 4, 3, 0, 0, 0]) })
    expect(message(fit)).toContain('falls for ever along −x0;')
  })
  test('is refused without its size or its support', () => {
    expect(() => negativeBinomialFamily({} as never)).toThrow(
      'negativeBinomialFamily expects a finite number above 0 for its size, receives undefined',
    )
    expect(() => glm({ family: { ...poissonFamily, support: undefined as never } })).toThrow(
      'glm expects a family with a support, receives undefined',
    )
    expect(() => glm({ family: { ...poissonFamily, curvature: 3 as never } })).toThrow(
      'glm expects a family with curvature, a function, if it has one, receives 3',
    )
  })
})

describe('a step that cannot be made', () => {
  const [x, y] = [column([1, 2, 3, 4, 5]), column([1.1, 2, 3, 4, 5])]
  test('for want of information', () => {
    const flat: Family = { ...gaussianFamily, moments: (eta) => ({ ...gaussianFamily.moments(eta), slope: mul(0)(eta) as typeof eta }) }
    expect(message(glm({ family: flat })({ x, y }))).toBe('glm does not converge: its information is singular after 0 steps')
    const lost: Family = { ...gaussianFamily, moments: (eta) => ({ ...gaussianFamily.moments(eta), mean: mul(nan)(eta) as typeof eta }) }
    expect(message(glm({ family: lost })({ x, y }))).toBe('glm does not converge: its information is singular after 0 steps')
  })
  test('since the deviance only rises', () => {
    const turned: Family = { ...gaussianFamily, deviance: (eta, target) => neg(square(formula.sub(target, eta))) as typeof eta }
    expect(message(glm({ family: turned })({ x, y }))).toBe('glm does not converge: no step lowers its deviance')
  })
})

describe('an example of weight 0 is not there', () => {
  const weights = vector([1, 1, 1, 1, 1, 1, 0])
  test('where columns are counted', () =>
    expect(
      message(linearRegression()({ x: columns([1, 2, 3, 4], [0, 1, 5, 1]), y: column([1, 2, 2, 4]), weights: vector([1, 1, 0, 0]) })),
    ).toContain('receives 2 examples and 3 columns'))
  test('where it would keep a direction from separating', () => {
    const crossing = { x: column([1, 2, 3, 4, 5, 6, 9]), y: column([0, 0, 0, 1, 1, 1, 0]), weights }
    expect(message(glm({ family: binomialFamily() })(crossing))).toContain('no direction separates')
    const classes = { x: column([1, 2, 3, 2, 3, 9, 9]), y: classesOf([0, 1, 0, 1, 1, 2, 0], 3), weights }
    expect(message(multinomial()(classes))).toContain('no direction separates')
  })
})

describe('a weight decay', () => {
  const twice = { x: columns([1, 2, 3, 4], [2, 4, 6, 8]), y: column([1, 3, 2, 5]) }
  test('allows columns that depend on others', () => {
    expect(linearRegression({ weightDecay: 0.1 })(twice)._tag).toBe('Right')
    expect(multinomial({ weightDecay: 0.1 })({ x: twice.x, y: classesOf([0, 1, 0, 2], 3) })._tag).toBe('Right')
  })
  test('allows classes that are apart', () =>
    expect(multinomial({ weightDecay: 0.1 })({ x: column([1, 2, 3, 4, 5, 6]), y: classesOf([0, 0, 1, 1, 2, 2], 3) })._tag).toBe('Right'))
})

test('without an intercept the null deviance is that of 0', () => {
  const fit = orThrow(linearRegression({ intercept: false })({ x: column([1, 2, 3]), y: column([1, 2, 4]) }))
  expect(fit.nullDeviance).toBeCloseTo(21, 12)
  expect(fit.degrees).toEqual({ residual: 2, null: 3 })
})

test('the direction has a factor of 1 where its part is largest, whatever the lengths of columns', () => {
  const x = columns([100, 200, 300, 400, 500, 600], [0.3, 0.1, 0.2, 0.2, 0.1, 0.3])
  const fit = glm({ family: binomialFamily(), names: ['long', 'short'] })({ x, y: column([0, 0, 0, 1, 1, 1]) })
  expect(message(fit)).toMatch(/for ever along long [−+]/)
})

describe('what is not data', () => {
  const [x, y] = [columns([1, 2, 3, 4], [0, 1, 5, 1]), column([1, 2, 2, 4])]
  const fitted = (data: object): string => message(linearRegression()(data as never) as Result)
  test.each<readonly [string, () => string, string]>([
    [
      'a NaN in a later column',
      () => fitted({ x: columns([1, 2, 3, 4], [0, nan, 5, 1]), y }),
      'finite numbers, receives NaN (x, example 1)',
    ],
    [
      'a NaN that stands first',
      () => fitted({ x: columns([nan, 2, 3, 4], [0, 1, 5, 1]), y }),
      'finite numbers, receives NaN (x, example 0)',
    ],
    ['a box', () => fitted({ x: ones([4, 2, 1]), y }), 'x [N, P] and y [N, 1], receives [4, 2, 1] and [4, 1]'],
    ['a box of targets', () => fitted({ x, y: ones([4, 1, 1]) }), 'x [N, P] and y [N, 1], receives [4, 2] and [4, 1, 1]'],
    ['two targets', () => fitted({ x, y: ones([4, 2]) }), 'x [N, P] and y [N, 1], receives [4, 2] and [4, 2]'],
    [
      'an infinite weight',
      () => fitted({ x, y, weights: vector([1, 1, inf, 1]) }),
      'finite weights of at least 0, receives Infinity (weights, example 2)',
    ],
    ['a column of weights', () => fitted({ x, y, weights: ones([4, 1]) }), 'weights of [4], one for each example, receives float32 [4, 1]'],
    ['weights that are not known', () => fitted({ x, y, weights: placeholder([4]) }), 'weights of [4], one for each example, receives '],
    ['a list of weights', () => fitted({ x, y, weights: [1, 1, 1, 1] }), 'weights of [4], one for each example, receives [1, 1, 1, 1]'],
    [
      'a first class without an example',
      () => message(multinomial()({ x: column([1, 2, 3]), y: classesOf([1, 2, 1], 3) })),
      'receives none of class 0',
    ],
  ])('%s', (_, sentence, part) => expect(sentence()).toContain(part))

  test.each<readonly [string, () => unknown, string]>([
    ['a box of a matrix', () => cholesky(ones([2, 2, 2]) as never), 'cholesky expects a square matrix, receives [2, 2, 2]'],
    ['more rows than columns', () => backSubstitute(ones([3, 2]) as never)(ones([2, 1])), 'receives [3, 2] and [2, 1]'],
    ['a vector on the right', () => backSubstitute(ones([2, 2]))(ones([2]) as never), 'receives [2, 2] and [2]'],
    ['a fit of no tensors', () => summary({ coefficients: 1, names: [], degrees: {} } as never), 'summary expects a fit of'],
    ['a fit without names', () => summary({ coefficients: zeros([1]), degrees: {} } as never), 'summary expects a fit of'],
    ['a fit without degrees', () => summary({ coefficients: zeros([1]), names: [] } as never), 'summary expects a fit of'],
  ])('%s', (_, make, part) => expect(make).toThrow(part))
})

describe('a table', () => {
  const tableOf = (coefficients: readonly number[], errors: readonly number[], p: readonly number[]): readonly string[] => {
    const of = (xs: readonly number[]) => vector(xs, 'float64')
    const parts = { coefficients: of(coefficients), standardErrors: of(errors), statistics: of(p.map(() => 1)), pValues: of(p) }
    const estimates: Estimates = { ...parts, names: p.map((_, i) => `x${i}`), test: 'z', covariance: matrix([[1]]) }
    return coefficientTable(estimates)
  }
  const marks = (p: readonly number[]): readonly string[] =>
    tableOf(
      p.map(() => 1),
      p.map(() => 1),
      p,
    )
      .slice(1, p.length + 1)
      .map((row) => row.replace(/.*[0-9]/, '').trim())
  it('has a mark for every probability, which the next begins at', () => {
    expect(marks([0.0009, 0.001, 0.009, 0.01, 0.04, 0.05, 0.09, 0.1])).toEqual(['***', '**', '**', '*', '*', '.', '.', ''])
  })
  it('explains its marks where there are any', () => {
    expect(tableOf([1, 1], [1, 1], [0.5, 0.2]).length).toBe(3)
    expect(tableOf([1, 1], [1, 1], [0.5, 0.06]).slice(3)).toEqual(['---', expect.stringContaining('Signif. codes')])
  })
  it('shows what is too small for the form of the others', () => {
    const [, ...rows] = tableOf([1, 1e-150, 0, 2.5e-140], [1, 1, 1, 1], [0.5, 0.5, 0.5, 0.5])
    expect(rows.map((row) => row.split(/ +/)[1])).toEqual(['1', '1.0e-150', '0', '2.5e-140'])
  })
  it('is not rounded by what is no number', () => expect(tableOf([1.5, -2.25], [nan, inf], [nan, nan])[1]).toMatch(/^x0 +1\.50 +NaN/))
  it('of zeros', () => expect(tableOf([0], [0], [nan])[1]).toMatch(/^x0 +0 +0 /))
})

describe('residuals', () => {
  const linesOf = (y: readonly number[]): readonly string[] =>
    summary(orThrow(linearRegression()({ x: column(y.map((_, i) => i)), y: column(y) }))).split('\n')
  it('are all shown where five degrees are left, or fewer', () => {
    expect(linesOf([1, 0, 3, 2])[1]?.trim().split(/ +/)).toEqual(['0', '1', '2', '3'])
    expect(linesOf([1, 0, 3, 2, 5, 4, 8])[1]?.trim().split(/ +/)).toHaveLength(7)
    expect(linesOf([1, 0, 3, 2, 5, 4, 8, 1])[1]?.trim().split(/ +/)).toEqual(['Min', '1Q', 'Median', '3Q', 'Max'])
  })
  it('keep their digits however small they are', () => {
    const small = [1, 0, 3, 2, 5, 4, 8, 1].map((y) => y * 1e-5)
    const [large, tiny] = [linesOf([1, 0, 3, 2, 5, 4, 8, 1]), linesOf(small)].map((lines) => lines[2]?.trim().split(/ +/).map(Number))
    tiny?.forEach((x, i) => {
      expect(x * 1e5).toBeCloseTo(large?.[i] ?? nan, 3)
    })
  })
})

test('tails far out, and of infinities', () => {
  expect([studentTail(inf, 3), studentTail(-inf, 3), fisherTail(inf, 3, 4), studentTail(1e160, 3)]).toEqual([0, 0, 0, 0])
  expect([studentTail(0, 3), fisherTail(0, 3, 4)]).toEqual([1, 1])
})
