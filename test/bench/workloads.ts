/** The table of workloads: what is computed, in which unit, and what it asks of a machine. */
import { pairsOf } from './numbers.js'
import type { Product, Spec } from './spec.js'

export interface Workload {
  readonly name: string
  readonly what: string
  readonly spec: Spec
  readonly unit: string
  /** Whether more of the unit is better. */
  readonly more: boolean
  /** Seconds of one run in the unit. */
  readonly figure: (seconds: number) => number
  /** What one run cannot do without: operations on numbers, and bytes that are read or written, each once. */
  readonly work?: { readonly operations: number; readonly bytes: number }
}

const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0)
const weightsOf = (sizes: readonly number[]): number => sum(pairsOf(sizes).map(([rows, columns]) => rows * columns + columns))
const productsOf = (sizes: readonly number[]): number => sum(pairsOf(sizes).map(([rows, columns]) => 2 * rows * columns))

const classify = (name: string, sizes: readonly number[], batch: number): Workload => ({
  name,
  what: `${sizes.join('-')}, Adam, batches of ${batch}`,
  spec: { kind: 'classify', sizes, batch },
  unit: 'samples/s',
  more: true,
  figure: (seconds) => batch / seconds,
  work: {
    /** Forward, the weights' gradients, and those of all inputs but the first. */
    operations: batch * (3 * productsOf(sizes) - 2 * (sizes[0] ?? 0) * (sizes[1] ?? 0)),
    /** Adam reads and writes a weight and its two moments. */
    bytes: 4 * (6 * weightsOf(sizes) + batch * ((sizes[0] ?? 0) + (sizes.at(-1) ?? 0))),
  },
})

/** Operations of each convolution and dense layer of LeNet-5, forward, for one image. */
const lenetProducts = [2 * 784 * 6 * 25, 2 * 100 * 16 * 150, 2 * 400 * 120, 2 * 120 * 84, 2 * 84 * 10]
const lenetWeights = 61_706
const lenet = (name: string, batch: number): Workload => ({
  name,
  what: `LeNet-5, momentum, batches of ${batch}`,
  spec: { kind: 'lenet', batch },
  unit: 'samples/s',
  more: true,
  figure: (seconds) => batch / seconds,
  work: {
    operations: batch * (3 * sum(lenetProducts) - (lenetProducts[0] ?? 0)),
    bytes: 4 * (4 * lenetWeights + batch * (784 + 10)),
  },
})

const product = (size: number, form: Product['form']): Workload => ({
  name: `W5-${size}-${form}`,
  what: `${form.replace(/T/g, 'ᵀ')} of ${size}×${size}`,
  spec: { kind: 'product', size, form },
  unit: 'GFLOP/s',
  more: true,
  figure: (seconds) => (2 * size ** 3) / seconds / 1e9,
  work: { operations: 2 * size ** 3, bytes: 12 * size * size },
})

const predict = (name: string, sizes: readonly number[], batch: number, unit: 'µs' | 'samples/s'): Workload => ({
  name,
  what: `${sizes.join('-')}, inference, ${batch === 1 ? 'one sample' : `${batch} samples`}`,
  spec: { kind: 'predict', sizes, batch },
  unit,
  more: unit === 'samples/s',
  figure: unit === 'µs' ? (seconds) => seconds * 1e6 : (seconds) => batch / seconds,
  work: { operations: batch * productsOf(sizes), bytes: 4 * (weightsOf(sizes) + batch * ((sizes[0] ?? 0) + (sizes.at(-1) ?? 0))) },
})

export const workloads: readonly Workload[] = [
  {
    name: 'W1',
    what: 'XOR 2-8-1, full batch, SGD',
    spec: { kind: 'xor', rate: 0.1 },
    unit: 'steps/s',
    more: true,
    figure: (seconds) => 1 / seconds,
  },
  classify('W2', [784, 128, 10], 128),
  classify('W3', [784, 512, 512, 10], 128),
  lenet('W4', 64),
  ...[256, 512, 1024].flatMap((size) => (['XY', 'XTY', 'XYT'] as const).map((form) => product(size, form))),
  predict('W6', [784, 128, 10], 1, 'µs'),
  predict('W6b', [784, 128, 10], 256, 'samples/s'),
  {
    name: 'W7',
    what: 'process start to first XOR step',
    spec: { kind: 'start' },
    unit: 'ms',
    more: false,
    figure: (seconds) => seconds * 1e3,
  },
]
