/** Costs and their gradients against PyTorch: −log p of the likelihoods, constants included here, and weight decay. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { batched, vjp } from '../../src/graph/index.js'
import { dense, input, tanh } from '../../src/layer/index.js'
import * as likelihoods from '../../src/likelihood/index.js'
import { type Model, regularised, weightDecay } from '../../src/likelihood/index.js'
import { cast, concat, slice, sub } from '../../src/ops/index.js'
import { key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { type Batch, type Matrix, type Scalar, scalar, type Tensor, type Vector } from '../../src/tensor/index.js'
import {
  type Case,
  expectClose,
  expectExactly,
  expectGradient,
  expectOutput,
  expectSingle,
  golden,
  inputOf,
  isOwn,
  named,
  type Waiting,
} from './golden.js'
import { kindIn } from './kind.js'

interface Attributes {
  readonly omitted_constant?: number
  readonly weight_decay?: number
}
const cases = golden<Attributes>('costs')
type Plain = Model<readonly unknown[], Shape, Shape, Shape>
const { bernoulli, categorical, gaussian, gaussianLogVariance, independentBernoulli, laplace, laplaceLogScale, poisson } = likelihoods

/** The likelihood of a case, over the identity network of its output's shape, and its operands by their golden names. */
const plain: Readonly<Record<string, { readonly z: string | readonly string[]; readonly model: (width: number) => unknown }>> = {
  gaussian: { z: 'mean', model: (n) => gaussian(input(n)) },
  bernoulli: { z: 'logits', model: () => bernoulli(input(1)) },
  bernoulli_several: { z: 'logits', model: (n) => independentBernoulli(input(n)) },
  bernoulli_soft_targets: { z: 'logits', model: () => bernoulli(input(1)) },
  bernoulli_extreme: { z: 'logits', model: () => bernoulli(input(1)) },
  bernoulli_extreme_confident: { z: 'logits', model: () => bernoulli(input(1)) },
  categorical: { z: 'logits', model: (n) => categorical(input(n)) },
  categorical_binary: { z: 'logits', model: (n) => categorical(input(n)) },
  categorical_thousands: { z: 'logits', model: (n) => categorical(input(n)) },
  categorical_soft_targets: { z: 'logits', model: (n) => categorical(input(n)) },
  gaussian_log_variance: { z: ['mean', 'log_variance'], model: (n) => gaussianLogVariance(input(n) as never) },
  poisson: { z: 'log_rate', model: (n) => poisson(input(n)) },
  poisson_several: { z: 'log_rate', model: (n) => poisson(input(n)) },
  laplace: { z: 'mean', model: (n) => laplace(input(n)) },
  laplace_log_scale: { z: ['mean', 'log_scale'], model: (n) => laplaceLogScale(input(n) as never) },
}
const waiting: Waiting = {}
const kindOf = kindIn(plain)
const covered = cases.filter(({ name }) => kindOf(name) !== undefined)
const decayed = cases.filter(({ name }) => name.startsWith('weight_decay_'))

/** The golden cost omits constants; `model` includes them. */
const withoutConstant = ({ attributes }: Case<Attributes>, cost: Tensor): Tensor => sub(attributes.omitted_constant ?? 0)(cost)

/** Extreme costs are of every order: relative to the number itself. */
const leastOf = (name: string): 0 | 1 => (name.includes('_extreme') ? 0 : 1)

