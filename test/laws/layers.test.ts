/** Our layers obey the laws that users run on theirs. */
import { flow, pipe } from 'fp-ts/lib/function.js'
import { type Law, layerLaws } from '../../laws/index.js'
import {
  absoluteValue,
  avgPool2d,
  batchNorm,
  bidirectional,
  clippedLinear,
  conv1d,
  conv2d,
  cutPoints,
  dense,
  dropout,
  elman,
  elu,
  embedding,
  flatten,
  gelu,
  geluTanh,
  globalAvgPool2d,
  globalMaxPool2d,
  groupNorm,
  gru,
  hardSigmoid,
  hardTanh,
  input,
  layerNorm,
  leakyRelu,
  learnedLogScale,
  locallyConnected1d,
  locallyConnected2d,
  logSoftmax,
  lstm,
  maxout,
  maxPool2d,
  parametricRelu,
  polynomialFeatures,
  radialBasisFeatures,
  randomFourierFeatures,
  rbf,
  recurrent,
  relu,
  relu6,
  scalingOf,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  standardise,
  tanh,
  transposed,
} from '../../src/layer/index.js'
import { freeze, named, parallel, pointwise, repeat, residual, share, split } from '../../src/network/index.js'
import { add, cast, mul, tanh as squashed } from '../../src/ops/index.js'
import { key, normal } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import type { Tensor } from '../../src/tensor/index.js'
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
  elu: elu(0.7),
  selu,
  silu,
  gelu,
  geluTanh,
  clippedLinear,
  relu6,
  hardSigmoid,
  logSoftmax,
  dropout: dropout(0.5),
}))
  all(name, layerLaws(activation, { input: [5] }), 40)
