/** TensorFlow.js on its WebAssembly backend, as it chooses threads and SIMD itself. */
import { classes, numbers, pairsOf, sizeOf, weights, xorInputs, xorTargets } from '../numbers.js'
import { startOf } from '../process.js'
import { inTurn, often } from '../run.js'
import type { Run, Runs } from '../spec.js'
import { load } from './load.js'

interface Tensor {
  readonly add: (x: Tensor) => Tensor
  readonly sub: (x: Tensor) => Tensor
  readonly mul: (x: Tensor) => Tensor
  readonly relu: () => Tensor
  readonly tanh: () => Tensor
  readonly mean: () => Tensor
  readonly softplus: () => Tensor
  readonly reshape: (shape: readonly number[]) => Tensor
  readonly dataSync: () => Float32Array
  readonly dispose: () => void
}
interface Optimiser {
  readonly minimize: (loss: () => Tensor, returnCost: boolean) => unknown
}
interface Tf {
  readonly setBackend: (name: string) => Promise<boolean>
  readonly ready: () => Promise<void>
  readonly tensor: (data: Float32Array, shape: readonly number[]) => Tensor
  readonly variable: (initial: Tensor) => Tensor
  readonly tidy: <T>(f: () => T) => T
  readonly matMul: (a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean) => Tensor
  readonly conv2d: (x: Tensor, kernel: Tensor, strides: number, pad: number | 'valid') => Tensor
  readonly avgPool: (x: Tensor, size: number, strides: number, pad: 'valid') => Tensor
  readonly losses: { readonly softmaxCrossEntropy: (labels: Tensor, logits: Tensor) => Tensor }
  readonly train: {
    readonly sgd: (rate: number) => Optimiser
    readonly adam: (rate: number) => Optimiser
    readonly momentum: (rate: number, decay: number) => Optimiser
  }
}
type Layer = readonly [weights: Tensor, bias: Tensor]

const opened = async (): Promise<Tf> => {
  const { default: tf } = await load<{ readonly default: Tf }>('@tensorflow/tfjs')
  await load('@tensorflow/tfjs-backend-wasm')
  if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend of TensorFlow.js does not open')
  await tf.ready()
  return tf
}
const layers = (tf: Tf, sizes: readonly number[]): readonly Layer[] =>
  pairsOf(sizes).map(([rows, columns]) => [
    tf.variable(tf.tensor(weights(rows, columns), [rows, columns])),
    tf.variable(tf.tensor(new Float32Array(columns), [columns])),
  ])
const denseLayers = (tf: Tf, params: readonly Layer[], activation: (x: Tensor) => Tensor, x: Tensor): Tensor =>
  params.reduce((h, [w, b], i) => tf.matMul(i === 0 ? h : activation(h), w).add(b), x)

const relu = (x: Tensor): Tensor => x.relu()
const tanh = (x: Tensor): Tensor => x.tanh()

/** A sample ends when a parameter of the last step can be read. */
const stepping = (optimiser: Optimiser, step: () => Tensor, last: Tensor): Run => ({
  runs: 1,
  repeat: (times) => {
    for (let i = 0; i < times; i++) optimiser.minimize(step, false)
    last.dataSync()
  },
})
const batchesOf = (tf: Tf, size: number, shape: readonly number[]): (() => readonly [Tensor, Tensor]) =>
  inTurn(
    Array.from({ length: 8 }, (_, i) => [
      tf.tensor(numbers(size * sizeOf(shape), i + 1), [size, ...shape]),
      tf.tensor(classes(size, 10), [size, 10]),
    ]),
  )

export const runs: Runs = {
  xor: async ({ rate }) => {
    const tf = await opened()
    const params = layers(tf, [2, 8, 1])
    const [x, y] = [tf.tensor(Float32Array.from(xorInputs), [4, 2]), tf.tensor(Float32Array.from(xorTargets), [4, 1])]
    const loss = (): Tensor => {
      const z = denseLayers(tf, params, tanh, x)
      return z.softplus().sub(z.mul(y)).mean()
    }
    return stepping(tf.train.sgd(rate), loss, params[1]?.[1] as Tensor)
  },
  classify: async ({ sizes, batch }) => {
    const tf = await opened()
    const params = layers(tf, sizes)
    const next = batchesOf(tf, batch, [784])
    const loss = (): Tensor => {
      const [x, y] = next()
      return tf.losses.softmaxCrossEntropy(y, denseLayers(tf, params, relu, x))
    }
    return stepping(tf.train.adam(1e-3), loss, params[1]?.[1] as Tensor)
  },
  lenet: async ({ batch }) => {
    const tf = await opened()
    const kernel = (i: number, o: number): Layer => [
      tf.variable(tf.tensor(weights(25 * i, o), [5, 5, i, o])),
      tf.variable(tf.tensor(new Float32Array(o), [o])),
    ]
    const [[k1, b1], [k2, b2]] = [kernel(1, 6), kernel(6, 16)]
    const rest = layers(tf, [400, 120, 84, 10])
    const next = batchesOf(tf, batch, [28, 28, 1])
    const loss = (): Tensor => {
      const [x, y] = next()
      const first = tf.avgPool(tf.conv2d(x, k1, 1, 2).add(b1).tanh(), 2, 2, 'valid')
      const second = tf.avgPool(tf.conv2d(first, k2, 1, 'valid').add(b2).tanh(), 2, 2, 'valid')
      return tf.losses.softmaxCrossEntropy(y, denseLayers(tf, rest, tanh, second.reshape([batch, 400])))
    }
    return stepping(tf.train.momentum(0.01, 0.9), loss, b1)
  },
  product: async ({ size, form }) => {
    const tf = await opened()
    const [x, y] = [1, 2].map((seed) => tf.tensor(numbers(size * size, seed), [size, size])) as [Tensor, Tensor]
    return often(() => tf.matMul(x, y, form === 'XTY', form === 'XYT').dispose())
  },
  predict: async ({ sizes, batch }) => {
    const tf = await opened()
    const params = layers(tf, sizes)
    const next = inTurn([1, 2, 3, 4].map((seed) => numbers(batch * (sizes[0] ?? 1), seed)))
    return often(() => tf.tidy(() => denseLayers(tf, params, relu, tf.tensor(next(), [batch, sizes[0] ?? 1])).dataSync()))
  },
  start: async () =>
    startOf(`
      import tf from '@tensorflow/tfjs'
      import '@tensorflow/tfjs-backend-wasm'
      await tf.setBackend('wasm')
      const [w, b, v, c] = [[2, 8], [8], [8, 1], [1]].map((shape) => tf.variable(tf.fill(shape, 0.1)))
      const [x, y] = [tf.tensor([${xorInputs}], [4, 2]), tf.tensor([${xorTargets}], [4, 1])]
      tf.train.sgd(0.1).minimize(() => {
        const z = tf.matMul(tf.matMul(x, w).add(b).tanh(), v).add(c)
        return z.softplus().sub(z.mul(y)).mean()
      })
      w.dataSync()
    `),
}
