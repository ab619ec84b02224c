/** Fits with certified or published answers; the same optimum from anywhere; what cannot be fitted, and why. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { compile } from '../../../src/engine/index.js'
import { wasm } from '../../../src/engine/wasm/index.js'
import { orThrow } from '../../../src/error/index.js'
import { foriLoop } from '../../../src/graph/index.js'
import { dense, input } from '../../../src/layer/index.js'
import { bernoulli, gamma, gaussian, negativeBinomial, poisson, regularised, weightDecay } from '../../../src/likelihood/index.js'
import { erf, exp, formula, log as logOf, mul } from '../../../src/ops/index.js'
import {
  applyUpdates,
  binomialFamily,
  type Family,
  type Fit,
  gammaFamily,
  gaussianFamily,
  glm,
  gradientDescent,
  linearRegression,
  negativeBinomialFamily,
  type Observations,
  poissonFamily,
} from '../../../src/optimise/index.js'
import { leaves } from '../../../src/params/index.js'
import { key } from '../../../src/random/index.js'
import { type Matrix, matrix, ones, type Tensor, tensor, toArray, vector, zeros } from '../../../src/tensor/index.js'
import { digits, filip, longley, norris } from './nist.js'
import { anscombe, clotting, column, columns, insectSprays, mtcars } from './r-datasets.js'

type Numbers = Matrix<number, number>
const numbers = (x: Tensor): readonly number[] => Array.from(toArray(x))
const all = (got: Tensor, want: readonly number[], atLeast: number): void => {
  const mine = numbers(got)
  for (const [i, value] of want.entries())
    expect(digits(mine[i] ?? Number.NaN, value), `${mine[i]} should be ${value}`).toBeGreaterThan(atLeast)
}

describe('linear regression', () => {
  test.each([
    ['Norris', norris, 12, 13],
    ['Longley', longley, 10.9, 12.5],
    ['Filip', filip, 7, 7.5],
  ] as const)('%s: coefficients to so many digits, standard errors to more', (_, { x, y, ...certified }, atLeast, ofErrors) => {
    const fit = orThrow(linearRegression()({ x: matrix(x, 'float64') as Numbers, y: column(y) }))
    all(fit.coefficients, certified.coefficients, atLeast)
    all(fit.standardErrors, certified.standardErrors, ofErrors)
    expect(digits(Math.sqrt(fit.dispersion), certified.residualDeviation)).toBeGreaterThan(ofErrors)
    expect(digits(fit.rSquared, certified.rSquared)).toBeGreaterThan(ofErrors)
  })

  test("Anscombe's four: one line, one R², and the fourth drawn by one example alone", () => {
    const fits = anscombe.map(({ x, y }) => orThrow(linearRegression()({ x: column(x), y: column(y) })))
    for (const { coefficients, rSquared } of fits) {
      expect(numbers(coefficients)[0]).toBeCloseTo(3, 2)
      expect(numbers(coefficients)[1]).toBeCloseTo(0.5, 2)
      expect(rSquared).toBeCloseTo(0.666, 2)
    }
    const leverage = numbers(fits[3]?.leverage as Tensor)
    for (const [i, h] of leverage.entries()) expect(h).toBeCloseTo(i === 7 ? 1 : 0.1, 13)
  })

  test('weights are as if examples stood there so often, but for the degrees of freedom; a weight of 0 is not there', () => {
    const [x, y] = [columns([1, 2, 3, 4, 5], [1, 0, 0, 1, 0]), column([1, 3, 2, 5, 4])]
    const weights = vector([1, 2, 1, 0, 3], 'float64')
    const often = [0, 1, 1, 2, 4, 4, 4]
    const rows = (all: Numbers): Numbers => {
      const [, p] = all.shape
      const values = numbers(all)
      return matrix(often.map((i) => values.slice(i * p, i * p + p)), 'float64') // biome-ignore format: one line
    }
    const fit = orThrow(linearRegression()({ x, y, weights }))
    const repeated = orThrow(linearRegression()({ x: rows(x), y: rows(y) as Matrix<number, 1> }))
    all(fit.coefficients, numbers(repeated.coefficients), 12)
    expect(digits(fit.deviance, repeated.deviance)).toBeGreaterThan(12)
    expect(digits(fit.nullDeviance, repeated.nullDeviance)).toBeGreaterThan(12)
    expect(fit.degrees).toEqual({ residual: 1, null: 3 })
    expect(numbers(fit.leverage)[3]).toBe(0)
  })

  test('without an intercept, and by float32', () => {
    const fit = orThrow(linearRegression({ intercept: false })({ x: matrix([[1], [2], [4]]), y: matrix([[2], [4.5], [7.5]]) }))
    expect(fit.names).toEqual(['x0'])
    all(fit.coefficients, [41 / 21], 14)
    expect(numbers(fit.params.bias)).toEqual([0])
    expect(fit.degrees).toEqual({ residual: 2, null: 3 })
    expect([fit.coefficients.precision, fit.params.weights.precision, fit.params.bias.precision]).toEqual(['float64', 'float32', 'float32'])
  })

  test('Σ leverage is the number of parameters, and less under a weight decay', () => {
    const data = { x: columns(mtcars.wt, mtcars.gear), y: column(mtcars.mpg) }
    const sum = ({ leverage }: Fit<number>): number => numbers(leverage).reduce((a, b) => a + b, 0)
    expect(sum(orThrow(linearRegression()(data)))).toBeCloseTo(3, 12)
    const ridge = orThrow(linearRegression({ weightDecay: 1 })(data))
    expect(sum(ridge)).toBeLessThan(2.9)
    expect(ridge.degrees.residual).toBeCloseTo(32 - sum(ridge), 12)
  })
})

describe('glm', () => {
  test('logistic regression: am ~ wt', () => {
    const fit = orThrow(glm({ family: binomialFamily() })({ x: column(mtcars.wt), y: column(mtcars.am) }))
    all(fit.coefficients, [12.040369728657321, -4.023969962173201], 12)
    all(fit.standardErrors, [4.510066238966809, 1.436527752623574], 12)
    all(fit.pValues, [0.007592677016790642, 0.005091642306971926], 11)
    expect(digits(fit.deviance, 19.176084807445083)).toBeGreaterThan(12)
    expect(digits(fit.aic, 23.176084807445083)).toBeGreaterThan(12)
    expect(fit.test).toBe('z')
  })

  test('gamma regression: seconds to clotting', () => {
    const fit = orThrow(glm({ family: gammaFamily })({ x: column(clotting.u.map(Math.log)), y: column(clotting.lot1) }))
    all(fit.coefficients, [5.50323023, -0.60191767], 7.5)
    all(fit.standardErrors, [0.19030092, 0.0553078], 6)
    all(fit.pValues, [1.52150828e-8, 1.22149549e-5], 6)
    expect(digits(fit.dispersion, 0.02435438456519029)).toBeGreaterThan(11)
    expect(digits(fit.deviance, 0.16260829449733055)).toBeGreaterThan(11)
    expect(digits(fit.nullDeviance, 3.512826263828518)).toBeGreaterThan(11)
    expect(digits(fit.aic, 58.4816562065847)).toBeGreaterThan(11)
    expect(fit.test).toBe('t')
  })

  test('negative binomial regression of a given size: InsectSprays', () => {
    const { x, count } = insectSprays
    const fit = orThrow(glm({ family: negativeBinomialFamily({ size: 5 }) })({ x, y: column(count) }))
    all(fit.coefficients, [2.6741486494265287, 0.05588045839445661, -1.9401794743463283, -1.0815178553088096, -1.4213856809311607], 11)
    all(fit.standardErrors, [0.14971236790408582, 0.2109863559067521, 0.2812124815332972, 0.2367057504846215], 11)
    expect(digits(fit.deviance, 40.60382050294707)).toBeGreaterThan(11)
    expect(digits(fit.nullDeviance, 159.98443203282886)).toBeGreaterThan(11)
    expect(digits(fit.aic, 387.7869340184909)).toBeGreaterThan(11)
  })

  test('binomial counts are as many examples of 0 and 1', () => {
    const counted = orThrow(glm({ family: binomialFamily({ trials: 4 }) })({ x: column([1, 2, 3]), y: column([1, 2, 4]) }))
    const one = (x: number, ys: readonly number[]) => ys.map((y) => [x, y] as const)
    const rows = [...one(1, [1, 0, 0, 0]), ...one(2, [1, 1, 0, 0]), ...one(3, [1, 1, 1, 1])]
    const single = orThrow(glm({ family: binomialFamily() })({ x: column(rows.map(([x]) => x)), y: column(rows.map(([, y]) => y)) }))
    all(counted.coefficients, numbers(single.coefficients), 12)
    all(counted.standardErrors, numbers(single.standardErrors), 11)
  })

  test('a family of your own: probit', () => {
    const logit = binomialFamily()
    const cumulative = (x: Matrix<number, 1>) => mul(0.5)(formula.add(1, erf(mul(Math.SQRT1_2)(x))))
    const probit: Family = {
      ...logit,
      link: 'probit',
      linkOf: (mean) => 2 * (mean - 0.5),
      moments: (eta) => {
        const mean = cumulative(eta)
        const slope = mul(1 / Math.sqrt(2 * Math.PI))(exp(mul(-0.5)(mul(eta)(eta))))
        return { mean, slope, variance: formula.mul(mean, formula.sub(1, mean)) }
      },
      deviance: (eta, y) => {
        const mean = cumulative(eta)
        return logit.deviance(formula.sub(logOf(mean), logOf(formula.sub(1, mean))), y)
      },
    }
    const fit = orThrow(glm({ family: probit })({ x: column(mtcars.wt), y: column(mtcars.am) }))
    all(fit.coefficients, [6.726406258714657, -2.2577625804318546], 10)
    all(fit.standardErrors, [2.268434524242031, 0.7197285542674172], 10)
    expect(digits(fit.deviance, 19.19873000512722)).toBeGreaterThan(10)
  })
})

/** Some examples of three columns within [−1, 1], and targets of a family that no direction separates. */
const some = (family: 'linear' | 'logistic' | 'poisson' | 'gamma') =>
  fc
    .array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })), {
      minLength: 8,
      maxLength: 8,
    })
    .map((rows): Observations<2> => {
      // The corners are there with each target, whatever else is.
      const corners = [[-1, -1], [-1, 1], [1, -1], [1, 1]] as const // biome-ignore format: a list
      const y = { linear: [-1, 2], logistic: [0, 1], poisson: [0, 3], gamma: [0.5, 2] }[family]
      const x = [...corners, ...corners, ...rows]
      return {
        x: matrix(x, 'float64'),
        y: column(x.map((_, i) => y[i < 4 ? 0 : i < 8 ? 1 : i % 3 === 0 ? 0 : 1] ?? 0)),
      }
    })

