/** Training, plain and regularised, obeys the laws that users run on theirs. */
import { pipe } from 'fp-ts/lib/function.js'
import { objectiveLaws, trainingLaws } from '../../laws/index.js'
import { dense, dropout, input, relu, tanh } from '../../src/layer/index.js'
import { bernoulli, categorical, regularised, weightDecay } from '../../src/likelihood/index.js'
import { adam, gradientDescent, momentum } from '../../src/optimise/index.js'
import { matrix } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'
import { all } from './all.js'

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
  trainingLaws(train(bernoulli(pipe(input(2), dense(4), relu, dropout(0.5), dense(1))), momentum({ learningRate: 0.05 })), [xor, half]),
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
all('the objective of a classifier', objectiveLaws(bernoulli(pipe(input(2), dense(3), tanh, dense(1))), [xor, half]))
all(
  'the objective of a stochastic network, regularised',
  objectiveLaws(pipe(bernoulli(pipe(input(2), dense(4), relu, dropout(0.5), dense(1))), regularised(weightDecay(0.1))), [xor]),
)
