/** Our optimisers, schedules and minimisers obey the laws that users run on theirs. */
import {
  lbfgsLaws,
  minimiserLaws,
  type OptimiserLawOptions,
  optimiserLaws,
  scheduleLaws,
  scheduleLawsOf,
  transformationLaws,
} from '../../laws/index.js'
import {
  accumulate,
  accumulateDamped,
  adaGrad,
  adaMax,
  adam,
  adamW,
  addDecayedWeights,
  amsGrad,
  averageParameters,
  centredRmsProp,
  chain,
  clipByGlobalNorm,
  clipByValue,
  cosineDecay,
  exponentialDecay,
  gradientDescent,
  inverseTimeDecay,
  joinSchedules,
  lbfgs,
  linearWarmUp,
  lion,
  lookAhead,
  masked,
  maxNorm,
  momentum,
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
  scale,
  stepDecay,
  warmUpThenCosine,
} from '../../src/optimise/index.js'
import { all } from './all.js'

/** Bias correction makes every step of a constant gradient as large as the learning rate. */
const signed = (g: number): number => (-0.1 * g) / (Math.abs(g) + 1e-8)
/** What an optimiser makes of the first gradient, and of the same one for ever. */
const answers: Readonly<Record<string, Partial<OptimiserLawOptions>>> = {
  gradientDescent: { first: (g) => -0.1 * g, steady: (g) => -0.1 * g },
  momentum: { first: (g) => -0.05 * g, steady: (g) => (-0.05 / (1 - 0.9)) * g },
  nesterov: { first: (g) => -0.05 * (1 + 0.9) * g, steady: (g) => (-0.05 / (1 - 0.9)) * g },
  adam: { first: signed, steady: signed },
}
/** Steps of a constant size go round the minimum of what they scale away: these must fall. */
const falling = (initial: number) => cosineDecay({ initial, steps: 200 })
for (const [name, optimiser] of Object.entries({
  gradientDescent: gradientDescent({ learningRate: 0.1 }),
  momentum: momentum({ learningRate: 0.05 }),
  nesterov: nesterov({ learningRate: 0.05 }),
  nesterovLookAhead: nesterovLookAhead({ learningRate: 0.05 }),
  damped: chain(accumulateDamped({ decay: 0.9, dampening: 0.5 }), scale(-0.05)),
  adaGrad: adaGrad({ learningRate: 1 }),
  rmsProp: rmsProp({ learningRate: falling(0.1) }),
  rmsPropInside: rmsProp({ learningRate: falling(0.1), epsilonInside: true, epsilon: 1e-6 }),
  centredRmsProp: centredRmsProp({ learningRate: falling(0.1) }),
  adam: adam({ learningRate: 0.1 }),
  amsGrad: amsGrad({ learningRate: 0.1 }),
  adamW: adamW({ learningRate: 0.1, weightDecay: 0 }),
  adaMax: adaMax({ learningRate: falling(0.2) }),
  nAdam: nAdam({ learningRate: falling(0.1) }),
  rAdam: rAdam({ learningRate: 0.1 }),
  lion: lion({ learningRate: falling(0.1) }),
  clipByValue: chain(clipByValue(1), scale(-0.1)),
  clipByGlobalNorm: chain(clipByGlobalNorm(1), scale(-0.1)),
  maxNorm: chain(scale(-0.1), project(maxNorm(20))),
  multiSteps: multiSteps(2)(momentum({ learningRate: 0.1, decay: 0.5 })),
  averaged: chain(adam({ learningRate: 0.1 }), averageParameters({ decay: 0.9 })),
  partition: partition((path) => (path.endsWith('.bias') ? 'biases' : 'weights'), {
    biases: gradientDescent({ learningRate: 0.1 }),
    weights: chain(scale(-0.1), lookAhead({ decay: 0.5 })),
  }),
  masked: chain(masked((path) => path.endsWith('.weights'))(accumulate({ decay: 0.5 })), scale(-0.2)),
  scheduled: gradientDescent({ learningRate: falling(0.2) }),
}))
  all(name, optimiserLaws(name, optimiser as never, answers[name] ?? {}), 20)
for (const [name, optimiser] of Object.entries({
  decayed: chain(addDecayedWeights(0.1), scale(-0.1)),
  adamWDecayed: adamW({ learningRate: 0.1 }),
}))
  all(
    name,
    optimiserLaws(name, optimiser as never).filter((law) => !law.name.endsWith('still')),
    20,
  )

all('transformations', transformationLaws())
all('schedules', [
  ...scheduleLaws(),
  ...Object.entries({
    cosineDecay: cosineDecay({ initial: 1, steps: 40 }),
    exponentialDecay: exponentialDecay({ initial: 1, factor: 0.95 }),
    inverseTimeDecay: inverseTimeDecay({ initial: 1, rate: 0.1 }),
    joinSchedules: joinSchedules([linearWarmUp({ peak: 1, steps: 9 }), polynomialDecay({ initial: 1, steps: 30, power: 2 })], [9]),
    oneCycle: oneCycle({ peak: 1, steps: 50 }),
    piecewiseConstant: piecewiseConstant({ values: [1, 0.1, 0.01], boundaries: [10, 30] }),
    stepDecay: stepDecay({ initial: 1, factor: 0.5, every: 7 }),
    warmUpThenCosine: warmUpThenCosine({ peak: 1, warmUp: 10, steps: 50 }),
  }).flatMap(([name, schedule]) => scheduleLawsOf(name, schedule)),
])

all('lbfgs', [...minimiserLaws('lbfgs', lbfgs()), ...minimiserLaws('lbfgs of one pair', lbfgs({ memory: 1 })), ...lbfgsLaws()], 40)
