/** Every optimiser compiles: a step on the WebAssembly engine follows the reference's, step after step, at float32. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, test } from 'vitest'
import { nearTrees } from '../../laws/compare.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { dense, input, tanh } from '../../src/layer/index.js'
import { meanSquaredError } from '../../src/likelihood/index.js'
import {
  accumulateDamped,
  adaGrad,
  adaMax,
  adam,
  adamW,
  amsGrad,
  averageParameters,
  centredRmsProp,
  chain,
  clipByGlobalNorm,
  clipByValue,
  cosineDecay,
  exponentialDecay,
  type GradientTransformation,
  gradientDescent,
  inverseTimeDecay,
  lion,
  masked,
  maxNorm,
  multiSteps,
  nAdam,
  nesterov,
  nesterovLookAhead,
  oneCycle,
  partition,
  piecewiseConstant,
  polynomialDecay,
  project,
  rAdam,
  rmsProp,
  type StateOf,
  scale,
  setToZero,
  stepDecay,
  warmUpThenCosine,
} from '../../src/optimise/index.js'
import { key } from '../../src/random/index.js'
import { matrix } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'

const batch = {
  x: matrix([
    [0, 0.5],
    [0.25, 1],
    [1, -0.5],
    [-1, 1],
  ]),
  y: matrix([[0], [1], [1], [-1]]),
}
const model = meanSquaredError(pipe(input(2), dense(5), tanh, dense(1)))
const learningRate = 0.01
const optimisers: Readonly<Record<string, unknown>> = {
  nesterov: nesterov({ learningRate }),
  nesterovLookAhead: nesterovLookAhead({ learningRate }),
  damped: chain(accumulateDamped({ decay: 0.9, dampening: 0.5 }), scale(-learningRate)),
  adaGrad: adaGrad({ learningRate }),
  rmsProp: rmsProp({ learningRate }),
  centredRmsProp: centredRmsProp({ learningRate }),
  adam: adam({ learningRate }),
  amsGrad: amsGrad({ learningRate, beta2: 0.8 }),
  adamW: adamW({ learningRate }),
  adaMax: adaMax({ learningRate }),
  nAdam: nAdam({ learningRate }),
  rAdam: rAdam({ learningRate }),
  lion: lion({ learningRate, weightDecay: 0.1 }),
  clipped: chain(chain(clipByGlobalNorm(0.5), clipByValue(0.2)), scale(-0.1)),
  projected: chain(scale(-0.1), project(maxNorm(0.5))),
  accumulated: multiSteps(3)(adam({ learningRate })),
  averaged: chain(adam({ learningRate }), averageParameters({ decay: 0.9 })),
  partition: partition((path) => (path.startsWith('[0]') ? 'frozen' : 'learned'), {
    frozen: setToZero,
    learned: chain(clipByGlobalNorm(1), adam({ learningRate: cosineDecay({ initial: 0.1, steps: 9 }) })),
  }),
  masked: chain(masked((path) => path.endsWith('.bias'))(clipByValue(0.1)), scale(-0.1)),
  ...Object.fromEntries(
    Object.entries({
      stepDecay: stepDecay({ initial: 0.1, factor: 0.5, every: 3 }),
      exponentialDecay: exponentialDecay({ initial: 0.1, factor: 0.8 }),
      inverseTimeDecay: inverseTimeDecay({ initial: 0.1, rate: 0.5 }),
      polynomialDecay: polynomialDecay({ initial: 0.1, steps: 8, power: 2 }),
      piecewiseConstant: piecewiseConstant({ values: [0.1, 0.01], boundaries: [4] }),
      warmUpThenCosine: warmUpThenCosine({ peak: 0.1, warmUp: 3, steps: 8 }),
      oneCycle: oneCycle({ peak: 0.1, steps: 10 }),
    }).map(([name, schedule]) => [name, gradientDescent({ learningRate: schedule })]),
  ),
}

describe('a compiled step follows the plain one', () => {
  test.each(Object.entries(optimisers))('%s', (_, optimiser) => {
    const { init, step } = train(model, optimiser as GradientTransformation<StateOf>)
    const start = init(key(1))
    const batches = Array.from({ length: 8 }, () => batch)
    const [plain, fast] = [iterate(step)(start, batches), iterate(compile(wasm)(step))(start, batches)]
    // Eight steps of some 20 operations rounded to 2⁻²⁴; a quotient m/√v is worth what its smaller part is.
    nearTrees('parameters', plain.params, fast.params, 1e-5)
    nearTrees('state', plain.optimiser, fast.optimiser, 1e-5)
  })
})
