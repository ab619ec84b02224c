/** Correct layers, some of them unusual, raise no alarm. */
import { scan } from '../../src/graph/index.js'
import {
  absoluteValue,
  conv2d,
  dense,
  dropout,
  flatten,
  glorot,
  hardTanh,
  leakyRelu,
  maxPool2d,
  relu,
  softmax,
  tanh,
} from '../../src/layer/index.js'
import { type Network, repeat, residual } from '../../src/network/index.js'
import { tensors as o } from '../../src/ops/apply.js'
import { logSoftmax, softmax as softmaxOf } from '../../src/ops/index.js'
import { foldIn, type Key, key, normal, uniformIn } from '../../src/random/index.js'
import { full, ones, type Tensor, tensor, vector, zeros } from '../../src/tensor/index.js'
import { each, layersHold, own, through } from './correct/entry.js'

const c = (value: number, like: Tensor): Tensor => o.constant(value, like)
const glorotOf =
  (rows: number, columns: number) =>
  (k: Key): Tensor =>
    glorot([rows, columns])(k)
/** x W + b for one vector. */
const row = (x: Tensor, w: Tensor): Tensor => o.reshape(o.matmul(o.reshape(x, { shape: [1, ...x.shape] }), w), { shape: [w.shape[1] ?? 0] })
const sumLast = (x: Tensor): Tensor => o.sum(x, { axes: [-1] })
const alongLast = (x: Tensor, size: number): Tensor => o.expand(x, { axes: [-1], sizes: [size] })
const meanLast = (x: Tensor): Tensor => o.div(sumLast(x), c(x.shape.at(-1) ?? 1, sumLast(x)))
const normalised = (x: Tensor): Tensor => {
  const size = x.shape.at(-1) ?? 1
  const centred = o.sub(x, alongLast(meanLast(x), size))
  const variance = meanLast(o.mul(centred, centred))
  return o.div(centred, alongLast(o.sqrt(o.add(variance, c(1e-5, variance))), size))
}
const at8 = { input: [8] }

