/** Linear models have convex costs, and a hidden layer ends it. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { check, convexityLaws } from '../../laws/index.js'
import { dense, input, tanh } from '../../src/layer/index.js'
import { bernoulli, gamma, gaussian, lasso, poisson, regularised, sparseCategorical, weightDecay } from '../../src/likelihood/index.js'
import { matrix, vector } from '../../src/tensor/index.js'

const x = matrix([
  [0.2, -1],
  [1.5, 0.3],
  [-0.7, 2],
  [0.1, 0.4],
])
const column = (...ys: readonly number[]) => matrix(ys.map((y) => [y])) as never
const line = pipe(input(2), dense(1))
const cases = {
  linear: [gaussian(line), column(1, -2, 0.5, 3)],
  'linear, penalised': [pipe(gaussian(line), regularised(weightDecay(0.1)), regularised(lasso(0.2))), column(1, -2, 0.5, 3)],
  logistic: [bernoulli(line), column(1, 0, 1, 0)],
  Poisson: [poisson(line), column(0, 3, 1, 7)],
  gamma: [gamma(line, { shape: 2 }), column(0.3, 3, 1, 7)],
  multinomial: [sparseCategorical(pipe(input(2), dense(3))), vector([0, 2, 1, 1], 'int32')],
} as const

describe.each(Object.entries(cases))('%s', (_, [model, y]) => {
  for (const law of convexityLaws(model as never, { x, y } as never)) it(law.name, () => check(law, { runs: 60 }))
})

it('a hidden layer is seen', () => {
  const deep = gaussian(pipe(input(2), dense(3), tanh, dense(1)))
  for (const law of convexityLaws(deep, { x, y: column(1, -2, 0.5, 3) })) expect(() => check(law)).toThrow('objective.convex')
})
