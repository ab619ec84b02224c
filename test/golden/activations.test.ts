/** Activations and their derivatives against PyTorch, through ops and through layers. */

import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { batched, vjp } from '../../src/graph/index.js'
import * as layers from '../../src/layer/index.js'
import type { SomeBuilder } from '../../src/network/index.js'
import * as ops from '../../src/ops/index.js'
import { type Tensor, toArray } from '../../src/tensor/index.js'
import {
  type Case,
  cotangentOf,
  expectExactly,
  expectGradient,
  expectOutput,
  expectSingle,
  golden,
  inputOf,
  isOwn,
  named,
} from './golden.js'
import { kindIn } from './kind.js'

interface Attributes {
  readonly slope?: number
  readonly alpha?: number
  readonly pieces?: number
  readonly note?: string
  readonly left_derivative?: readonly number[]
  readonly right_derivative?: readonly number[]
}
type Activation = (attributes: Attributes) => (x: Tensor) => Tensor
const cases = golden<Attributes>('activations')

const activations: Readonly<Record<string, Activation>> = {
  relu: () => ops.relu,
  leaky_relu: ({ slope }) => ops.leakyRelu(slope),
  abs: () => ops.abs,
  sigmoid: () => ops.sigmoid,
  tanh: () => ops.tanh,
  softplus: () => ops.softplus,
  hard_tanh: () => ops.hardTanh,
  softmax: () => ops.softmax,
  log_softmax: () => ops.logSoftmax,
  logsumexp: () => ops.logSumExp,
  elu: ({ alpha }) => ops.elu(alpha),
  selu: () => ops.selu,
  gelu: () => ops.gelu,
  gelu_tanh: () => ops.geluTanh,
  silu: () => ops.silu,
}
const asLayers: Readonly<Record<string, (attributes: Attributes) => unknown>> = {
  relu: () => layers.relu,
  leaky_relu: ({ slope }) => layers.leakyRelu(slope),
  abs: () => layers.absoluteValue,
  sigmoid: () => layers.sigmoid,
  tanh: () => layers.tanh,
  softplus: () => layers.softplus,
  hard_tanh: () => layers.hardTanh,
  softmax: () => layers.softmax,
  log_softmax: () => layers.logSoftmax,
  elu: ({ alpha }) => layers.elu(alpha),
  selu: () => layers.selu,
  gelu: () => layers.gelu,
  gelu_tanh: () => layers.geluTanh,
  silu: () => layers.silu,
}

const kindOf = kindIn(activations)
const covered = cases.filter(({ name }) => kindOf(name) !== undefined)
const activationOf = ({ name, attributes }: Case<Attributes>) => (activations[kindOf(name) ?? ''] as Activation)(attributes)
/** Extreme cases are of every order: each number is compared relative to itself. */
const leastOf = (name: string): 0 | 1 => (name.includes('_extreme') ? 0 : 1)

/** Units that learn: parametric rectifiers, maxout, radial basis functions. */
const learned = cases.filter(({ name }) => /^(prelu|maxout|rbf)_/.test(name))
const parameterNames = ({ name }: Case<unknown>): Readonly<Record<string, string>> =>
  name.startsWith('prelu')
    ? { slope: 'alpha' }
    : name.startsWith('maxout')
      ? { weights: 'w', bias: 'b' }
      : { centres: 'w', widths: 'sigma' }
const withParameters = (one: Case<Attributes>) => {
  const record = Object.fromEntries(Object.entries(parameterNames(one)).map(([ours, theirs]) => [ours, inputOf(one, theirs)]))
  const [output = 'y'] = Object.keys(one.outputs)
  const units = one.outputs[output]?.shape.at(-1) ?? 0
  const layer = one.name.startsWith('prelu')
    ? layers.parametricRelu({ per: inputOf(one, 'alpha').shape.length === 0 ? 'layer' : 'unit' })
    : one.name.startsWith('maxout')
      ? layers.maxout(units, { pieces: one.attributes.pieces ?? 1 })
      : layers.rbf(units)
  return { record, output, layer: layer as unknown as SomeBuilder }
}