all('maxout', layerLaws(maxout(3, { pieces: 2 }), { input: [4] }), 20)
/** A signal that is small on purpose: a unit is active near its centre alone, a state is what is left after gates and a start at 0. */
const small = ({ name }: Law): boolean => name !== 'layer.initVariance'
all('rbf', layerLaws(rbf(3), { input: [2] }).filter(small), 20)
all('polynomialFeatures', layerLaws(polynomialFeatures(3), { input: [2] }), 40)
all('polynomialFeatures without 1', layerLaws(polynomialFeatures(2, { bias: false }), { input: [3] }), 20)
const points = normal([4, 3])(key(2))
all('radialBasisFeatures', layerLaws(radialBasisFeatures(points, { gamma: 0.5 }), { input: [3] }), 40)
all('randomFourierFeatures', layerLaws(randomFourierFeatures(5, { gamma: 0.5, key: key(3) }), { input: [3] }), 40)
all('standardise', layerLaws(standardise(scalingOf(points)), { input: [3] }), 40)
all('parametricRelu', layerLaws(parametricRelu(), { input: [5] }), 40)
all('parametricRelu of the layer', layerLaws(parametricRelu({ per: 'layer' }), { input: [5] }), 40)
all('parametricRelu of channels', layerLaws(parametricRelu({ per: 'channel' }), { input: [2, 3, 2] }), 20)
all('learnedLogScale', layerLaws(learnedLogScale({ initial: 0.5 }), { input: [3] }).filter(small), 20)
all('cutPoints', layerLaws(cutPoints(4), { input: [1] }).filter(small), 20)
all('one cut point', layerLaws(cutPoints(1), { input: [1] }).filter(small), 20)
all('layerNorm', layerLaws(layerNorm(), { input: [5] }), 40)
all('layerNorm of an image', layerLaws(layerNorm(), { input: [2, 2, 3] }), 20)
all('layerNorm over all', layerLaws(layerNorm({ over: 'all', epsilon: 0.01 }), { input: [3, 2] }), 20)
/** In use; no gradient reaches what the population is like. */
const population = { stopped: ['params[0].mean', 'params[0].variance'] } as const
all('batchNorm', layerLaws(batchNorm(), { input: [5], ...population }), 40)
all('batchNorm of an image', layerLaws(batchNorm({ epsilon: 0.1 }), { input: [2, 2, 3], ...population }), 20)
all('groupNorm', layerLaws(groupNorm(2), { input: [6] }), 20)
all('groupNorm of an image', layerLaws(groupNorm(2), { input: [2, 2, 4] }), 20)
all('tanh of an image', layerLaws(tanh, { input: [2, 3, 2] }), 20)
all('conv2d', layerLaws(conv2d({ filters: 2, kernel: 2, padding: 1, stride: 2 }), { input: [3, 4, 2] }), 20)
all(
  'conv2d with every option',
  layerLaws(
    conv2d({
      filters: 4,
      kernel: [2, 3],
      stride: [1, 2],
      padding: [
        [1, 0],
        [2, 1],
      ],
      dilation: [2, 1],
      groups: 2,
      bias: false,
    }),
    { input: [4, 4, 2] },
  ),
  20,
)
all('conv1d', layerLaws(conv1d({ filters: 3, kernel: 3, stride: 2, padding: 'same' }), { input: [7, 2] }), 20)
all('locallyConnected1d', layerLaws(locallyConnected1d({ filters: 3, kernel: 3, stride: 2, padding: 'same' }), { input: [7, 2] }), 20)
all('locallyConnected2d', layerLaws(locallyConnected2d({ filters: 2, kernel: [2, 3], padding: 1, bias: false }), { input: [3, 3, 2] }), 20)
all('maxPool2d that overlaps, padded', layerLaws(maxPool2d({ size: 3, stride: 2, padding: 'same' }), { input: [4, 5, 2] }), 20)
all(
  'avgPool2d of what is there',
  layerLaws(avgPool2d({ size: [2, 3], stride: 1, padding: 1, countPadding: false }), { input: [3, 4, 2] }),
  20,
)
for (const [name, cell] of Object.entries({
  elman: elman(2),
  lstm: lstm(2),
  gru: gru(2),
  'gru, reset before': gru(2, { reset: 'before' }),
})) {
  all(
    `recurrent ${name}`,
    layerLaws(recurrent(cell as never, { returns: 'sequence', learnStart: true }), { input: [3, 2] }).filter(small),
    20,
  )
  all(`bidirectional ${name}`, layerLaws(bidirectional(cell as never), { input: [3, 2] }).filter(small), 10)
}
all('recurrent, masked', layerLaws(recurrent(gru(2), { mask: 7 }), { input: [3, 2] }).filter(small), 10)
all('globalAvgPool2d', layerLaws(globalAvgPool2d, { input: [3, 2, 2] }), 20)
all('globalMaxPool2d', layerLaws(globalMaxPool2d, { input: [3, 2, 2] }), 20)
all('avgPool2d', layerLaws(avgPool2d(2), { input: [4, 5, 2] }), 20)
all('maxPool2d', layerLaws(maxPool2d(2), { input: [4, 5, 2] }), 20)
all('flatten', layerLaws(flatten, { input: [2, 2, 3] }), 20)
all('flatten of a sequence', layerLaws(flatten, { input: [4, 3] }), 20)
const trained = pipe(input(3), dense(4), tanh, dense(2))
/** Numbers become indices from 0 to 6; at other digits some become another, which is no rounding. */
const index = pointwise(
  'index',
  <S extends Shape>(x: Tensor<S>): Tensor<S> => flow(squashed, add(1), mul(3), cast('int32'))(x as never) as never,
)
const digits = ({ name }: Law): boolean => name !== 'layer.accurate'
all('embedding', layerLaws(flow(index, embedding(7, 2)), { input: [3] }).filter(digits), 20)
all('embedding of an image', layerLaws(flow(index, embedding(7, 3)), { input: [2, 2, 1] }).filter(digits), 20)
all('residual', layerLaws(residual(flow(dense(3), tanh)), { input: [3] }), 20)
all('repeat', layerLaws(repeat(3)(flow(dense(2), softplus)), { input: [2] }), 20)
all('parallel', layerLaws(parallel(dense(2), flow(dense(3), tanh)), { input: [2] }), 20)
all(
  'share',
  layerLaws(
    share('twice')(dense(3), (d) => flow(d, tanh, d)),
    { input: [3] },
  ),
  20,
)
all(
  'share of a network elsewhere',
  layerLaws(
    share('e')(
      () => pipe(input(2), dense(3)),
      (d) => flow(dense(2), d),
    ),
    { input: [4] },
  ),
  20,
)
all(
  'parallel of images, along their rows',
  layerLaws(parallel(tanh, conv2d({ filters: 1, kernel: 1 }), { axis: -3 }), { input: [2, 3, 1] }),
  20,
)
all('split', layerLaws(split(2)(flow(dense(3), tanh), dense(2)), { input: [5] }), 20)
all('split of images, along their columns', layerLaws(split(1, { axis: -2 })(tanh, softplus), { input: [2, 3, 2] }), 20)
all(
  'transposed',
  layerLaws(
    share('encoder')(dense(3), (encode) => flow(encode, tanh, transposed(encode))),
    { input: [4] },
  ),
  20,
)
all('freeze', layerLaws(freeze(trained)(trained.init(key(5))), { input: [3] }), 20)
all('named', layerLaws(named('block')(dense(2)), { input: [3] }), 20)
