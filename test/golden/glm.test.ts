/** Generalised linear models at their optimum, with their standard errors, against Newton's method in PyTorch. */
import { expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { orThrow } from '../../src/error/index.js'
import { weightDecay } from '../../src/likelihood/index.js'
import { add, concat, formula, log, meanAll, reshape, slice, transpose } from '../../src/ops/index.js'
import { binomialFamily, type Family, type Fit, gaussianFamily, glm, linearRegression, poissonFamily } from '../../src/optimise/index.js'
import { type Matrix, scalar, type Tensor } from '../../src/tensor/index.js'
import { expectExactly, expectOutput, golden, inputOf, isOwn } from './golden.js'
import { kindIn } from './kind.js'

interface Attributes {
  readonly weight_decay: number
}
const cases = golden<Attributes>('glm')
const families: Readonly<Record<string, Family>> = {
  linear: gaussianFamily,
  ridge: gaussianFamily,
  logistic: binomialFamily(),
  logistic_ridge: binomialFamily(),
  poisson: poissonFamily,
  poisson_ridge: poissonFamily,
}

/** The mean negative log-likelihood, without its constants: half the mean deviance, of linear and logistic regression. */
const halfDeviance = ({ deviance, means }: Fit<number>): Tensor => scalar(deviance / 2 / means.shape[0], 'float64')
const costOf: Readonly<Record<string, (fit: Fit<number>, y: Tensor) => Tensor>> = {
  linear: halfDeviance,
  ridge: halfDeviance,
  logistic: halfDeviance,
  poisson: ({ means }, y) => meanAll(formula.sub(means, formula.mul(y as typeof means, log(means)))),
}
/** The intercept comes first here, last there. */
const turnedRows = (x: Matrix<number, number>): Matrix<number, number> => {
  const [rows, columns] = x.shape
  const part = (start: number, size: number) => slice({ starts: [start, 0], sizes: [size, columns] })(x)
  return concat({ axis: -2 })([part(1, rows - 1), part(0, 1)] as readonly Tensor[]) as Matrix<number, number>
}

const familyOf = kindIn(families)
const covered = cases.filter(({ name }) => familyOf(name) !== undefined)

test.each(covered.map((one) => [one.name, one] as const))('%s, eager and compiled', (name, one) => {
  const [x, y] = [inputOf(one, 'x') as Matrix<number, number>, inputOf(one, 'y') as Matrix<number, 1>]
  const lambda = one.attributes.weight_decay
  const family = families[familyOf(name) ?? ''] as Family
  for (const run of [undefined, compile(wasm)] as const) {
    const fit = orThrow(glm({ family, weightDecay: lambda, ...(run === undefined ? {} : { run }) })({ x, y }))
    const n = x.shape[0]
    expectOutput(one, 'weights', fit.params.weights)
    expectOutput(one, 'bias', fit.params.bias)
    expectOutput(one, 'fitted_means', reshape([n])(fit.means))
    const likelihood = costOf[name.split('_')[0] ?? ''] as (fit: Fit<number>, y: Tensor) => Tensor
    const cost = likelihood(fit, y)
    expectOutput(one, 'negative_log_likelihood', cost)
    expectOutput(one, 'cost', add(weightDecay(lambda)(fit.params))(cost))
    if (lambda > 0) continue
    const { covariance, standardErrors } = fit
    expectOutput(one, 'covariance', turnedRows(transpose(turnedRows(transpose(covariance)))))
    expectOutput(one, 'standard_errors_weights', reshape([x.shape[1], 1])(slice({ starts: [1], sizes: [x.shape[1]] })(standardErrors)))
    expectOutput(one, 'standard_errors_bias', slice({ starts: [0], sizes: [1] })(standardErrors))
    if (familyOf(name) !== 'linear') continue
    const linear = orThrow(linearRegression()({ x, y }))
    expectOutput(one, 'residual_variance', scalar(linear.dispersion, 'float64'))
    expectOutput(one, 'coefficient_of_determination', scalar(linear.rSquared, 'float64'))
  }
})

test('the cases that are not covered are exactly these', () => {
  const names = covered.map(({ name }) => name)
  expectExactly(cases, names, {})
  if (isOwn) expect(names).toEqual(Object.keys(families))
})
