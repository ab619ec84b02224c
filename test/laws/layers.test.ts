/** Our layers obey the laws that users run on theirs. */
import { flow } from 'fp-ts/lib/function.js'
import { layerLaws } from '../../laws/index.js'
import {
  absoluteValue,
  avgPool2d,
  conv2d,
  dense,
  dropout,
  flatten,
  hardTanh,
  leakyRelu,
  maxPool2d,
  relu,
  sigmoid,
  softmax,
  softplus,
  tanh,
} from '../../src/layer/index.js'
import { named, parallel, repeat, residual } from '../../src/network/index.js'
import { all } from './all.js'

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
  dropout: dropout(0.5),
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