layersHold({
  'dense, relu, dense': { builder: through(dense(12), relu, dense(4)), options: at8 },
  'dense and relu, wide': { builder: through(dense(48), relu, dense(48), relu, dense(4)), options: at8 },
  'dense and tanh on 160': { builder: through(dense(4), tanh), options: { input: [160] } },
  'dense and tanh on 196': { builder: through(dense(4), tanh), options: { input: [196] } },
  'dense and tanh on 784': { builder: through(dense(8), tanh), options: { input: [784] } },
  'dense on 4096': { builder: dense(3), options: { input: [4096] } },
  'two leaky layers': { builder: through(dense(16), leakyRelu(0.01), dense(16), hardTanh), options: at8 },
  'residual of kinks': {
    builder: repeat(3)(residual(through(dense(8), absoluteValue, dense(8)) as never) as never),
    options: at8,
    unusual: ['layer.initVariance'],
  },
  'sin 30x': { builder: each((x) => o.sin(o.mul(x, c(30, x)))), options: at8 },
  'a SIREN layer': {
    builder: own(
      [8],
      [16],
      (k) => ({ w: uniformIn([8, 16], -Math.sqrt(6 / 8) / 30, Math.sqrt(6 / 8) / 30)(k), b: zeros([16]) }),
      ({ w, b }) =>
        (x) => {
          const z = o.add(row(x, w as Tensor), b as Tensor)
          return o.sin(o.mul(z, c(30, z)))
        },
    ),
    options: at8,
  },
  '64 Fourier features': {
    builder: own(
      [2],
      [128],
      (k) => ({ frequencies: normal([2, 64])(k) }),
      ({ frequencies }) =>
        (x) => {
          const z = row(x, frequencies as Tensor)
          const turned = o.mul(z, c(2 * Math.PI * 10, z))
          return o.concat([o.sin(turned), o.cos(turned)], { axis: -1 })
        },
    ),
    options: { input: [2] },
  },
  'fixed frequencies': {
    builder: own(
      [4],
      [4],
      () => ({ f: vector([1, 2, 4, 8]) }),
      ({ f }) =>
        (x) =>
          o.sin(o.mul(x, f as Tensor)),
    ),
    options: { input: [4] },
    unusual: ['layer.keyed'],
  },
  'a softmax of temperature 0.01': { builder: each((x) => softmaxOf(o.div(x, c(0.01, x)))), options: at8 },
  'a softmax of temperature 100': { builder: each((x) => softmaxOf(o.div(x, c(100, x)))), options: at8 },
  'log softmax': { builder: each((x) => logSoftmax(x)), options: at8 },
  softmax: { builder: softmax, options: { input: [3, 5] } },
  quantising: { builder: each((x) => o.div(o.floor(o.mul(x, c(64, x))), c(64, x))), options: at8 },
  'rounding to tenths': { builder: each((x) => o.div(o.floor(o.mul(x, c(10, x))), c(10, x))), options: at8 },
  sign: { builder: each((x) => o.sign(x)), options: at8 },
  'a straight-through estimator': {
    builder: each((x) => o.add(x, o.stopGradient(o.sub(o.floor(x), x)))),
    options: { ...at8, derivativeOf: () => (x) => x },
  },
  'a gradient reversal': {
    builder: each((x) => o.sub(o.stopGradient(o.mul(x, c(2, x))), x)),
    options: { ...at8, derivativeOf: () => (x) => o.neg(x) },
  },
  'frozen weights': {
    builder: own(
      [8],
      [4],
      (k) => ({ w: glorotOf(8, 4)(k), b: zeros([4]) }),
      ({ w, b }) =>
        (x) =>
          o.add(row(x, o.stopGradient(w as Tensor)), b as Tensor),
    ),
    options: { ...at8, stopped: ['params[0].w'] },
  },
  'an input without a gradient': {
    builder: own(
      [8],
      [4],
      (k) => ({ w: glorotOf(8, 4)(k) }),
      ({ w }) =>
        (x) =>
          row(o.stopGradient(x), w as Tensor),
    ),
    options: { ...at8, stopped: ['x'] },
  },
  exp: { builder: each((x) => o.exp(x)), options: { ...at8, domain: { below: 80 } } },
  log: { builder: each((x) => o.log(x)), options: { ...at8, domain: { above: 0 } } },
  logit: { builder: each((x) => o.sub(o.log(x), o.log1p(o.neg(x)))), options: { ...at8, domain: { above: 0, below: 1 } } },
  'a square root': { builder: each((x) => o.sqrt(x)), options: { ...at8, domain: { above: 0 } } },
  reciprocals: { builder: each((x) => o.div(c(1, x), x)), options: { ...at8, domain: { above: 0 } } },
  argMax: {
    builder: own(
      [8],
      [],
      () => ({}),
      () => (x) => o.argMax(x, { axis: -1 }),
    ),
    options: { ...at8, gives: 'int32' },
  },
  'a mask of the positive': {
    builder: own(
      [8],
      [8],
      () => ({}),
      () => (x) => o.less(c(0, x), x),
    ),
    options: { ...at8, gives: 'bool' },
  },
  'an int32 parameter': {
    builder: own(
      [8],
      [3],
      () => ({ at: vector([5, 0, 2], 'int32'), gain: ones([3]) }),
      ({ at, gain }) =>
        (x) =>
          o.mul(o.gather(x, at as Tensor, { axis: -1 }), gain as Tensor),
    ),
    options: at8,
  },
  'a bool parameter': {
    builder: own(
      [8],
      [8],
      () => ({ mask: tensor([8], [1, 0, 1, 1, 0, 0, 1, 1], 'bool') }),
      ({ mask }) =>
        (x) =>
          o.select(mask as Tensor, x, c(0, x)),
    ),
    options: at8,
  },
  'a uint32 parameter': {
    builder: own(
      [8],
      [8],
      (k) => ({ k }),
      ({ k }) =>
        (x) =>
          o.mul(x, o.cast(uniformIn([8], 0.5, 1.5)(k as unknown as Key), { to: x.precision })),
    ),
    options: at8,
    unusual: ['layer.accurate'],
  },
  'layer norm': {
    builder: own(
      [16],
      [16],
      () => ({ gain: ones([16]), shift: zeros([16]) }),
      ({ gain, shift }) =>
        (x) =>
          o.add(o.mul(normalised(x), gain as Tensor), shift as Tensor),
    ),
    options: { input: [16] },
  },
  'layer norm of a sequence': { builder: each(normalised), options: { input: [5, 8] } },
  'root mean square norm': {
    builder: each((x) => o.div(x, alongLast(o.sqrt(o.add(meanLast(o.mul(x, x)), c(1e-6, meanLast(x)))), x.shape.at(-1) ?? 1))),
    options: { input: [16] },
  },
  'causal attention': {
    builder: own(
      [6, 4],
      [6, 4],
      (k) => ({ q: glorotOf(4, 4)(foldIn(0)(k)), k: glorotOf(4, 4)(foldIn(1)(k)), v: glorotOf(4, 4)(foldIn(2)(k)) }),
      ({ q, k, v }) =>
        (x) => {
          const scores = o.matmul(o.matmul(x, q as Tensor), o.transpose(o.matmul(x, k as Tensor), { axes: [-1, -2] }))
          const past = tensor(
            [6, 6],
            Array.from({ length: 36 }, (_, i) => (i % 6 <= Math.floor(i / 6) ? 1 : 0)),
            'bool',
          )
          return o.matmul(softmaxOf(o.select(past, o.mul(scores, c(0.5, scores)), c(-1e9, scores))), o.matmul(x, v as Tensor))
        },
    ),
    options: { input: [6, 4] },
  },
  'a convolution': {
    builder: through(conv2d({ filters: 4, kernel: 3, padding: 1 }), relu, maxPool2d(2), flatten),
    options: { input: [8, 8, 2] },
  },
  'an image classifier': {
    builder: through(conv2d({ filters: 4, kernel: 5 }), relu, maxPool2d(2), flatten, dense(10)),
    options: { input: [28, 28, 1] },
    unusual: ['layer.initVariance'],
  },
  maxout: {
    builder: own(
      [8],
      [4],
      (k) => ({ w: glorotOf(8, 12)(k) }),
      ({ w }) =>
        (x) =>
          o.max(o.reshape(row(x, w as Tensor), { shape: [4, 3] }), { axis: -1 }),
    ),
    options: at8,
  },
  identity: { builder: each((x) => x), options: at8 },
  'a constant': {
    builder: own(
      [8],
      [2],
      () => ({}),
      () => (x) => full([2], 0.5, x.precision as 'float32'),
    ),
    options: at8,
  },
  'a bias alone': {
    builder: own(
      [8],
      [2],
      () => ({ b: zeros([2]) }),
      ({ b }) =>
        () =>
          b as Tensor,
    ),
    options: at8,
  },
  'a head that starts at zero': {
    builder: own(
      [8],
      [3],
      () => ({ w: zeros([8, 3]), b: zeros([3]) }),
      ({ w, b }) =>
        (x) =>
          o.add(row(x, w as Tensor), b as Tensor),
    ),
    options: at8,
  },
  LoRA: {
    builder: own(
      [8],
      [8],
      (k) => ({ a: glorotOf(8, 2)(k), b: zeros([2, 8]) }),
      ({ a, b }) =>
        (x) =>
          o.add(x, row(row(x, a as Tensor), b as Tensor)),
    ),
    options: at8,
  },
  ReZero: {
    builder: own(
      [8],
      [8],
      (k) => ({ alpha: zeros([]), w: glorotOf(8, 8)(k) }),
      ({ alpha, w }) =>
        (x) =>
          o.add(x, o.mul(o.expand(alpha as Tensor, { axes: [-1], sizes: [8] }), o.tanh(row(x, w as Tensor)))),
    ),
    options: at8,
  },
  'relu 6': { builder: each((x) => o.minimum(o.maximum(x, c(0, x)), c(6, x))), options: at8 },
  'a soft threshold': { builder: each((x) => o.mul(o.sign(x), o.maximum(o.sub(o.abs(x), c(0.5, x)), c(0, x)))), options: at8 },
  'the largest three': {
    builder: own(
      [8],
      [],
      () => ({}),
      () => (x) => o.max(x, { axis: -1 }),
    ),
    options: at8,
  },
  gelu: {
    builder: each((x) => o.mul(x, o.sigmoid(o.mul(x, c(1.702, x))))),
    options: at8,
  },
  'a gated unit': {
    builder: own(
      [8],
      [4],
      (k) => ({ w: glorotOf(8, 4)(foldIn(0)(k)), v: glorotOf(8, 4)(foldIn(1)(k)) }),
      ({ w, v }) =>
        (x) =>
          o.mul(row(x, w as Tensor), o.sigmoid(row(x, v as Tensor))),
    ),
    options: at8,
    unusual: ['layer.initVariance'],
  },
  'a recurrent layer': {
    builder: own(
      [5, 3],
      [4],
      (k) => ({ w: glorotOf(3, 4)(foldIn(0)(k)), u: glorotOf(4, 4)(foldIn(1)(k)) }),
      ({ w, u }) =>
        (xs) => {
          const [h] = scan((carry: Tensor, x: Tensor) => {
            const next = o.tanh(o.add(row(x, w as Tensor), row(carry, u as Tensor)))
            return [next, next] as const
          })(zeros([4], xs.precision as 'float32') as Tensor, xs as never)
          return h
        },
    ),
    options: { input: [5, 3] },
  },
  'an embedding of rounded numbers': {
    builder: own(
      [3],
      [3, 2],
      (k) => ({ rows: normal([7, 2])(k) }),
      ({ rows }) =>
        (x) =>
          o.gather(rows as Tensor, o.cast(o.add(o.mul(o.tanh(x), c(3, x)), c(3, x)), { to: 'int32' }), { axis: -2 }),
    ),
    options: { input: [3] },
    unusual: ['layer.accurate'],
  },
  'radial basis functions': {
    builder: own(
      [3],
      [6],
      (k) => ({ centres: normal([6, 3])(k), widths: ones([6]) }),
      ({ centres, widths }) =>
        (x) => {
          const apart = o.sub(o.expand(x, { axes: [-2], sizes: [6] }), centres as Tensor)
          return o.exp(o.neg(o.mul(sumLast(o.mul(apart, apart)), o.mul(widths as Tensor, widths as Tensor))))
        },
    ),
    options: { input: [3] },
    unusual: ['layer.initVariance'],
  },
  'dropout under a fixed key': {
    builder: (before: Network<readonly [], readonly [8], readonly [8]>) => dropout(0.5)(before).sampled(key(3)),
    options: at8,
  },
  'a permutation': {
    builder: own(
      [3],
      [3],
      () => ({}),
      () => (x) => o.gather(x, vector([2, 0, 1], 'int32'), { axis: -1 }),
    ),
    options: { input: [3] },
  },
  'a distance to the mean': { builder: each((x) => o.abs(o.sub(x, o.expand(meanLast(x), { axes: [-1], sizes: [8] })))), options: at8 },
})
