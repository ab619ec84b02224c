/**
 * Tables as R prints them, word for word, without its call, and without spaces at the ends of lines. Two numbers differ in their last
 * digit, where R's information is that of one step before its last: 1.436 of wt, whose standard error is 1.43653, and z = 81.302.
 */
import { expect, test } from 'vitest'
import { orThrow } from '../../../src/error/index.js'
import { binomialFamily, glm, linearRegression, poissonFamily, summary } from '../../../src/optimise/index.js'
import { matrix } from '../../../src/tensor/index.js'
import { longley } from './nist.js'
import { anscombe, column, insectSprays, mtcars, warpbreaks } from './r-datasets.js'

/** But for the number of steps, which start elsewhere. */
const withoutSteps = (text: string): string => text.replace(/\n\nNumber of Fisher.*$/, '')

test('lm(y1 ~ x1, anscombe)', () =>
  expect(summary(orThrow(linearRegression({ names: ['x1'] })({ x: column(anscombe[0].x), y: column(anscombe[0].y) })))).toBe(
    `Residuals:
     Min       1Q   Median       3Q      Max
-1.92127 -0.45577 -0.04136  0.70941  1.83882

Coefficients:
            Estimate Std. Error t value Pr(>|t|)
(Intercept)   3.0001     1.1247   2.667  0.02573 *
x1            0.5001     0.1179   4.241  0.00217 **
---
Signif. codes:  0 ‘***’ 0.001 ‘**’ 0.01 ‘*’ 0.05 ‘.’ 0.1 ‘ ’ 1

Residual standard error: 1.237 on 9 degrees of freedom
Multiple R-squared:  0.6665,	Adjusted R-squared:  0.6295
F-statistic: 17.99 on 1 and 9 DF,  p-value: 0.00217`,
  ))

test('lm(mpg ~ wt, mtcars)', () =>
  expect(summary(orThrow(linearRegression({ names: ['wt'] })({ x: column(mtcars.wt), y: column(mtcars.mpg) })))).toBe(
    `Residuals:
    Min      1Q  Median      3Q     Max
-4.5432 -2.3647 -0.1252  1.4096  6.8727

Coefficients:
            Estimate Std. Error t value Pr(>|t|)
(Intercept)  37.2851     1.8776  19.858  < 2e-16 ***
wt           -5.3445     0.5591  -9.559 1.29e-10 ***
---
Signif. codes:  0 ‘***’ 0.001 ‘**’ 0.01 ‘*’ 0.05 ‘.’ 0.1 ‘ ’ 1

Residual standard error: 3.046 on 30 degrees of freedom
Multiple R-squared:  0.7528,	Adjusted R-squared:  0.7446
F-statistic: 91.38 on 1 and 30 DF,  p-value: 1.294e-10`,
  ))

test("lm(Employed ~ ., longley), in R's units", () => {
  const units = [1, 1000, 10, 10, 1000, 1]
  const x = matrix(longley.x.map((row) => row.map((value, j) => value / (units[j] ?? 1))), 'float64') // biome-ignore format: one line
  const names = ['GNP.deflator', 'GNP', 'Unemployed', 'Armed.Forces', 'Population', 'Year']
  expect(summary(orThrow(linearRegression({ names })({ x, y: column(longley.y.map((value) => value / 1000)) })))).toBe(
    `Residuals:
     Min       1Q   Median       3Q      Max
-0.41011 -0.15767 -0.02816  0.10155  0.45539

Coefficients:
               Estimate Std. Error t value Pr(>|t|)
(Intercept)  -3.482e+03  8.904e+02  -3.911 0.003560 **
GNP.deflator  1.506e-02  8.492e-02   0.177 0.863141
GNP          -3.582e-02  3.349e-02  -1.070 0.312681
Unemployed   -2.020e-02  4.884e-03  -4.136 0.002535 **
Armed.Forces -1.033e-02  2.143e-03  -4.822 0.000944 ***
Population   -5.110e-02  2.261e-01  -0.226 0.826212
Year          1.829e+00  4.555e-01   4.016 0.003037 **
---
Signif. codes:  0 ‘***’ 0.001 ‘**’ 0.01 ‘*’ 0.05 ‘.’ 0.1 ‘ ’ 1

Residual standard error: 0.3049 on 9 degrees of freedom
Multiple R-squared:  0.9955,	Adjusted R-squared:  0.9925
F-statistic: 330.3 on 6 and 9 DF,  p-value: 4.984e-10`,
  )
})

