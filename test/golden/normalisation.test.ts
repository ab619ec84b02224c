/** Layer and batch normalisation and their gradients against PyTorch. */
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { batched, vjp } from '../../src/graph/index.js'
import { batchNorm, input, layerNorm } from '../../src/layer/index.js'
import { backprop, batchwiseOf, type SomeNetwork, trainingBackprop } from '../../src/network/index.js'
import { add, mul } from '../../src/ops/index.js'
import { type Shape, sizeOf } from '../../src/shape/index.js'
import { type Batch, scalar, type Tensor, toArray } from '../../src/tensor/index.js'
import { cotangentOf, expectExactly, expectGradient, expectOutput, golden, inputOf } from './golden.js'

interface Attributes {
  readonly axes?: readonly number[]
  readonly epsilon: number
  readonly training?: boolean
  readonly momentum?: number
}
const all = golden<Attributes>('normalisation')
const [cases, batchCases] = [
  all.filter(({ name }) => name.startsWith('layer_norm')),
  all.filter(({ name }) => name.startsWith('batch_norm')),
]

describe('layerNorm', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const x = inputOf(one, 'x')
    const { axes = [], epsilon } = one.attributes
    const over = axes.length > 1 ? 'all' : 'last'
    const net = layerNorm({ over, epsilon })(input(...x.shape.slice(1)))
    const f = (params: unknown, h: Tensor, dy: Tensor): readonly [Tensor, readonly [Record<string, Tensor>, Tensor]] => {
      const [y, back] = vjp(
        ([p, z]: readonly [unknown, Tensor]) => batched((r: Tensor) => net([p] as never)(r as never))(z as never) as unknown as Tensor,
      )([params, h])
      return [y, back(dy) as unknown as readonly [Record<string, Tensor>, Tensor]]
    }
    const params = { gain: inputOf(one, 'gain'), bias: inputOf(one, 'bias') }
    for (const run of [f, compile(wasm)(f)]) {
      const [y, [gradients, dx]] = run(params, x, cotangentOf(one, 'y'))
      expectOutput(one, 'y', y)
      expectGradient(one, 'x', dx)
      expectGradient(one, 'gain', gradients['gain'] as Tensor)
      expectGradient(one, 'bias', gradients['bias'] as Tensor)
    }
  })
})

describe('batchNorm', () => {
  const trained = batchCases.filter(({ attributes }) => attributes.training)
  const given = (one: (typeof all)[number]) => {
    const [x, gain, bias, mean, variance] = ['x', 'gain', 'bias', 'running_mean', 'running_variance'].map((name) => inputOf(one, name)) as [
      Batch<Shape>,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ]
    const net = batchNorm({ epsilon: one.attributes.epsilon })(input(...x.shape.slice(1))) as unknown as SomeNetwork
    return { net, x, params: [{ gain, bias, mean, variance }] }
  }

  test.each(batchCases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const { net, x, params } = given(one)
    const f = (theta: typeof params, h: typeof x, dy: typeof x) => {
      const { output, back } = (one.attributes.training ? trainingBackprop({}) : backprop)(net)(theta)(h)
      const { gradients, input: dx } = back(dy)
      return { output, dx, gradient: gradients[0] as (typeof params)[number] }
    }
    for (const run of [f, compile(wasm)(f)]) {
      const { output, dx, gradient } = run(params, x, cotangentOf(one, 'y') as typeof x)
      expectOutput(one, 'y', output)
      expectGradient(one, 'x', dx)
      expectGradient(one, 'gain', gradient.gain)
      expectGradient(one, 'bias', gradient.bias)
      for (const still of [gradient.mean, gradient.variance]) expect(toArray(still).every((d) => d === 0)).toBe(true)
    }
  })

  test.each(trained.map((one) => [one.name, one] as const))('%s: what is seen of the batch', (_, one) => {
    const { net, x, params } = given(one)
    const seen = (share: number | undefined) => {
      const [, after] = batchwiseOf(net)(share === undefined ? {} : { share: scalar(share, 'float64') })(params)(x)
      return after[0] as (typeof params)[number]
    }
    for (const share of [undefined, 1]) {
      expectOutput(one, 'batch_mean', seen(share).mean)
      expectOutput(one, 'batch_variance', seen(share).variance)
    }
    expectOutput(one, 'next_running_mean', seen(one.attributes.momentum).mean)
    // A running average of variances, which PyTorch takes unbiased and Keras as they are, leaves out how far the means are apart.
    const { momentum = Number.NaN } = one.attributes
    const rows = sizeOf(x.shape.slice(0, -1))
    const running = (correction: number) =>
      add(mul(momentum * correction)(seen(undefined).variance))(mul(1 - momentum)(inputOf(one, 'running_variance')))
    expectOutput(one, 'next_running_variance_if_biased', running(1))
    expectOutput(one, 'next_running_variance', running(rows / (rows - 1)))
  })
})

test('the cases that are not covered are exactly these', () =>
  expectExactly(
    all,
    [...cases, ...batchCases].map(({ name }) => name),
    {},
  ))