const net = pipe(input(2), dense(1))
const single = pipe(input(1), dense(1))
const models = { linear: gaussian(net), logistic: bernoulli(net), poisson: poisson(net), gamma: gamma(net) } as const
const families = { linear: gaussianFamily, logistic: binomialFamily(), poisson: poissonFamily, gamma: gammaFamily } as const

describe('a convex cost', () => {
  test.each(['linear', 'logistic', 'poisson', 'gamma'] as const)('%s: gradient descent ends at the same optimum from anywhere', (name) => {
    const start = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    const descent = gradientDescent({ learningRate: 0.2 })
    const model = pipe(models[name], regularised(weightDecay(0.01)))
    type Params = ReturnType<typeof model.init>
    const gradientOf = compile(wasm)((params: Params, x: Matrix<number, 2>, y: Matrix<number, 1>) =>
      foriLoop(3000)((now: Params): Params => {
        const [, gradients] = model.gradient(now, key(0))(x, y)
        const [updates] = descent.update(gradients, descent.init(now), now)
        return applyUpdates(now, updates)
      })(params),
    )
    fc.assert(
      fc.property(some(name), start, (data, [a = 0, b = 0, c = 0]) => {
        const fit = orThrow(glm({ family: families[name], weightDecay: 0.01 })(data))
        const first: Params = [{ weights: tensor([2, 1], [a, b], 'float64'), bias: vector([c], 'float64') }]
        const last = gradientOf(first, data.x, data.y)
        const [mine, theirs] = [leaves([fit.params]).flatMap(numbers), leaves(last).flatMap(numbers)]
        for (const [i, value] of mine.entries()) expect(theirs[i]).toBeCloseTo(value, 8)
      }),
      { numRuns: 20 },
    )
  })

  test.each(['linear', 'logistic', 'poisson', 'gamma'] as const)('%s: at the optimum no derivative is left', (name) =>
    fc.assert(
      fc.property(some(name), (data) => {
        const fit = orThrow(glm({ family: families[name] })(data))
        const [, gradients] = models[name].gradient([fit.params], key(0))(data.x, data.y)
        for (const leaf of leaves(gradients)) for (const slope of numbers(leaf)) expect(Math.abs(slope)).toBeLessThan(1e-13)
      }),
      { numRuns: 30 },
    ),
  )
})