describe('activations', () => {
  test.each(covered.map((one) => [one.name, one] as const))('%s', (name, one) => {
    const f = activationOf(one)
    const [y, pullback] = vjp(f)(inputOf(one, 'x'))
    expectOutput(one, 'y', y, leastOf(name))
    expectGradient(one, 'x', pullback(cotangentOf(one, 'y')), leastOf(name))
  })

  test.each(covered.filter(({ name }) => Object.hasOwn(asLayers, kindOf(name) ?? '')).map((one) => [one.name, one] as const))(
    '%s as a layer',
    (name, one) => {
      const x = inputOf(one, 'x')
      const layer = (asLayers[kindOf(name) ?? ''] as (a: Attributes) => unknown)(one.attributes) as SomeBuilder
      const net = layer(pipe(layers.input(...x.shape)) as never)
      expectOutput(one, 'y', net([{}])(x), leastOf(name))
    },
  )

  test.each(covered.map((one) => [one.name, one] as const))('%s on wasm, in float32', (name, one) => {
    const f = activationOf(one)
    const both = compile(wasm)((x: Tensor, dy: Tensor): readonly [Tensor, Tensor] => {
      const [y, pullback] = vjp(f)(x)
      return [y, pullback(dy)]
    })
    const [y, dx] = both(ops.cast('float32')(inputOf(one, 'x')), ops.cast('float32')(cotangentOf(one, 'y')))
    expectSingle(one, 'y', y, named(one.outputs, 'y'), leastOf(name))
    expectSingle(one, 'd/d x', dx, named(one.gradients, 'x'), leastOf(name))
  })

  test.each(learned.map((one) => [one.name, one] as const))('%s, with what it learns', (_, one) => {
    const { layer, record, output } = withParameters(one)
    for (const engine of [undefined, wasm]) {
      const [net, x, dy] = [layer(layers.input(...inputOf(one, 'x').shape.slice(1)) as never), inputOf(one, 'x'), cotangentOf(one, output)]
      const f = (params: unknown, h: Tensor, g: Tensor): readonly [Tensor, unknown] => {
        const [y, back] = vjp(([p, z]: readonly [unknown, Tensor]) => batched((r: Tensor) => net([p])(r))(z as never) as unknown as Tensor)(
          [params, h],
        )
        return [y, back(g)]
      }
      const [y, [gradients, dx]] = (engine === undefined ? f : compile(engine)(f))(record, x, dy) as [
        Tensor,
        [Record<string, Tensor>, Tensor],
      ]
      expectOutput(one, output, y)
      expectGradient(one, 'x', dx)
      for (const [ours, theirs] of Object.entries(parameterNames(one))) expectGradient(one, theirs, gradients[ours] as Tensor)
    }
  })

  test('act on every row of a batch as on the whole', () => {
    for (const one of covered.filter(({ inputs }) => inputs['x']?.shape.length === 2)) {
      const f = activationOf(one)
      expectOutput(one, 'y', batched((x: Tensor) => f(x))(inputOf(one, 'x') as never) as unknown as Tensor)
    }
  })

  test('at a kink the derivative lies between the one-sided ones', () => {
    const kinks = covered.filter(({ attributes }) => attributes.left_derivative !== undefined)
    const known = ['relu_at_kinks', 'leaky_relu_at_kinks', 'abs_at_kinks', 'hard_tanh_at_kinks', 'selu_at_kinks']
    if (isOwn) expect(kinks.map(({ name }) => name)).toEqual(known)
    for (const one of kinks) {
      const [, pullback] = vjp(activationOf(one))(inputOf(one, 'x'))
      toArray(pullback(cotangentOf(one, 'y'))).forEach((slope, i) => {
        const sides = [one.attributes.left_derivative?.[i] ?? Number.NaN, one.attributes.right_derivative?.[i] ?? Number.NaN]
        expect(slope).toBeGreaterThanOrEqual(Math.min(...sides))
        expect(slope).toBeLessThanOrEqual(Math.max(...sides))
      })
    }
  })

  test('the cases that are not covered are exactly these', () =>
    expectExactly(
      cases,
      [...covered, ...learned].map(({ name }) => name),
      {},
      ops,
      layers,
    ))
})
