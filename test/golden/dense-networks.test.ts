/**
 * Multilayer perceptrons against PyTorch: cost, output, and all gradients, by the backprop fold, by the gradient of the
 * model, by differentiating the whole graph, and, where it applies, by the δ recursion. They must agree with PyTorch, each.
 */
import { type Either, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { vjp } from '../../src/graph/index.js'
import * as layers from '../../src/layer/index.js'
import type { Model } from '../../src/likelihood/index.js'
import * as likelihoods from '../../src/likelihood/index.js'
import { backprop, type Description, delta, type SomeNetwork } from '../../src/network/index.js'
import * as ops from '../../src/ops/index.js'
import { key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { type Batch, scalar, type Tensor, toArray } from '../../src/tensor/index.js'
import { type Case, expectExactly, expectGradient, expectOutput, golden, inputOf, isOwn, type Waiting } from './golden.js'

interface Attributes {
  readonly sizes: readonly number[]
  readonly activation: string
  readonly likelihood: string
  readonly slope?: number
  readonly alpha?: number
}
type One = Case<Attributes>
type Examples = Batch<Shape>
const cases = golden<Attributes>('dense_networks')

const activations: Readonly<Record<string, (attributes: Attributes) => Description>> = {
  none: () => ({ kind: 'never used' }),
  relu: () => ({ kind: 'relu' }),
  leaky_relu: ({ slope = 0.01 }) => ({ kind: 'leakyRelu', slope }),
  tanh: () => ({ kind: 'tanh' }),
  softplus: () => ({ kind: 'softplus' }),
  silu: () => ({ kind: 'silu' }),
  gelu: () => ({ kind: 'gelu' }),
  gelu_tanh: () => ({ kind: 'geluTanh' }),
  elu: ({ alpha = 1 }) => ({ kind: 'elu', alpha }),
  selu: () => ({ kind: 'selu' }),
}
const { bernoulli, categorical, gaussian, gaussianLogVariance, laplace, poisson } = likelihoods
const costs: Readonly<Record<string, (net: never) => unknown>> = {
  gaussian,
  bernoulli,
  categorical,
  poisson,
  laplace,
  gaussian_log_variance: gaussianLogVariance,
}
const logFactorial = (n: number): number => Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0)
/** What golden costs omit, of targets y. */
const constants: Readonly<Record<string, (y: Examples) => number>> = {
  gaussian: ({ shape }) => ((shape[1] ?? 0) / 2) * Math.log(2 * Math.PI),
  gaussian_log_variance: ({ shape }) => ((shape[1] ?? 0) / 2) * Math.log(2 * Math.PI),
  laplace: ({ shape }) => (shape[1] ?? 0) * Math.LN2,
  poisson: (y) => Array.from(toArray(y)).reduce((sum, n) => sum + logFactorial(n), 0) / y.shape[0],
}
const waiting: Waiting = {}
const covered = cases.filter(
  ({ attributes: { activation, likelihood } }) => Object.hasOwn(activations, activation) && Object.hasOwn(costs, likelihood),
)

const orFail = <A>(made: Either<Error, A>): A => {
  if (isRight(made)) return made.right
  throw made.left
}
const networkOf = ({ attributes }: One): SomeNetwork => {
  const [inputs = 0, ...sizes] = attributes.sizes
  const activation = (activations[attributes.activation] as (a: Attributes) => Description)(attributes)
  const list = sizes.flatMap((size, i) => [{ kind: 'dense', size }, ...(i === sizes.length - 1 ? [] : [activation])])
  return orFail(layers.rebuild({ input: [inputs], layers: list }))
}
/** Golden layers are numbered from 1; activations between them have no parameters. */
const paramsOf = (one: One): readonly unknown[] =>
  one.attributes.sizes
    .slice(1)
    .flatMap((_, i) => [...(i === 0 ? [] : [{}]), { weights: inputOf(one, `w${i + 1}`), bias: inputOf(one, `b${i + 1}`) }])
const expectGradients = (one: One, gradients: readonly unknown[]): void => {
  expect(gradients.length).toBe(paramsOf(one).length)
  one.attributes.sizes.slice(1).forEach((_, i) => {
    const { weights, bias } = gradients[2 * i] as { readonly weights: Tensor; readonly bias: Tensor }
    expectGradient(one, `w${i + 1}`, weights)
    expectGradient(one, `b${i + 1}`, bias)
  })
}
const givenOf = (one: One) => {
  const net = networkOf(one)
  const model = (costs[one.attributes.likelihood] as (net: unknown) => unknown)(net) as Model<readonly unknown[], Shape, Shape, Shape>
  const [x, y] = [inputOf(one, 'x') as Examples, inputOf(one, 'y') as Examples]
  const constant = constants[one.attributes.likelihood]?.(y) ?? 0
  return { net, model, params: paramsOf(one), x, y, constant }
}

describe('dense networks', () => {
  test.each(covered.map((one) => [one.name, one] as const))('%s: the backprop fold', (_, one) => {
    const { net, model, params, x, y } = givenOf(one)
    const { output, back } = backprop(net)(params)(x)
    expectOutput(one, 'output', output)
    /** ∇_ŷ J, of the identity network under the same likelihood. */
    const head = (costs[one.attributes.likelihood] as (net: unknown) => unknown)(layers.input(...output.shape.slice(1))) as typeof model
    const [, toOutput] = vjp((z: Examples) => head.cost([])(z, y))(output)
    const { gradients, input } = back(toOutput(scalar(1, 'float64')))
    expectGradients(one, gradients)
    expectGradient(one, 'x', input)
  })

  test.each(covered.map((one) => [one.name, one] as const))('%s: the gradient of the model', (_, one) => {
    const { model, params, x, y, constant } = givenOf(one)
    const [cost, gradients] = model.gradient(params, key(0))(x, y)
    expectOutput(one, 'cost', ops.sub(constant)(cost))
    expectGradients(one, gradients)
  })

  test.each(covered.map((one) => [one.name, one] as const))('%s: the whole graph', (_, one) => {
    const { model, params, x, y, constant } = givenOf(one)
    const [cost, pullback] = vjp((all: { readonly p: readonly unknown[]; readonly x: Examples }) => model.cost(all.p)(all.x, y))({
      p: params,
      x,
    })
    const gradients = pullback(scalar(1, 'float64'))
    expectOutput(one, 'cost', ops.sub(constant)(cost))
    expectGradients(one, gradients.p)
    expectGradient(one, 'x', gradients.x)
  })

  test.each(covered.filter(({ attributes }) => attributes.likelihood === 'gaussian').map((one) => [one.name, one] as const))(
    '%s: the δ recursion',
    (_, one) => {
      const { net, params, x, y } = givenOf(one)
      expectGradients(one, delta(net)(params)(x, y))
    },
  )

  test.runIf(isOwn)('depths 1 to 5 are covered, by the fold and by δ', () => {
    const depths = (some: readonly One[]): readonly number[] =>
      [...new Set(some.map(({ attributes }) => attributes.sizes.length - 1))].toSorted()
    expect(depths(covered)).toEqual([1, 2, 3, 4, 5])
    expect(depths(covered.filter(({ attributes }) => attributes.likelihood === 'gaussian'))).toEqual([1, 2, 3, 4, 5])
  })

  test('the cases that are not covered are exactly these', () =>
    expectExactly(
      cases,
      covered.map(({ name }) => name),
      waiting,
      layers,
      likelihoods,
    ))
})
