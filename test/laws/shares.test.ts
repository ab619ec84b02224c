/** A batch cut into parts, by plain and regularised models. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { check, shareLaws } from '../../laws/index.js'
import { dense, dropout, input, relu, tanh } from '../../src/layer/index.js'
import { categorical, gaussian, type Objective, regularised, weightDecay } from '../../src/likelihood/index.js'
import { gradientDescent } from '../../src/optimise/index.js'
import { key, uniform } from '../../src/random/index.js'
import { tensor } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

const x = uniform([7, 3])(key(1))
const y = tensor(
  [7, 2],
  Array.from({ length: 14 }, (_, i) => ((i + Math.floor(i / 2)) % 2 === 0 ? 1 : 0)),
)
const models = {
  plain: gaussian(pipe(input(3), dense(4), tanh, dense(2))),
  stochastic: categorical(pipe(input(3), dense(8), relu, dropout(0.5), dense(2))),
  regularised: pipe(categorical(pipe(input(3), dense(2))), regularised(weightDecay(0.1))),
}

describe.each(Object.entries(models))('%s', (_, model) => {
  for (const law of shareLaws(model as unknown as Objective<unknown, readonly [3], readonly [2]>, { x, y }))
    it(law.name, () => check(law, { runs: 20 }))
})

it('a noise that begins anew in every part is seen', () => {
  const model = models.stochastic
  const forgetful = { ...model, gradient: (params: never, k: never) => model.gradient(params, k, 0) } as unknown as Objective<
    unknown,
    readonly [3],
    readonly [2]
  >
  const broken = shareLaws(forgetful, { x, y }).filter(({ name }) => name === 'gradients.cuts')
  for (const law of broken) expect(() => check(law, { runs: 20 })).toThrow('gradients.cuts')
})

it('a number of parts that is none is refused', () => {
  for (const parts of [0, -1, 1.5])
    expect(() => train(models.plain, gradientDescent({ learningRate: 0.1 }), { parts })).toThrow(
      `train expects a whole number of parts of at least 1, receives ${parts}`,
    )
})
