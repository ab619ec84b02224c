/** The book's XOR, §6.1, against exact values. The chapter's own story is told in test/chapter/xor.test.ts. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { batched } from '../../src/graph/index.js'
import { dense, input, relu } from '../../src/layer/index.js'
import { gaussian, meanSquaredError } from '../../src/likelihood/index.js'
import { delta } from '../../src/network/index.js'
import { add, expandFirst, matmul, mul, relu as rectify, sub } from '../../src/ops/index.js'
import { key } from '../../src/random/index.js'
import type { Matrix, Tensor, Vector } from '../../src/tensor/index.js'
import { type Case, expectClose, expectExactly, expectGradient, expectOutput, float64, golden, inputOf, isOwn, named } from './golden.js'

const cases = golden<unknown>('xor')
const linear = cases.filter(({ name }) => name.startsWith('linear_xor'))
const rectified = cases.filter(({ name }) => name.startsWith('relu_'))
const outputOf = (one: Case<unknown>, name: string): Tensor => float64(named(one.outputs, name))
const givenOf = (one: Case<unknown>) => ({ x: inputOf(one, 'x') as Matrix<number, 2>, y: inputOf(one, 'y') as Matrix<number, 1> })

describe('xor', () => {
  test.each(linear.map((one) => [one.name, one] as const))('the linear optimum: %s', (_, one) => {
    const { x, y } = givenOf(one)
    const net = pipe(input(2), dense(1))
    const params = [{ weights: outputOf(one, 'w') as Matrix<2, 1>, bias: outputOf(one, 'b') as Vector<1> }] as const
    const model = meanSquaredError(net)
    const [cost, [gradient]] = model.gradient(params, key(0))(x, y)
    expectOutput(one, 'cost', cost)
    expectOutput(one, 'half_cost', mul(0.5)(cost))
    expectOutput(one, 'output', model.predict(params)(x))
    expectClose(one, 'gradient of the weights', gradient.weights, { shape: [2, 1], data: [0, 0] })
    expectClose(one, 'gradient of the bias', gradient.bias, { shape: [1], data: [0] })
  })

  test.each(rectified.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const { x, y } = givenOf(one)
    const [w1, c] = [inputOf(one, 'w1') as Matrix<2, 2>, inputOf(one, 'c') as Vector<2>]
    const xw = matmul(w1)(x)
    const a = add(expandFirst(4)(c) as Matrix<number, 2>)(xw)
    expectOutput(one, 'xw', xw)
    expectOutput(one, 'xw_plus_c', a)
    expectOutput(one, 'h', rectify(a))
    const net = pipe(input(2), dense(2), relu, dense(1))
    const params = [
      { weights: w1, bias: c },
      {},
      { weights: inputOf(one, 'w2') as Matrix<2, 1>, bias: inputOf(one, 'b') as Vector<1> },
    ] as const
    expectOutput(one, 'output', batched(net(params))(x))
    const [cost, gradients] = gaussian(net).gradient(params, key(0))(x, y)
    expectOutput(one, 'cost', sub(Math.log(2 * Math.PI) / 2)(cost))
    for (const [first, , second] of [gradients, delta(net)(params)(x, y)]) {
      expectGradient(one, 'w1', first.weights)
      expectGradient(one, 'c', first.bias)
      expectGradient(one, 'w2', second.weights)
      expectGradient(one, 'b', second.bias)
    }
  })

  test('every case is run', () => {
    expectExactly(
      cases,
      [...linear, ...rectified].map(({ name }) => name),
      {},
    )
    if (isOwn) expect(cases.map(({ name }) => name)).toEqual(['linear_xor', 'relu_book', 'relu_perturbed'])
  })
})
