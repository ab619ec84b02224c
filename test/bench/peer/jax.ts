// mutates: the states that it carries from run to run, escapes: nothing
/** jax-js: its `wasm` device, steps under `jit`. Every use of an array but the last is one more reference to it. */
import { classes, numbers, pairsOf, weights, xorInputs, xorTargets } from '../numbers.js'
import { startOf } from '../process.js'
import { inTurn, oftenLater } from '../run.js'
import type { Run, Runs } from '../spec.js'
import { load } from './load.js'

interface Numeric {
  readonly ref: Numeric
  readonly shape: readonly number[]
  readonly add: (x: Numeric | number) => Numeric
  readonly sub: (x: Numeric | number) => Numeric
  readonly mul: (x: Numeric | number) => Numeric
  readonly div: (x: Numeric | number) => Numeric
  readonly sum: () => Numeric
  readonly mean: (axes: readonly number[]) => Numeric
  readonly reshape: (shape: readonly number[]) => Numeric
  readonly transpose: () => Numeric
  readonly dispose: () => void
  readonly data: () => Promise<Float32Array>
  readonly blockUntilReady: () => Promise<Numeric>
}
type Tree = Numeric | readonly Tree[]
interface Jax {
  readonly init: (device: string) => Promise<unknown>
  readonly defaultDevice: (device: string) => unknown
  readonly jit: <A extends readonly Tree[], B>(f: (...args: A) => B) => (...args: A) => B
  readonly valueAndGrad: <P extends Tree, A extends readonly Tree[]>(
    f: (params: P, ...rest: A) => Numeric,
  ) => (params: P, ...rest: A) => readonly [Numeric, P]
  readonly blockUntilReady: (tree: Tree) => Promise<unknown>
  readonly tree: {
    readonly ref: <T extends Tree>(tree: T) => T
    readonly map: <T extends Tree>(f: (...leaves: readonly Numeric[]) => Numeric, ...trees: readonly T[]) => T
    readonly dispose: (tree: Tree) => void
  }
  readonly numpy: {
    readonly array: (data: Float32Array | number) => Numeric
    readonly zeros: (shape: readonly number[]) => Numeric
    readonly matmul: (x: Numeric, y: Numeric) => Numeric
    readonly power: (x: number, y: Numeric) => Numeric
    readonly square: (x: Numeric) => Numeric
    readonly sqrt: (x: Numeric) => Numeric
    readonly tanh: (x: Numeric) => Numeric
    readonly subtract: (x: number, y: Numeric) => Numeric
  }
  readonly nn: {
    readonly relu: (x: Numeric) => Numeric
    readonly softplus: (x: Numeric) => Numeric
    readonly logSoftmax: (x: Numeric) => Numeric
  }
  readonly lax: {
    readonly convWithGeneralPadding: (
      x: Numeric,
      kernel: Numeric,
      strides: readonly number[],
      padding: readonly (readonly [number, number])[],
    ) => Numeric
  }
}
type Layer = readonly [weights: Numeric, bias: Numeric]
type Params = readonly Layer[]
type Kernels = readonly [Layer, Layer, ...Layer[]]

const opened = async (): Promise<Jax> => {
  const jax = await load<Jax>('@jax-js/jax')
  await jax.init('wasm')
  jax.defaultDevice('wasm')
  return jax
}
const arrayOf = ({ numpy }: Jax, data: Float32Array, shape: readonly number[]): Numeric => numpy.array(data).reshape(shape)
const denseParams = (jax: Jax, sizes: readonly number[]): Params =>
  pairsOf(sizes).map(([rows, columns]) => [arrayOf(jax, weights(rows, columns), [rows, columns]), jax.numpy.zeros([columns])])

/** Dense layers with an activation between them. */
const denseLayers =
  ({ numpy }: Jax, activation: (x: Numeric) => Numeric) =>
  (params: Params, x: Numeric): Numeric =>
    params.reduce((h, [w, b], i) => (i === 0 ? numpy.matmul(h, w) : numpy.matmul(activation(h), w)).add(b), x)

