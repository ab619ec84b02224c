/** Options that make no optimiser are refused, in one sentence, where it is made. */
import { expect, test } from 'vitest'
import * as o from '../../src/optimise/index.js'
import { matrix } from '../../src/tensor/index.js'

const learningRate = 0.1
test.each<readonly [string, () => unknown, string]>([
  ['a learning rate of 0', () => o.sgd({ learningRate: 0 }), 'gradientDescent expects a positive learning rate, receives 0'],
  ['a negative learning rate', () => o.adamW({ learningRate: -1 }), 'adamW expects a positive learning rate, receives -1'],
  ['a NaN', () => o.rAdam({ learningRate: Number.NaN }), 'rAdam expects a positive learning rate, receives NaN'],
  ['beta1 of 1', () => o.adam({ learningRate, beta1: 1 }), 'adam expects at least 0 and less than 1 for beta1, receives 1'],
  ['a negative ε', () => o.rmsProp({ learningRate, epsilon: -1 }), 'rmsProp expects a non-negative epsilon, receives -1'],
  ['a decay of 1', () => o.momentum({ learningRate, decay: 1 }), 'momentum expects at least 0 and less than 1 for the decay, receives 1'],
  ['a negative decay', () => o.addDecayedWeights(-1), 'addDecayedWeights expects a non-negative weight decay, receives -1'],
  ['a bound of 0', () => o.clipByGlobalNorm(0), 'clipByGlobalNorm expects a positive bound, receives 0'],
  ['half a batch', () => o.multiSteps(1.5)(o.sgd({ learningRate })), 'multiSteps expects a whole positive number of batches, receives 1.5'],
  [
    'boundaries that fall',
    () => o.piecewiseConstant({ values: [1, 2, 3], boundaries: [5, 2] }),
    'joinSchedules expects boundaries that rise from 0, receives [5, 2]',
  ],
  [
    'too few boundaries',
    () => o.piecewiseConstant({ values: [1, 2, 3], boundaries: [5] }),
    'joinSchedules expects 2 boundaries, receives 1',
  ],
  ['a cosine over no steps', () => o.cosineDecay({ initial: 1, steps: 0 }), 'cosineDecay expects a positive number of steps, receives 0'],
  [
    'a cycle that is too short',
    () => o.oneCycle({ peak: 1, steps: 3 }),
    'oneCycle expects a warm-up of more than one step and less than all, receives 0.3 of 3 steps',
  ],
  [
    'a number in the place of options',
    () => o.adam(1e-3 as never),
    'adam expects a record of options, learningRate, beta1, beta2 or epsilon, receives 0.001',
  ],
  [
    'an option that nobody knows',
    () => o.adam({ lr: 1 } as never),
    'adam expects learningRate, beta1, beta2 or epsilon, receives the option lr; did you mean learningRate?',
  ],
  [
    'an option with a slip',
    () => o.scaleByRms({ epsilom: 1 } as never),
    'scaleByRms expects decay, epsilon or epsilonInside, receives the option epsilom; did you mean epsilon?',
  ],
  [
    'a text as a rate',
    () => o.adam({ learningRate: '0.1' as never }),
    'adam expects a positive learning rate or a schedule, receives "0.1"',
  ],
  ['no rate', () => o.sgd({} as never), 'gradientDescent expects a positive learning rate or a schedule, receives undefined'],
  ['no pairs', () => o.lbfgs({ memory: 0 }), 'lbfgs expects a whole positive number of pairs, receives 0'],
  ['a negative ridge', () => o.linearRegression({ weightDecay: -1 }), 'linearRegression expects a non-negative weight decay, receives -1'],
  [
    'an intercept that is no answer',
    () => o.linearRegression({ intercept: 1 as never }),
    'linearRegression expects true or false for intercept, receives 1',
  ],
  ['names that are none', () => o.linearRegression({ names: 'ab' as never }), 'linearRegression expects a list of names, receives "ab"'],
  ['a number for a name', () => o.multinomial({ names: [3 as never] }), 'multinomial expects a text for a name, receives 3'],
  ['no family', () => o.glm({} as never), 'glm expects a family, receives undefined'],
  [
    'a family without a link',
    () => o.glm({ family: { ...o.poissonFamily, linkOf: 1 as never } }),
    'glm expects a family with linkOf, a function, receives 1',
  ],
  [
    'a family of two dispersions',
    () => o.glm({ family: { ...o.poissonFamily, dispersion: 2 as never } }),
    "glm expects a family whose dispersion is 'one' or 'estimated', receives 2",
  ],
  ['half a step', () => o.glm({ family: o.poissonFamily, steps: 0.5 }), 'glm expects a whole positive number of steps, receives 0.5'],
  [
    'an engine that is not compiled by',
    () => o.glm({ family: o.poissonFamily, run: {} as never }),
    'glm expects run, a function of a function such as compile(wasm), receives {}',
  ],
  ['half a trial', () => o.binomialFamily({ trials: 0.5 }), 'binomialFamily expects a whole number of trials of at least 1, receives 0.5'],
  [
    'a size of 0',
    () => o.negativeBinomialFamily({ size: 0 }),
    'negativeBinomialFamily expects a finite number above 0 for its size, receives 0',
  ],
  [
    'a slip in an option',
    () => o.linearRegression({ interceptt: false } as never),
    'linearRegression expects intercept, weightDecay or names, receives the option interceptt; did you mean intercept?',
  ],
  [
    'a label that is no group',
    () => o.partition(() => 'c' as 'a', { a: o.setToZero, b: o.setToZero }).init({ w: matrix([[1]]) }),
    'partition expects one of a, b, receives "c" (at .w)',
  ],
])('%s', (_, make, sentence) => expect(make).toThrow(expect.objectContaining({ message: sentence })))

test('an option that is undefined is not given', () => {
  const options = { learningRate, beta1: undefined } as unknown as { readonly learningRate: number }
  expect(() => o.adam(options)).not.toThrow()
})
