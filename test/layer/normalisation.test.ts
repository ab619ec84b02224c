/** Group normalisation against plain loops, and where it is layer normalisation. */
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { groupNorm, input, layerNorm } from '../../src/layer/index.js'
import type { SomeBuilder } from '../../src/network/index.js'
import { ones, type Tensor, tensor, toArray, vector, zeros } from '../../src/tensor/index.js'

const numbersOf = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => Math.sin(3 * i + 1) + (i % 3))
const [height, width, channels] = [2, 3, 6]
const image = tensor([height, width, channels], numbersOf(height * width * channels), 'float64')
const near = (got: Tensor, want: readonly number[]): void =>
  toArray(got).forEach((y, i) => {
    expect(y).toBeCloseTo(want[i] ?? Number.NaN, 12)
  })

test('groupNorm normalises the units of every group of neighbouring channels', () => {
  const [gain, bias] = [numbersOf(channels), numbersOf(2 * channels).slice(channels)]
  const x = toArray(image)
  const groupOf = (i: number): number => Math.floor((i % channels) / 2)
  const mean = (xs: readonly number[]): number => xs.reduce((sum, y) => sum + y, 0) / xs.length
  const want = Array.from(x, (value, i) => {
    const group = Array.from(x).filter((_, j) => groupOf(j) === groupOf(i))
    const centre = mean(group)
    const spread = Math.sqrt(mean(group.map((y) => (y - centre) ** 2)) + 0.01)
    return (gain[i % channels] ?? 0) * ((value - centre) / spread) + (bias[i % channels] ?? 0)
  })
  const net = pipe(input(height, width, channels), groupNorm(3, { epsilon: 0.01 }))
  near(net([{ gain: vector(gain, 'float64'), bias: vector(bias, 'float64') }])(image as never), want)
})

const plain = (builder: unknown, shape: readonly number[]): Tensor =>
  (builder as SomeBuilder)(input(height, width, channels) as never)([{ gain: ones(shape, 'float64'), bias: zeros(shape, 'float64') }])(
    image,
  )
test('one group is layer normalisation over all', () =>
  near(plain(groupNorm(1), [channels]), Array.from(toArray(plain(layerNorm({ over: 'all' }), [height, width, channels])))))

test('what does not divide the channels is refused', () => {
  expect(() => pipe(input(6), groupNorm(4))).toThrow('groupNorm expects groups that divide the channels, receives 4 groups of 6 channels')
  expect(() => pipe(input(), groupNorm(1))).toThrow('groupNorm expects at least one axis, receives []')
  expect(() => groupNorm(0)).toThrow('groupNorm expects whole sizes of at least 1, receives [0]')
  expect(() => groupNorm(2, { epsilon: 0 })).toThrow('groupNorm expects an epsilon above 0, receives 0')
})