const crossEntropy = ({ nn }: Jax, outputs: Numeric, y: Numeric, examples: number): Numeric =>
  nn
    .logSoftmax(outputs)
    .mul(y)
    .sum()
    .mul(-1 / examples)

/** A step again and again, each with the next of these batches; a sample ends when all of it is there. */
const stepping = <S extends readonly Tree[]>(
  jax: Jax,
  start: S,
  batches: readonly (readonly [Numeric, Numeric])[],
  step: (state: S, x: Numeric, y: Numeric) => readonly [S, Numeric],
): Run => {
  const fast = jax.jit((state: S, x: Numeric, y: Numeric) => step(state, x, y))
  const next = inTurn(batches)
  let state = start
  return {
    runs: 1,
    repeat: async (times) => {
      for (let i = 0; i < times; i++) {
        const [x, y] = next()
        const [after, cost] = fast(state, x.ref, y.ref)
        cost.dispose()
        state = after
      }
      await jax.blockUntilReady(state)
    },
  }
}

const batchesOf = (jax: Jax, size: number, shape: readonly number[]): readonly (readonly [Numeric, Numeric])[] =>
  Array.from({ length: 8 }, (_, i) => [
    arrayOf(jax, numbers(size * shape.reduce((n, d) => n * d, 1), i + 1), [size, ...shape]),
    arrayOf(jax, classes(size, 10), [size, 10]),
  ])

const adam = (jax: Jax, lossOf: (params: Params, x: Numeric, y: Numeric) => Numeric) => {
  const { numpy, tree, valueAndGrad } = jax
  type State = readonly [params: Params, m: Params, v: Params, t: Numeric]
  return ([params, m, v, t]: State, x: Numeric, y: Numeric): readonly [State, Numeric] => {
    const [cost, gradients] = valueAndGrad(lossOf)(tree.ref(params), x, y)
    const count = t.add(1)
    const mean = tree.map((old, g) => old.mul(0.9).add(g.mul(0.1)), m, tree.ref(gradients))
    const square = tree.map((old, g) => old.mul(0.999).add(numpy.square(g).mul(0.001)), v, gradients)
    const [first, second] = [0.9, 0.999].map((decay) => numpy.subtract(1, numpy.power(decay, count.ref))) as [Numeric, Numeric]
    const moved = tree.map(
      (p, a, b) =>
        p.sub(
          a
            .div(first.ref)
            .mul(1e-3)
            .div(numpy.sqrt(b.div(second.ref)).add(1e-8)),
        ),
      params,
      tree.ref(mean),
      tree.ref(square),
    )
    first.dispose()
    second.dispose()
    return [[moved, mean, square, count], cost]
  }
}

/** Mean pooling of 2×2, of [N, C, H, W]. */
const pooled = (x: Numeric): Numeric => {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape
  return x.reshape([n, c, h / 2, 2, w / 2, 2]).mean([3, 5])
}
const lenetLoss =
  (jax: Jax, batch: number) =>
  ([first, second, ...rest]: Kernels, x: Numeric, y: Numeric): Numeric => {
    const { lax, numpy } = jax
    const conv = (h: Numeric, [kernel, bias]: Layer, pad: number): Numeric =>
      pooled(
        numpy.tanh(
          lax
            .convWithGeneralPadding(
              h,
              kernel,
              [1, 1],
              [
                [pad, pad],
                [pad, pad],
              ],
            )
            .add(bias),
        ),
      )
    const features = conv(conv(x, first, 2), second, 0).reshape([batch, 400])
    return crossEntropy(jax, denseLayers(jax, numpy.tanh)(rest, features), y, batch)
  }