describe('costs', () => {
  test.each(covered.map((one) => [one.name, one] as const))('%s', (name, one) => {
    const { z: operand, model: modelFor } = plain[kindOf(name) ?? ''] as (typeof plain)[string]
    const operands = [operand].flat()
    const parts = operands.map((part) => inputOf(one, part))
    const [z, y] = [concat({ axis: -1 })(parts) as Tensor, inputOf(one, 'y')]
    const model = modelFor(z.shape[1] ?? 0) as Plain
    const [cost, pullback] = vjp(([a, b]: readonly [Tensor, Tensor]) => model.cost([])(a as Batch<Shape>, b as Batch<Shape>))([z, y])
    const [dz, dy] = pullback(scalar(1, 'float64'))
    expectOutput(one, 'cost', withoutConstant(one, cost), leastOf(name))
    for (const [i, part] of operands.entries()) {
      const width = parts[i]?.shape[1] ?? 0
      const own = slice({ starts: [0, i * width], sizes: [z.shape[0] ?? 0, width] })(dz as Matrix<number, number>)
      expectGradient(one, part, own, leastOf(name))
    }
    if (one.gradients['y'] !== undefined) expectGradient(one, 'y', dy, leastOf(name))
    const single = compile(wasm)((a: Tensor, b: Tensor) => withoutConstant(one, model.cost([])(a as Batch<Shape>, b as Batch<Shape>)))
    expectSingle(one, 'cost', single(cast('float32')(z), cast('float32')(y)), named(one.outputs, 'cost'), leastOf(name))
  })

  test.each(decayed.map((one) => [one.name, one] as const))('%s, by back-propagation and from the whole graph', (name, one) => {
    const likelihood = name.includes('gaussian') ? gaussian : categorical
    const width = inputOf(one, 'y').shape[1] ?? 0
    const [inputs = 0, hidden = 0] = named(one.inputs, 'w1').shape
    const net = pipe(input(inputs), dense(hidden), tanh, dense(width))
    const model = pipe(likelihood(net), regularised(weightDecay(one.attributes.weight_decay ?? 0)))
    const x = inputOf(one, 'x') as Matrix<number, number>
    const y = inputOf(one, 'y') as Matrix<number, number>
    const layer = (n: number) => ({ weights: inputOf(one, `w${n}`) as Matrix<never, never>, bias: inputOf(one, `b${n}`) as Vector<never> })
    const params = [layer(1), {}, layer(2)] as const
    const [cost, [first, , second]] = model.gradient(params, key(0))(x, y)
    // The gaussian's constant d/2 · log 2π, which the golden cost omits.
    const constant = name.includes('gaussian') ? (width / 2) * Math.log(2 * Math.PI) : 0
    expectOutput(one, 'cost', sub(constant)(cost))
    expectOutput(one, 'negative_log_likelihood', sub(constant)(likelihood(net).cost(params)(x, y)))
    expectOutput(one, 'penalty', weightDecay(one.attributes.weight_decay ?? 0)(params))
    const [again, pullback] = vjp(
      ({ p, x: inputs }: { readonly p: typeof params; readonly x: Matrix<number, number> }): Scalar => model.cost(p)(inputs, y),
    )({ p: params, x })
    const { p, x: dx } = pullback(scalar(1, 'float64'))
    expectOutput(one, 'cost', sub(constant)(again))
    expectGradient(one, 'x', dx)
    for (const [a, b] of [
      [first, second],
      [p[0], p[2]],
    ] as const) {
      expectGradient(one, 'w1', a.weights)
      expectGradient(one, 'b1', a.bias)
      expectGradient(one, 'w2', b.weights)
      expectGradient(one, 'b2', b.bias)
    }
    expectOutput(one, 'output', batched(net(params))(x))
  })

  test.runIf(isOwn)('the constants are those of the densities', () => {
    const one = cases.find(({ name }) => name === 'gaussian') as Case<Attributes>
    const mean = inputOf(one, 'mean') as Matrix<number, number>
    const cost = gaussian(input(mean.shape[1])).cost([])(mean, inputOf(one, 'y') as Matrix<number, number>)
    const { data = [], shape } = named(one.outputs, 'cost')
    expectClose(one, 'cost with its constant', cost, { shape, data: data.map((c) => c + (one.attributes.omitted_constant ?? 0)) })
  })

  test('the cases that are not covered are exactly these', () => {
    const names = [...covered, ...decayed].map(({ name }) => name)
    expectExactly(cases, names, waiting, likelihoods)
    if (isOwn) expect(covered.map(({ name }) => name).toSorted()).toEqual(Object.keys(plain).toSorted())
  })
})
