/** Convolution, pooling and LeNet-5 against PyTorch, values and gradients, through the layers. */
import { describe, expect, test } from 'vitest'
import { vjp } from '../../src/graph/index.js'
import * as layers from '../../src/layer/index.js'
import { avgPool2d, conv2d, globalAvgPool2d, input, maxPool2d } from '../../src/layer/index.js'
import { categorical } from '../../src/likelihood/index.js'
import { backprop, type SomeBuilder, type SomeNetwork } from '../../src/network/index.js'
import { oneHot, reshape } from '../../src/ops/index.js'
import { count } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import type { LowHigh, Shape } from '../../src/shape/index.js'
import { type Batch, type Matrix, scalar, type Tensor, vector } from '../../src/tensor/index.js'
import { leNet5 } from '../chapter/le-net.js'
import {
  type Case,
  cotangentOf,
  expectExactly,
  expectGradient,
  expectOutput,
  golden,
  inputOf,
  isOwn,
  named,
  type Waiting,
} from './golden.js'

interface Attributes {
  readonly kind?: 'max' | 'average'
  readonly size?: readonly [number, number]
  readonly strides?: readonly [number, number]
  readonly padding?: readonly LowHigh[]
  readonly count_padding?: boolean
  readonly dilation?: readonly [number, number]
  readonly labels?: readonly number[]
  readonly parameters?: number
}
type One = Case<Attributes>
const cases = golden<Attributes>('conv')

const waiting: Waiting = {}
const beginning = (start: string) => cases.map(({ name }) => name).filter((name) => name.startsWith(start))
const global = beginning('pool_average_global')
const convolutions = beginning('conv2d_')
const poolings = beginning('pool_').filter((name) => !global.includes(name))
const leNets = beginning('lenet5')
const the = (name: string): One => cases.find((one) => one.name === name) as One
const imageOf = (one: One): Shape => named(one.inputs, 'x').shape.slice(1)

/** A one-layer network of a case, and what the fold makes of it. */
const propagated = (one: One, net: unknown, params: unknown) => {
  const { output, back } = backprop(net as SomeNetwork)([params])(inputOf(one, 'x') as Batch<Shape>)
  expectOutput(one, 'y', output)
  return back(cotangentOf(one, 'y') as Batch<Shape>)
}

describe('convolution and pooling', () => {
  test.each(convolutions)('%s', (name) => {
    const one = the(name)
    const [height = 0, width = 0, , filters = 0] = named(one.inputs, 'w').shape
    const { strides: stride = [1, 1], dilation = [1, 1], padding } = one.attributes
    const options = { filters, kernel: [height, width] as const, stride, dilation, padding: padding ?? ('valid' as const) }
    const net = (conv2d(options) as unknown as SomeBuilder)(input(...imageOf(one)) as unknown as SomeNetwork)
    const { gradients, input: dx } = propagated(one, net, { kernel: inputOf(one, 'w'), bias: inputOf(one, 'b') })
    const [gradient] = gradients as readonly [{ readonly kernel: Tensor; readonly bias: Tensor }]
    expectGradient(one, 'w', gradient.kernel)
    expectGradient(one, 'b', gradient.bias)
    expectGradient(one, 'x', dx)
  })

  test.each(poolings)('%s', (name) => {
    const one = the(name)
    const { size = [1, 1], strides: stride = size, padding, count_padding: countPadding = true } = one.attributes
    const options = { size, stride, padding: padding ?? ('valid' as const) }
    const pooling = one.attributes.kind === 'max' ? maxPool2d(options) : avgPool2d({ ...options, countPadding })
    const net = (pooling as unknown as SomeBuilder)(input(...imageOf(one)) as unknown as SomeNetwork)
    expectGradient(one, 'x', propagated(one, net, {}).input)
  })

  test.each(global)('%s', (name) => {
    const one = the(name)
    const { output, back } = backprop(globalAvgPool2d(input(...imageOf(one)) as never) as unknown as SomeNetwork)([{}])(
      inputOf(one, 'x') as Batch<Shape>,
    )
    const shape = named(one.outputs, 'y').shape
    expectOutput(one, 'y', reshape(shape)(output))
    expectGradient(one, 'x', back(reshape(output.shape)(cotangentOf(one, 'y')) as Batch<Shape>).input)
  })

  test.each(leNets)('%s', (name) => {
    const one = the(name)
    const convolution = (n: number) => ({ kernel: inputOf(one, `conv${n}_w`), bias: inputOf(one, `conv${n}_b`) })
    const affine = (n: number) => ({ weights: inputOf(one, `dense${n}_w`), bias: inputOf(one, `dense${n}_b`) })
    const params = [convolution(1), {}, {}, convolution(2), {}, {}, {}, affine(3), {}, affine(4), {}, affine(5)] as unknown as ReturnType<
      typeof leNet5.init
    >
    expect(count(params)).toBe(one.attributes.parameters)
    const x = inputOf(one, 'x') as Batch<readonly [28, 28, 1]>
    const y = oneHot(10, 'float64')(vector(one.attributes.labels ?? [], 'int32')) as Matrix<number, 10>
    const upTo = (layersUsed: number): Tensor =>
      backprop({ ...leNet5, layers: leNet5.layers.take(layersUsed) } as unknown as SomeNetwork)(params)(x as unknown as Batch<Shape>).output
    for (const [part, layersUsed] of [
      ['conv1', 2],
      ['pool1', 3],
      ['conv2', 5],
      ['pool2', 6],
      ['dense3', 9],
      ['dense4', 11],
      ['logits', 12],
    ] as const)
      expectOutput(one, part, upTo(layersUsed))
    const model = categorical(leNet5)
    const [cost, fold] = model.gradient(params, key(0))(x, y)
    expectOutput(one, 'cost', cost)
    const [, pullback] = vjp((all: { readonly p: typeof params; readonly x: typeof x }) => model.cost(all.p)(all.x, y))({ p: params, x })
    const whole = pullback(scalar(1, 'float64'))
    expectGradient(one, 'x', whole.x)
    for (const [c1, , , c2, , , , d3, , d4, , d5] of [fold, whole.p]) {
      expectGradient(one, 'conv1_w', c1.kernel)
      expectGradient(one, 'conv1_b', c1.bias)
      expectGradient(one, 'conv2_w', c2.kernel)
      expectGradient(one, 'conv2_b', c2.bias)
      expectGradient(one, 'dense3_w', d3.weights)
      expectGradient(one, 'dense3_b', d3.bias)
      expectGradient(one, 'dense4_w', d4.weights)
      expectGradient(one, 'dense4_b', d4.bias)
      expectGradient(one, 'dense5_w', d5.weights)
      expectGradient(one, 'dense5_b', d5.bias)
    }
  })

  test('the cases that are not covered are exactly these', () => {
    expectExactly(cases, [...convolutions, ...poolings, ...global, ...leNets], waiting, layers)
    if (isOwn) expect([...global, ...leNets]).toEqual(['pool_average_global', 'lenet5'])
  })
})