export const runs: Runs = {
  xor: async ({ rate }) => {
    const jax = await opened()
    const { nn, numpy, tree, valueAndGrad } = jax
    /** −log p of targets under a Bernoulli distribution whose logits are the outputs. */
    const loss = (params: Params, x: Numeric, y: Numeric): Numeric => {
      const z = denseLayers(jax, numpy.tanh)(params, x)
      return nn
        .softplus(z.ref)
        .sub(z.mul(y))
        .sum()
        .mul(1 / 4)
    }
    const data = [arrayOf(jax, Float32Array.from(xorInputs), [4, 2]), arrayOf(jax, Float32Array.from(xorTargets), [4, 1])] as const
    return stepping<readonly [Params]>(jax, [denseParams(jax, [2, 8, 1])], [data], ([params], x, y) => {
      const [cost, gradients] = valueAndGrad(loss)(tree.ref(params), x, y)
      return [[tree.map((p, g) => p.sub(g.mul(rate)), params, gradients)], cost]
    })
  },
  classify: async ({ sizes, batch }) => {
    const jax = await opened()
    const zeros = (): Params => pairsOf(sizes).map(([rows, columns]) => [jax.numpy.zeros([rows, columns]), jax.numpy.zeros([columns])])
    const loss = (params: Params, x: Numeric, y: Numeric): Numeric => crossEntropy(jax, denseLayers(jax, jax.nn.relu)(params, x), y, batch)
    const start = [denseParams(jax, sizes), zeros(), zeros(), jax.numpy.array(0)] as const
    return stepping(jax, start, batchesOf(jax, batch, [784]), adam(jax, loss))
  },
  lenet: async ({ batch }) => {
    const jax = await opened()
    const { numpy, tree, valueAndGrad } = jax
    const kernel = (o: number, i: number): Layer => [arrayOf(jax, weights(25 * i, o), [o, i, 5, 5]), numpy.zeros([o, 1, 1])]
    const params: Kernels = [kernel(6, 1), kernel(16, 6), ...denseParams(jax, [400, 120, 84, 10])]
    const velocity = tree.map((p) => p.mul(0), tree.ref(params))
    return stepping<readonly [Kernels, Kernels]>(jax, [params, velocity], batchesOf(jax, batch, [1, 28, 28]), ([p, v], x, y) => {
      const [cost, gradients] = valueAndGrad(lenetLoss(jax, batch))(tree.ref(p), x, y)
      const next = tree.map((old, g) => old.mul(0.9).add(g), v, gradients)
      return [[tree.map((q, d) => q.sub(d.mul(0.01)), p, tree.ref(next)), next], cost]
    })
  },
  product: async ({ size, form }) => {
    const jax = await opened()
    const [x, y] = [1, 2].map((seed) => arrayOf(jax, numbers(size * size, seed), [size, size])) as [Numeric, Numeric]
    const multiply = jax.jit((a: Numeric, b: Numeric) =>
      jax.numpy.matmul(form === 'XTY' ? a.transpose() : a, form === 'XYT' ? b.transpose() : b),
    )
    return oftenLater(async () => {
      const result = await multiply(x.ref, y.ref).blockUntilReady()
      result.dispose()
    })
  },
  predict: async ({ sizes, batch }) => {
    const jax = await opened()
    const params = denseParams(jax, sizes)
    const apply = jax.jit((p: Params, x: Numeric) => denseLayers(jax, jax.nn.relu)(p, x))
    const next = inTurn([1, 2, 3, 4].map((seed) => numbers(batch * (sizes[0] ?? 1), seed)))
    return oftenLater(() => apply(jax.tree.ref(params), arrayOf(jax, next(), [batch, sizes[0] ?? 1])).data())
  },
  start: async () =>
    startOf(`
      import { init, defaultDevice, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax'
      await init('wasm')
      defaultDevice('wasm')
      const params = [[np.array(new Float32Array(16).fill(0.1)).reshape([2, 8]), np.zeros([8])], [np.array(new Float32Array(8).fill(0.1)).reshape([8, 1]), np.zeros([1])]]
      const loss = ([[w, b], [v, c]], x, y) => {
        const z = np.matmul(np.tanh(np.matmul(x, w).add(b)), v).add(c)
        return nn.softplus(z.ref).sub(z.mul(y)).sum().mul(1 / 4)
      }
      const step = jit((p, x, y) => {
        const [cost, g] = valueAndGrad(loss)(tree.ref(p), x, y)
        cost.dispose()
        return tree.map((q, d) => q.sub(d.mul(0.1)), p, g)
      })
      const [[w]] = step(params, np.array(new Float32Array([${xorInputs}])).reshape([4, 2]), np.array(new Float32Array([${xorTargets}])).reshape([4, 1]))
      await w.data()
    `),
}