describe('from where a step of Newton alone would go too far', () => {
  const x = column([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  const counted = negativeBinomialFamily({ size: 0.1 })
  test.each([
    ['counts of 0, and a thousand', poissonFamily, poisson(single), [0, 0, 0, 0, 0, 0, 0, 0, 1, 1000]],
    ['numbers of 1, and a million: Fisher alone zigzags', gammaFamily, gamma(single), [1, 1, 1, 1, 1, 1, 1, 1, 1, 1e6]],
    ['a millionth, and a million', gammaFamily, gamma(single), [1e-6, 1, 1, 1, 1, 1, 1, 1, 1, 1e6]],
    ['counts that vary widely: a step must be halved', counted, negativeBinomial(single, { size: 0.1 }), [0, 0, 0, 0, 0, 0, 0, 0, 1, 1000]],
  ] as const)('%s', (_, family, model, y) => {
    const target = column(y)
    for (const run of [undefined, compile(wasm)] as const) {
      const fit = orThrow(glm({ family, ...(run === undefined ? {} : { run }) })({ x, y: target }))
      const [, gradients] = model.gradient([fit.params], key(0))(x, target)
      for (const leaf of leaves(gradients)) for (const slope of numbers(leaf)) expect(Math.abs(slope)).toBeLessThan(1e-11)
      expect(fit.steps).toBeLessThan(20)
    }
  })
})

const [x3, y3] = [columns([1, 2, 3, 4], [0, 1, 0, 1]), column([1, 2, 2, 4])]
const logistic = glm({ family: binomialFamily() })
const message = (result: { readonly _tag: string; readonly left?: Error }): string => result.left?.message ?? 'a fit'

describe('what cannot be fitted', () => {
  test.each<readonly [string, () => { readonly _tag: string; readonly left?: Error }, string]>([
    [
      'no examples',
      () => linearRegression()({ x: zeros([0, 2]), y: zeros([0, 1]) }),
      'linearRegression expects at least one example, receives x of [0, 2]',
    ],
    [
      'no columns',
      () => linearRegression()({ x: zeros([3, 0]), y: zeros([3, 1]) }),
      'linearRegression expects at least one column, receives x of [3, 0]',
    ],
    [
      'fewer targets',
      () => linearRegression()({ x: x3, y: zeros([3, 1]) }),
      'linearRegression expects x [N, P] and y [N, 1], receives [4, 2] and [3, 1]',
    ],
    [
      'a vector of targets',
      () => linearRegression()({ x: x3, y: ones([4]) as never }),
      'linearRegression expects x [N, P] and y [N, 1], receives [4, 2] and [4]',
    ],
    [
      'nothing',
      () => logistic(undefined as never),
      'glm expects a data set, { x, y } of tensors whose numbers are known, receives undefined',
    ],
    [
      'a NaN',
      () => linearRegression()({ x: columns([1, Number.NaN, 3, 4]), y: y3 }),
      'linearRegression expects finite numbers, receives NaN (x, example 1)',
    ],
    [
      'an infinite target',
      () => linearRegression()({ x: x3, y: column([1, 2, 3, Number.POSITIVE_INFINITY]) }),
      'linearRegression expects finite numbers, receives Infinity (y, example 3)',
    ],
    [
      'a target of 2',
      () => logistic({ x: x3, y: column([0, 1, 2, 1]) }),
      'glm expects targets of binomial, whole numbers from 0 to 1, receives [2] (y, example 2)',
    ],
    [
      'half a count',
      () => glm({ family: poissonFamily })({ x: x3, y: column([0, 1.5, 2, 1]) }),
      'glm expects targets of poisson, whole numbers of at least 0, receives [1.5] (y, example 1)',
    ],
    [
      'a time of 0',
      () => glm({ family: gammaFamily })({ x: x3, y: column([1, 1, 2, 0]) }),
      'glm expects targets of Gamma, finite numbers above 0, receives [0] (y, example 3)',
    ],
    [
      'a negative weight',
      () => linearRegression()({ x: x3, y: y3, weights: vector([1, -1, 1, 1]) }),
      'linearRegression expects finite weights of at least 0, receives -1 (weights, example 1)',
    ],
    [
      'weights of 0',
      () => linearRegression()({ x: x3, y: y3, weights: zeros([4]) }),
      'linearRegression expects a weight above 0, receives weights that are all 0',
    ],
    [
      'too few weights',
      () => linearRegression()({ x: x3, y: y3, weights: ones([3]) }),
      'linearRegression expects weights of [4], one for each example, receives float32 [3]',
    ],
    [
      'one class',
      () => logistic({ x: x3, y: ones([4, 1]) }),
      'glm expects targets that are not all at the edge, receives targets that are all 1; the intercept would grow without end',
    ],
    [
      'more columns than examples',
      () => linearRegression()({ x: ones([2, 5]), y: ones([2, 1]) }),
      'linearRegression expects at least as many examples as columns, receives 2 examples and 6 columns; a weight decay allows them',
    ],
    [
      'a constant column',
      () => linearRegression({ names: ['age', 'one'] })({ x: columns([1, 2, 4], [3, 3, 3]), y: column([1, 2, 2]) }),
      'linearRegression expects columns of which none is a combination of others, receives one = 3·(Intercept); a weight decay allows them',
    ],
    [
      'columns that depend on others',
      () => linearRegression()({ x: columns([1, 2, 4, 7], [2, 1, 0, 5], [0, 3, 8, 9], [0, 0, 0, 0]), y: y3 }),
      'linearRegression expects at least as many examples as columns, receives 4 examples and 5 columns; a weight decay allows them',
    ],
    [
      'columns that depend on others, and which',
      () => linearRegression({ intercept: false })({ x: columns([1, 2, 4, 7], [2, 1, 0, 5], [0, 3, 8, 9], [0, 0, 0, 0]), y: y3 }),
      'linearRegression expects columns of which none is a combination of others, receives x2 = 2·x0 − x1, x3 = 0; a weight decay allows them',
    ],
    [
      'other names than columns',
      () => linearRegression({ names: ['a'] })({ x: x3, y: y3 }),
      'linearRegression expects 2 names, one for each column, receives 1',
    ],
    [
      'one step',
      () => glm({ family: binomialFamily(), steps: 1 })({ x: column(mtcars.wt), y: column(mtcars.am) }),
      'glm does not converge: its deviance is not settled after 1 steps',
    ],
  ])('%s', (_, fitted, sentence) => expect(message(fitted())).toBe(sentence))
})

describe('separable data', () => {
  const line = [1, 2, 3, 4, 5, 6]
  test.each<readonly [string, () => { readonly _tag: string; readonly left?: Error }, string]>([
    ['complete', () => logistic({ x: column(line), y: column([0, 0, 0, 1, 1, 1]) }), 'x0 − 3.5·(Intercept)'],
    ['but for two on the border', () => logistic({ x: column([1, 2, 3, 3, 4, 5]), y: column([0, 0, 0, 1, 1, 1]) }), 'x0 − 3·(Intercept)'],
    [
      'by one column of two',
      () =>
        glm({ family: binomialFamily(), names: ['a', 'b'] })({
          x: columns([0, 0, 0, 0, 1, 1], [3, 1, 2, 4, 5, 1]),
          y: column([0, 1, 0, 1, 1, 1]),
        }),
      'a',
    ],
    [
      'a cell without counts',
      () => glm({ family: poissonFamily })({ x: columns([0, 0, 0, 1, 1, 1]), y: column([2, 4, 3, 0, 0, 0]) }),
      '−x0',
    ],
    [
      'of as many trials',
      () => glm({ family: binomialFamily({ trials: 3 }) })({ x: columns([0, 0, 1, 1]), y: column([1, 2, 3, 3]) }),
      'x0',
    ],
  ])('%s: the direction is said', (_, fitted, along) =>
    expect(message(fitted())).toBe(
      `glm expects data that no direction separates, receives a deviance that falls for ever along ${along}; a weight decay keeps the coefficients finite`,
    ),
  )

  test('one example on the other side, and there is an optimum; so there is under a weight decay', () => {
    expect(logistic({ x: column(line), y: column([0, 0, 1, 0, 1, 1]) })._tag).toBe('Right')
    expect(glm({ family: binomialFamily(), weightDecay: 0.01 })({ x: column(line), y: column([0, 0, 0, 1, 1, 1]) })._tag).toBe('Right')
  })

  test('whatever plane separates, it is seen; and where targets cross it, it is not', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true })), {
          minLength: 12,
          maxLength: 20,
        }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (rows, angle) => {
          fc.pre(Math.abs(Math.abs(Math.cos(angle)) - Math.abs(Math.sin(angle))) > 0.05) // the four corners stay, two on each side
          const side = ([a, b]: readonly [number, number]): number => a * Math.cos(angle) + b * Math.sin(angle)
          const apart = [[3, 3], [-3, -3], [3, -3], [-3, 3], ...rows].map((row) => row as [number, number]).filter((row) => Math.abs(side(row)) > 0.05) // biome-ignore format: a list
          const y = apart.map((row) => Number(side(row) > 0))
          expect(message(logistic({ x: matrix(apart, 'float64'), y: column(y) }))).toMatch(/no direction separates/)
          const both = { x: matrix([...apart, ...apart], 'float64'), y: column([...y, ...y.map((one) => 1 - one)]) }
          expect(logistic(both)._tag).toBe('Right')
        },
      ),
      { numRuns: 30 },
    ))
})