test('glm(am ~ wt, binomial, mtcars)', () =>
  expect(summary(orThrow(glm({ family: binomialFamily(), names: ['wt'] })({ x: column(mtcars.wt), y: column(mtcars.am) })))).toBe(
    `Coefficients:
            Estimate Std. Error z value Pr(>|z|)
(Intercept)   12.040      4.510   2.670  0.00759 **
wt            -4.024      1.437  -2.801  0.00509 **
---
Signif. codes:  0 ‘***’ 0.001 ‘**’ 0.01 ‘*’ 0.05 ‘.’ 0.1 ‘ ’ 1

(Dispersion parameter for binomial family taken to be 1)

    Null deviance: 43.230  on 31  degrees of freedom
Residual deviance: 19.176  on 30  degrees of freedom
AIC: 23.176

Number of Fisher Scoring iterations: 7`,
  ))

test('glm(count ~ spray, poisson, InsectSprays)', () => {
  const { x, count, names } = insectSprays
  expect(withoutSteps(summary(orThrow(glm({ family: poissonFamily, names })({ x, y: column(count) }))))).toBe(
    `Coefficients:
            Estimate Std. Error z value Pr(>|z|)
(Intercept)  2.67415    0.07581  35.274  < 2e-16 ***
sprayB       0.05588    0.10574   0.528    0.597
sprayC      -1.94018    0.21389  -9.071  < 2e-16 ***
sprayD      -1.08152    0.15065  -7.179 7.03e-13 ***
sprayE      -1.42139    0.17192  -8.268  < 2e-16 ***
sprayF       0.13926    0.10367   1.343    0.179
---
Signif. codes:  0 ‘***’ 0.001 ‘**’ 0.01 ‘*’ 0.05 ‘.’ 0.1 ‘ ’ 1

(Dispersion parameter for poisson family taken to be 1)

    Null deviance: 409.041  on 71  degrees of freedom
Residual deviance:  98.329  on 66  degrees of freedom
AIC: 376.59`,
  )
})

test('glm(breaks ~ wool + tension, poisson, warpbreaks)', () => {
  const { x, breaks, names } = warpbreaks
  expect(withoutSteps(summary(orThrow(glm({ family: poissonFamily, names })({ x, y: column(breaks) }))))).toBe(
    `Coefficients:
            Estimate Std. Error z value Pr(>|z|)
(Intercept)  3.69196    0.04541  81.301  < 2e-16 ***
woolB       -0.20599    0.05157  -3.994 6.49e-05 ***
tensionM    -0.32132    0.06027  -5.332 9.73e-08 ***
tensionH    -0.51849    0.06396  -8.107 5.21e-16 ***
---
Signif. codes:  0 ‘***’ 0.001 ‘**’ 0.01 ‘*’ 0.05 ‘.’ 0.1 ‘ ’ 1

(Dispersion parameter for poisson family taken to be 1)

    Null deviance: 297.37  on 53  degrees of freedom
Residual deviance: 210.39  on 50  degrees of freedom
AIC: 493.06`,
  )
})

test('an Either that holds a fit is none', () =>
  expect(() => summary(linearRegression()({ x: column([1, 2, 3]), y: column([1, 2, 2]) }) as never)).toThrow(
    expect.objectContaining({
      message: 'summary expects a fit of linearRegression, glm or multinomial, receives { _tag: "Right", right: {…} }',
    }),
  ))
