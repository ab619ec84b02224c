/** Locally connected layers: with the same kernel at every place a convolution, with others each place's own. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { conv1d, conv2d, glorot, input, locallyConnected1d, locallyConnected2d } from '../../src/layer/index.js'
import { backprop, type SomeNetwork } from '../../src/network/index.js'
import { at, expand, reshape, sub } from '../../src/ops/index.js'
import { sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { type Shape, sizeOf } from '../../src/shape/index.js'
import { type Batch, type Tensor, tensor, toArray } from '../../src/tensor/index.js'

/** Whole numbers, on which sums of products are exact. */
const whole = (shape: Shape, seed: number): Tensor =>
  tensor(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => ((seed * i + i * i) % 7) - 3),
  ) as Tensor
const everywhere =
  (places: Shape) =>
  (x: Tensor): Tensor =>
    expand({ axes: places.map((_, i) => i - places.length - x.shape.length), sizes: places })(x) as Tensor

const cases: readonly (readonly [name: string, shared: unknown, local: unknown])[] = [
  [
    'images',
    pipe(input(5, 6, 2), conv2d({ filters: 3, kernel: [2, 3], stride: 2, padding: 1 })),
    pipe(input(5, 6, 2), locallyConnected2d({ filters: 3, kernel: [2, 3], stride: 2, padding: 1 })),
  ],
  [
    'sequences',
    pipe(input(9, 2), conv1d({ filters: 4, kernel: 3, dilation: 2, padding: 'same' })),
    pipe(input(9, 2), locallyConnected1d({ filters: 4, kernel: 3, dilation: 2, padding: 'same' })),
  ],
]

describe.each(cases)('of %s', (_, shared, local) => {
  const [convolution, ours] = [shared as SomeNetwork, local as SomeNetwork]
  const [{ kernel, bias }] = convolution.init(key(1)) as readonly [{ readonly kernel: Tensor; readonly bias: Tensor }]
  const places = ours.output.slice(0, -1)
  const one = { kernel: whole(kernel.shape, 2), bias: whole(bias.shape, 3) }
  const each = { kernel: everywhere(places)(one.kernel), bias: everywhere(places)(one.bias) }
  const x = whole([3, ...ours.input], 5) as Batch<Shape>
  const dy = whole([3, ...ours.output], 4) as Batch<Shape>
  const propagated = (net: SomeNetwork) => (params: unknown, h: Batch<Shape>, g: Batch<Shape>) => {
    const { output, back } = backprop(net)([params])(h)
    const { gradients, input: dx } = back(g)
    return { output, dx, gradient: gradients[0] as { readonly kernel: Tensor; readonly bias: Tensor } }
  }
  const expected = propagated(convolution)(one, x, dy)

  test.each(Object.entries({ reference, wasm }))('one kernel for all places is a convolution, by %s', (_name, engine) => {
    const { output, dx, gradient } = compile(engine)(propagated(ours))(each, x, dy)
    expect(sameTree({ output, dx }, { output: expected.output, dx: expected.dx })).toBe(true)
    const total = (g: Tensor, like: Tensor): readonly number[] => {
      const numbers = toArray(g)
      const size = sizeOf(like.shape)
      return Array.from({ length: size }, (_number, i) => Array.from(numbers).reduce((sum, v, j) => (j % size === i ? sum + v : sum), 0))
    }
    expect(total(gradient.kernel, kernel)).toEqual(Array.from(toArray(expected.gradient.kernel)))
    expect(total(gradient.bias, bias)).toEqual(Array.from(toArray(expected.gradient.bias)))
  })

  it('a place has its own kernel: another changes nothing but itself', () => {
    const flat = reshape([sizeOf(places), ...kernel.shape])(each.kernel) as Tensor
    const at1 = Array.from(toArray(flat), (w, i) => w + (Math.floor(i / sizeOf(kernel.shape)) === 1 ? 1 : 0))
    const moved = { ...each, kernel: reshape(each.kernel.shape)(tensor(flat.shape, at1)) as Tensor }
    const of = (params: unknown): Tensor => ours([params])(at(0)(x as never)) as Tensor
    const changes = Array.from(toArray(sub(of(each) as never)(of(moved) as never) as Tensor))
    const filters = ours.output.at(-1) ?? 1
    expect(changes.flatMap((d, i) => (d === 0 ? [] : [Math.floor(i / filters)])).every((place) => place === 1)).toBe(true)
    expect(changes.some((d) => d !== 0)).toBe(true)
  })

  it('no two places begin alike, and each with the variance of one kernel', () => {
    const [drawn] = ours.init(key(7)) as readonly [{ readonly kernel: Tensor }]
    const size = sizeOf(kernel.shape)
    const rows = Array.from({ length: sizeOf(places) }, (_row, i) =>
      toArray(drawn.kernel)
        .slice(i * size, (i + 1) * size)
        .join(),
    )
    expect(new Set(rows).size).toBe(rows.length)
    const bound = Math.sqrt(6 / (size / (kernel.shape.at(-1) ?? 1)))
    const largest = Math.max(...toArray(drawn.kernel).map(Math.abs))
    expect(largest).toBeLessThanOrEqual(bound)
    expect(largest).toBeGreaterThan(0.9 * bound)
  })
})

it('says what it cannot be', () => {
  expect(() => locallyConnected2d({ filters: 1, kernel: 2 })(input(4) as never)).toThrow(
    'locallyConnected2d expects [height, width, channels], receives [4]',
  )
  expect(() => locallyConnected1d({ filters: 1, kernel: 9 })(input(4, 1) as never)).toThrow(
    'locallyConnected1d: a window of 9 does not fit',
  )
  expect(() => locallyConnected2d({ filters: 2, kernel: 2, groups: 2, weights: glorot } as never)).toThrow('locallyConnected2d')
  expect(() => locallyConnected2d({ filters: 2, kernel: 2, bias: true as never })).toThrow(
    'locallyConnected2d expects an initialiser as bias, or false, receives true',
  )
})
