/** The WebAssembly engine as a user sees it: the numbers of the reference, outputs that stay, memory that does not grow. */
import { pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/data/index.js'
import { compile } from '../../../src/engine/index.js'
import { reference } from '../../../src/engine/reference/index.js'
import { wasm } from '../../../src/engine/wasm/index.js'
import { avgPool2d, conv2d, dense, dropout, flatten, input, maxPool2d, relu, tanh } from '../../../src/layer/index.js'
import { bernoulli, categorical, type Objective } from '../../../src/likelihood/index.js'
import { add, cast, exp, expand, greater, mul, select, sumAll } from '../../../src/ops/index.js'
import { adam, type GradientTransformation, momentum, type StateOf } from '../../../src/optimise/index.js'
import { leavesWithPaths } from '../../../src/params/index.js'
import { key, uniform } from '../../../src/random/index.js'
import type { Shape } from '../../../src/shape/index.js'
import { matrix, type Scalar, scalar, type Tensor, tensor, toArray, toNumber, type Vector, vector } from '../../../src/tensor/index.js'
import { train } from '../../../src/train/index.js'

const xor = {
  x: matrix([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]),
  y: matrix([[0], [1], [1], [0]]),
}

/** The largest difference of two trees, relative to the largest number in each tensor. */
const distance = (a: unknown, b: unknown): number => {
  const others = leavesWithPaths(b)
  return Math.max(
    ...leavesWithPaths(a).map(({ tensor: x }, i) => {
      const [p, q] = [toArray(x), toArray(others[i]?.tensor as Tensor)]
      const size = Math.max(1, ...Array.from(q, Math.abs))
      return Math.max(0, ...Array.from(p, (value, j) => Math.abs(value - (q[j] ?? Number.NaN)) / size))
    }),
  )
}

const agrees = <P, I extends Shape, T extends Shape, F extends StateOf>(
  model: Objective<P, I, T>,
  optimiser: GradientTransformation<F>,
  batch: Dataset<I, T>,
  steps: number,
): void => {
  const { init, step } = train(model, optimiser)
  const [fast, slow] = [compile(wasm)(step), compile(reference)(step)]
  const [a, b] = Array.from({ length: steps }).reduce<readonly [ReturnType<typeof init>, ReturnType<typeof init>]>(
    ([s, t]) => [fast(s, batch), slow(t, batch)],
    [init(key(1)), init(key(1))],
  )
  expect(toNumber(a.step)).toBe(steps)
  expect(is(a.key, b.key)).toBe(true)
  expect(distance(a, b)).toBeLessThan(2e-5)
}

describe('the WebAssembly engine', () => {
  it('chooses among numbers of another width than those that its condition compares', () => {
    const choose = (when: Scalar, x: Vector<3>) => {
      const condition = expand({ axes: [-1], sizes: [3] })(greater(5)(cast('float64')(when)))
      return select(x as Tensor, mul(2)(x as Tensor))(condition)
    }
    for (const when of [3, 7]) {
      const given = [scalar(when), vector([1, 2, 3])] as const
      expect(toArray(compile(wasm)(choose)(...given))).toEqual(toArray(choose(...given)))
    }
  })
  it('takes the steps of the reference: a tanh network by Adam', () =>
    agrees(bernoulli(pipe(input(2), dense(8), tanh, dense(1))), adam({ learningRate: 0.05 }), xor, 20))

  it('takes the steps of the reference: a convolutional network by momentum', () => {
    const net = pipe(
      input(12, 12, 2),
      conv2d({ filters: 3, kernel: 3, padding: 1 }),
      relu,
      avgPool2d(2),
      conv2d({ filters: 4, kernel: 3 }),
      tanh,
      maxPool2d(2),
      flatten,
      dense(5),
    )
    const labels = Array.from({ length: 30 }, (_, i) => (i % 5 === Math.floor(i / 5) % 5 ? 1 : 0))
    agrees(categorical(net), momentum({ learningRate: 0.05 }), { x: uniform([6, 12, 12, 2])(key(3)), y: tensor([6, 5], labels) }, 5)
  })

  it('draws the masks of the reference, and new ones at every step', () => {
    const net = pipe(input(2), dense(16), relu, dropout(0.5), dense(1))
    agrees(bernoulli(net), momentum({ learningRate: 0.1 }), xor, 4)
  })

  it('gives outputs that belong to the caller: later runs do not touch them', () => {
    const f = compile(wasm)((x: Tensor<readonly [3]>) => mul(2)(x))
    const first = f(vector([1, 2, 3]))
    f(vector([10, 20, 30]))
    expect(Array.from(toArray(first))).toEqual([2, 4, 6])
  })

  it('gives back inputs and literals that are outputs', () => {
    const f = compile(wasm)((x: Tensor<readonly []>) => ({ same: x, one: scalar(1), twice: add(x)(x) }))
    const { same, one, twice } = f(scalar(4))
    expect([toNumber(same), toNumber(one), toNumber(twice)]).toEqual([4, 1, 8])
  })

  it('serves float64 bit for bit, elementary functions too', () => {
    const f = (x: Tensor<readonly [3]>) => sumAll(mul(exp(x))(add(0.1)(x)))
    const x = tensor([3], [0.1, 0.2, 0.3], 'float64')
    expect(is(compile(wasm)(f)(x), f(x))).toBe(true)
  })

  it('does not grow over 100,000 steps', { timeout: 120_000 }, () => {
    const f = compile(wasm)((x: Tensor<readonly [64]>) => mul(0.999)(add(1)(x)))
    const run = (x: Tensor<readonly [64]>, steps: number): Tensor<readonly [64]> =>
      Array.from({ length: steps }).reduce<Tensor<readonly [64]>>((state) => f(state), x)
    const start = run(uniform([64])(key(1)), 1000)
    const before = process.memoryUsage()
    run(start, 100_000)
    const after = process.memoryUsage()
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64e6)
    expect(after.rss - before.rss).toBeLessThan(150e6)
  })
})
