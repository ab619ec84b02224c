/** A broken law says what is at fault, shortly, and in code that shows it again. */
import { pipe } from 'fp-ts/lib/function.js'
import { expect, it } from 'vitest'
import { drawn, inFloat64, layerLaws, perturbed, report } from '../../laws/index.js'
import { dense, input, relu } from '../../src/layer/index.js'
import { layer, pointwise } from '../../src/network/index.js'
import { tensors as o } from '../../src/ops/apply.js'
import { affine, stopGradient } from '../../src/ops/index.js'
import { key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { full, ones, scalar, type Tensor, tensor, toArray, vector } from '../../src/tensor/index.js'
import { each, through } from './correct/entry.js'

const failing = (builder: unknown, size: number, name: string) => {
  const law = layerLaws(builder as ReturnType<typeof through>, { input: [size] as Shape }).find((one) => one.name === name)
  const failure = law?.run({ runs: 100, seed: 1 })
  if (law === undefined || failure === undefined) throw new Error(`${name} is not broken`)
  return { failure, text: report(law, failure, 'check(law)') }
}

const half = layer({
  name: 'half',
  input: [3],
  output: [2],
  init: () => ({ weights: full([3, 2], 0.3), bias: ones([2]) }),
  apply: ({ weights, bias }) => affine(stopGradient(weights), bias),
})

it('the parameter whose derivative is wrong', () =>
  expect(failing(half, 3, 'layer.adjoint').failure.where).toBe('the derivative by params[0].weights'))

it('the parameter, and the first layer of several', () =>
  expect(failing(through(dense(3), half, relu), 3, 'layer.adjoint').failure.where).toBe(
    'the derivative by params[1].weights; layer 1, half, is the first at fault',
  ))

it('the input, and what stands before the layer that is at fault', () =>
  expect(failing(through(dense(3), pointwise('still', stopGradient), dense(2)), 3, 'layer.adjoint').failure.where).toBe(
    'the derivative by params[0].weights, params[0].bias, x; layer 1, still, is the first at fault',
  ))

it('a report of thousands of numbers is at most 4 KB, and its example can be pasted', () => {
  const { failure, text } = failing(through(dense(64), pointwise('still', stopGradient)), 784, 'layer.adjoint')
  expect(text.length).toBeLessThanOrEqual(4096)
  expect(failure.counterexample.find((line) => line.startsWith('const x'))).toMatch(/^const x = drawn\(\[784\], \d+/)
})

it('a pasted counterexample of layer.finite shows what it shows, at the precision that was tested', () => {
  /** e¹⁰⁰ is too large for a float32, and no more. */
  const overflowing = each((x) => o.exp(o.div(x, o.constant(100, x))))
  const { failure } = failing(overflowing, 2, 'layer.finite')
  const names = { pipe, input, layer: overflowing, key, perturbed, inFloat64, drawn, full, scalar, tensor, vector }
  const body = [...failure.counterexample, 'return net(params)(x)'].join('\n')
  const evaluated = (text: string): Tensor => new Function(...Object.keys(names), text)(...Object.values(names))
  expect(toArray(evaluated(body)).every(Number.isFinite)).toBe(false)
  const wide = body
    .replaceAll(/(vector\(\[[^\]]*\]|full\(\[2\], [^)]*)/g, "$1, 'float64'")
    .replace('perturbed(away)(', 'perturbed(away)(inFloat64(')
    .replace('key(seed)))', 'key(seed))))')
  expect(toArray(evaluated(wide)).every(Number.isFinite)).toBe(true)
})
