/** Multinomial regression: of two classes logistic regression; of three, independent values; what cannot be fitted. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { compile } from '../../../src/engine/index.js'
import { wasm } from '../../../src/engine/wasm/index.js'
import { orThrow } from '../../../src/error/index.js'
import { dense, input } from '../../../src/layer/index.js'
import { categorical, regularised, weightDecay } from '../../../src/likelihood/index.js'
import { binomialFamily, glm, multinomial, summary } from '../../../src/optimise/index.js'
import { leaves } from '../../../src/params/index.js'
import { key } from '../../../src/random/index.js'
import { type Matrix, matrix, ones, type Tensor, toArray, vector } from '../../../src/tensor/index.js'
import { digits } from './nist.js'
import { column, columns, mtcars } from './r-datasets.js'

const numbers = (x: Tensor): readonly number[] => Array.from(toArray(x))
const oneHot = <K extends number>(classes: readonly number[], k: K): Matrix<number, K> =>
  matrix(classes.map((one) => Array.from({ length: k }, (_, c) => Number(c === one))), 'float64') as unknown as Matrix<number, K> // biome-ignore format: one line
const gears = { x: column(mtcars.wt), y: oneHot(mtcars.gear.map((gear) => gear - 3), 3) } // biome-ignore format: one line
const all = (got: Tensor, want: readonly number[], atLeast: number): void => {
  for (const [i, value] of want.entries())
    expect(digits(numbers(got)[i] ?? Number.NaN, value), `${numbers(got)[i]} should be ${value}`).toBeGreaterThan(atLeast)
}
const message = (result: { readonly _tag: string; readonly left?: Error }): string => result.left?.message ?? 'a fit'

describe('multinomial', () => {
  test('of two classes it is logistic regression', () => {
    const weights = vector(mtcars.wt.map((_, i) => (i % 5) / 2), 'float64') // biome-ignore format: one line
    for (const lambda of [0, 0.05]) {
      const options = { weightDecay: lambda * 2 }
      const two = orThrow(multinomial(options)({ x: column(mtcars.wt), y: oneHot(mtcars.am, 2), weights }))
      // Two weights of ±w/2 have half the squares of one of w.
      const one = orThrow(glm({ family: binomialFamily(), weightDecay: lambda })({ x: column(mtcars.wt), y: column(mtcars.am), weights }))
      all(two.coefficients, numbers(one.coefficients), 11)
      all(two.standardErrors, numbers(one.standardErrors), 11)
      for (const [i, h] of numbers(two.leverage).entries()) expect(h).toBeCloseTo(numbers(one.leverage)[i] ?? Number.NaN, 12)
      expect(digits(two.deviance, one.deviance)).toBeGreaterThan(11)
      expect(digits(two.nullDeviance, one.nullDeviance)).toBeGreaterThan(11)
      expect(digits(two.aic, one.aic)).toBeGreaterThan(11)
      expect(digits(two.degrees.residual, one.degrees.residual)).toBeGreaterThan(11)
    }
  })

  test('of three classes: gears of a car by its weight, eager and compiled', () => {
    for (const run of [undefined, compile(wasm)] as const) {
      const fit = orThrow(multinomial({ names: ['wt'], classes: ['3', '4', '5'], ...(run === undefined ? {} : { run }) })(gears))
      expect(fit.names).toEqual(['4:(Intercept)', '4:wt', '5:(Intercept)', '5:wt'])
      all(fit.coefficients, [11.037152306628002, -3.4646498806322676, 10.068284354003392, -3.429064262518917], 11)
      all(fit.standardErrors, [4.581815426445286, 1.376672036650685, 4.780014139954023, 1.464862666981906], 11)
      expect(digits(fit.deviance, 44.648162115290766)).toBeGreaterThan(12)
      expect(digits(fit.nullDeviance, 64.83345302686318)).toBeGreaterThan(12)
      expect(digits(fit.aic, 52.648162115290766)).toBeGreaterThan(12)
      expect(fit.degrees).toEqual({ residual: 60, null: 62 })
      expect(numbers(fit.leverage).reduce((a, b) => a + b, 0)).toBeCloseTo(4, 12)
    }
  })

  test('a weight decay is that of all classes, none of which is special', () => {
    const fit = orThrow(multinomial({ weightDecay: 0.1 })(gears))
    all(fit.params.weights, [0.8761382910452606, -0.5233776854452896, -0.35276060559997086], 11)
    all(fit.coefficients, [4.258624112672279], 11)
    const model = pipe(categorical(pipe(input(1), dense(3))), regularised(weightDecay(0.1)))
    const [, gradients] = model.gradient([fit.params], key(0))(gears.x, gears.y)
    for (const slope of leaves(gradients).flatMap(numbers)) expect(Math.abs(slope)).toBeLessThan(1e-14)
  })

  test('its parameters are those of a dense layer, and so are its means', () => {
    const fit = orThrow(multinomial()(gears))
    const predicted = numbers(categorical(pipe(input(1), dense(3))).predict([fit.params])(gears.x))
    for (const [i, p] of numbers(fit.means).entries()) expect(predicted[i]).toBeCloseTo(p, 13)
  })

  test('soft targets are mixtures of examples', () => {
    const soft = matrix([[1, 0, 0], [0.5, 0.5, 0], [0, 0.25, 0.75], [0.5, 0, 0.5], [0, 1, 0], [0, 0, 1]], 'float64') as Matrix<number, 3> // biome-ignore format: rows
    const hard = [[0, 0, 0, 0], [0, 0, 1, 1], [1, 2, 2, 2], [0, 0, 2, 2], [1, 1, 1, 1], [2, 2, 2, 2]] as const // biome-ignore format: rows
    const x = [1, 4, 2, 5, 3, 2]
    const mixed = orThrow(multinomial()({ x: column(x), y: soft }))
    const four = orThrow(multinomial()({ x: column(x.flatMap((v) => [v, v, v, v])), y: oneHot(hard.flat(), 3) }))
    all(mixed.coefficients, numbers(four.coefficients), 11)
    expect(digits(mixed.aic - 8, (four.aic - 8) / 4)).toBeGreaterThan(12)
  })

  test("its summary is R's table of all coefficients", () =>
    expect(summary(orThrow(multinomial({ names: ['wt'], classes: ['3', '4', '5'] })(gears)))).toBe(`Coefficients:
              Estimate Std. Error z value Pr(>|z|)
4:(Intercept)   11.037      4.582   2.409   0.0160 *
4:wt            -3.465      1.377  -2.517   0.0118 *
5:(Intercept)   10.068      4.780   2.106   0.0352 *
5:wt            -3.429      1.465  -2.341   0.0192 *
---
Signif. codes:  0 ‘***’ 0.001 ‘**’ 0.01 ‘*’ 0.05 ‘.’ 0.1 ‘ ’ 1

(Dispersion parameter for multinomial family taken to be 1)

    Null deviance: 64.833  on 62  degrees of freedom
Residual deviance: 44.648  on 60  degrees of freedom
AIC: 52.648

Number of Fisher Scoring iterations: 7`))

  const apart = { x: column([1, 2, 3, 4, 5, 6]), y: oneHot([0, 0, 1, 1, 2, 2], 3) }
  test.each<readonly [string, () => { readonly _tag: string; readonly left?: Error }, string]>([
    ['one class', () => multinomial()({ x: apart.x, y: ones([6, 1]) }), 'multinomial expects at least two classes, receives 1'],
    [
      'a class without an example',
      () => multinomial({ classes: ['a', 'b', 'c'] })({ x: apart.x, y: oneHot([0, 0, 2, 2, 0, 2], 3) }),
      'multinomial expects an example of every class, receives none of class b',
    ],
    [
      'a class without an example of a weight',
      () => multinomial()({ ...apart, weights: vector([1, 1, 1, 1, 0, 0]) }),
      'multinomial expects an example of every class, receives none of class 2',
    ],
    ['names of two classes', () => multinomial({ classes: ['a', 'b'] })(apart), 'multinomial expects 3 names of classes, receives 2'],
    [
      'targets that are no distribution',
      () => multinomial()({ x: apart.x, y: ones([6, 2]) }),
      'multinomial expects targets of multinomial, one 1 among zeros, or probabilities of sum 1, receives [1, 1] (y, example 0)',
    ],
    [
      'a constant column',
      () => multinomial()({ x: columns([1, 2, 3, 4, 5, 6], [2, 2, 2, 2, 2, 2]), y: apart.y }),
      'multinomial expects columns of which none is a combination of others, receives x1 = 2·(Intercept); a weight decay allows them',
    ],
    [
      'a class apart from the others',
      () => multinomial()({ x: column([1, 2, 3, 2, 3, 9]), y: oneHot([0, 1, 0, 1, 1, 2], 3) }),
      'multinomial expects data that no direction separates, receives a deviance that falls for ever along 2:x0 − 6·2:(Intercept); a weight decay keeps the coefficients finite',
    ],
    [
      'all classes apart',
      () => multinomial()(apart),
      'multinomial expects data that no direction separates, receives a deviance that falls for ever along 0.5·1:x0 + 2:x0 − 1.19·1:(Intercept) − 3.5·2:(Intercept); a weight decay keeps the coefficients finite',
    ],
  ])('%s', (_, fitted, sentence) => expect(message(fitted())).toBe(sentence))
})
