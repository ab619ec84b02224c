/** Our own layers, networks, optimisers, training and engines obey the laws that users run on theirs. */
import { flow, pipe } from 'fp-ts/lib/function.js'
import { describe, it } from 'vitest'
import {
  categoryLaws,
  check,
  engineLaws,
  identityLaws,
  imageLaws,
  type Law,
  layerLaws,
  networkLaws,
  optimiserLaws,
  trainingLaws,
} from '../../laws/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import {
  absoluteValue,
  avgPool2d,
  conv2d,
  dense,
  dropout,
  expected,
  flatten,
  hardTanh,
  input,
  leakyRelu,
  maxPool2d,
  relu,
  sampled,
  sigmoid,
  softmax,
  softplus,
  stochastic,
  tanh,
} from '../../src/layer/index.js'
import { bernoulli, categorical, regularised, weightDecay } from '../../src/likelihood/index.js'
import { named, parallel, repeat, residual } from '../../src/network/index.js'
import { adam, addDecayedWeights, chain, gradientDescent, momentum, scale } from '../../src/optimise/index.js'
import { key } from '../../src/random/index.js'
import { matrix } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

/** x ↦ factor · x */
const mul =
  (factor: number) =>
  (x: number): number =>
    factor * x
const all = (name: string, laws: readonly Law[], runs?: number): void => {
  describe(name, () => {
    for (const law of laws) it(law.name, () => check(law, runs === undefined ? {} : { runs }))
  })
}

all('identities of the chapter', identityLaws())

all('dense', layerLaws(dense(3), { input: [4] }), 40)
for (const [name, activation] of Object.entries({
  relu,
  absoluteValue,
  sigmoid,
  tanh,
  softplus,
  hardTanh,
  softmax,
  leakyRelu: leakyRelu(0.1),
  dropped: dropout(0.5)(expected),
  sampled: dropout(0.5)(sampled(key(3))),
}))
  all(name, layerLaws(activation, { input: [5] }), 40)
all('tanh of an image', layerLaws(tanh, { input: [2, 3, 2] }), 20)
all('conv2d', layerLaws(conv2d({ filters: 2, kernel: 2, padding: 1, stride: 2 }), { input: [3, 4, 2] }), 20)
all('avgPool2d', layerLaws(avgPool2d(2), { input: [4, 5, 2] }), 20)
all('maxPool2d', layerLaws(maxPool2d(2), { input: [4, 5, 2] }), 20)
all('flatten', layerLaws(flatten, { input: [2, 2, 3] }), 20)
all('residual', layerLaws(residual(flow(dense(3), tanh)), { input: [3] }), 20)
all('repeat', layerLaws(repeat(3)(flow(dense(2), softplus)), { input: [2] }), 20)
all('parallel', layerLaws(parallel(dense(2), flow(dense(3), tanh)), { input: [2] }), 20)
all('named', layerLaws(named('block')(dense(2)), { input: [3] }), 20)

all('networks', networkLaws(), 60)
all(
  'compiled networks',
  categoryLaws({ engine: wasm }).filter(({ name }) => name.endsWith('.wasm')),
  20,
)
all('convolution and pooling', imageLaws(), 60)

/** Every optimiser with what it makes of the first gradient, and of the same one for ever. */
all(
  'gradientDescent',
  optimiserLaws('gradientDescent', gradientDescent({ learningRate: 0.1 }), { first: mul(-0.1), steady: mul(-0.1) }),
  20,
)
all('momentum', optimiserLaws('momentum', momentum({ learningRate: 0.05 }), { first: mul(-0.05), steady: mul(-0.05 / (1 - 0.9)) }), 20)
all(
  'nesterov',
  optimiserLaws('nesterov', momentum({ learningRate: 0.05, nesterov: true }), {
    first: mul(-0.05 * (1 + 0.9)),
    steady: mul(-0.05 / (1 - 0.9)),
  }),
  20,
)
/** Bias correction makes every step of a constant gradient as large as the learning rate. */
const signed = (g: number): number => (-0.1 * g) / (Math.abs(g) + 1e-8)
all('adam', optimiserLaws('adam', adam({ learningRate: 0.1 }), { first: signed, steady: signed }), 20)
all(
  'decayed descent',
  optimiserLaws('decayed', chain(addDecayedWeights(0.1), scale(-0.1)) as never).filter(({ name }) => !name.endsWith('still')),
  20,
)

const xor = {
  x: matrix([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]),
  y: matrix([[0], [1], [1], [0]]),
}
const half = {
  x: matrix([
    [0, 1],
    [1, 1],
  ]),
  y: matrix([[1], [0]]),
}
all('training', trainingLaws(train(bernoulli(pipe(input(2), dense(3), tanh, dense(1))), adam({ learningRate: 0.05 })), [xor, half]), 10)
all(
  'stochastic training',
  trainingLaws(
    train(
      bernoulli(stochastic((noise) => pipe(input(2), dense(4), relu, dropout(0.5)(noise), dense(1)))),
      momentum({ learningRate: 0.05 }),
    ),
    [xor, half],
  ),
  6,
)
all(
  'regularised training',
  trainingLaws(train(pipe(categorical(pipe(input(2), dense(2))), regularised(weightDecay(0.1))), gradientDescent({ learningRate: 0.1 })), [
    {
      x: xor.x,
      y: matrix([
        [1, 0],
        [0, 1],
        [0, 1],
        [1, 0],
      ]),
    },
  ]),
  6,
)

all('the WebAssembly engine', engineLaws(wasm), 30)
all('the reference engine', engineLaws(reference), 5)
