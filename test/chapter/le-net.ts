/**
 * LeNet-5 on images of digits: 5 × 5 kernels whose weights all places share, averages of 2 × 2, and three dense layers.
 *
 *     28×28×1 → conv 6 → pool → conv 16 → pool → 120 → 84 → 10,   61,706 parameters
 *
 * The output is a linear layer under a categorical likelihood, where the paper has radial basis functions.
 *
 * @source LeCun, Bottou, Bengio, Haffner (1998), figure 2
 */
import { pipe } from 'fp-ts/lib/function.js'
import { batches, inSequence, type Mnist } from '../../src/data/index.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { avgPool2d, conv2d, dense, flatten, input, tanh } from '../../src/layer/index.js'
import { accuracy, categorical } from '../../src/likelihood/index.js'
import type { ParamsOf } from '../../src/network/index.js'
import { reshape } from '../../src/ops/index.js'
import { adam } from '../../src/optimise/index.js'
import { foldIn, type Key } from '../../src/random/index.js'
import { type Batch, toNumber } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

export const leNet5 = pipe(
  input(28, 28, 1),
  conv2d({ filters: 6, kernel: 5, padding: 2 }),
  tanh,
  avgPool2d(2),
  conv2d({ filters: 16, kernel: 5 }),
  tanh,
  avgPool2d(2),
  flatten,
  dense(120),
  tanh,
  dense(84),
  tanh,
  dense(10),
)
const model = categorical(leNet5)
const asImages = (x: Mnist['x']): Batch<readonly [28, 28, 1]> => reshape([x.shape[0], 28, 28, 1])(x)

export interface LeNetRun {
  /** The cost of every batch before its step. @unit nats */
  readonly costs: readonly number[]
  /** The part of the test images whose class is named, before and after. */
  readonly accuracies: readonly [before: number, after: number]
}

/** One epoch of Adam over the training images, 100 at a time. */
export const leNetEpoch = (data: { readonly train: Mnist; readonly test: Mnist }, key: Key): LeNetRun => {
  const { init, step } = train(model, adam({ learningRate: 2e-3 }))
  const fast = compile(wasm)(step)
  const right = compile(wasm)((params: ParamsOf<typeof leNet5>, x: Batch<readonly [28, 28, 1]>, y: Mnist['y']) =>
    accuracy(model.predict(params)(x), y),
  )
  const accuracyOf = (params: ParamsOf<typeof leNet5>): number => {
    const parts = [...inSequence(data.test, { size: 1000 })].map(({ x, y }) => toNumber(right(params, asImages(x), y)) * x.shape[0])
    return parts.reduce((a, b) => a + b, 0) / data.test.x.shape[0]
  }
  const start = init(foldIn(0)(key))
  const epoch = [...batches(data.train, { size: 100, key: foldIn(1)(key) })]
  const [end, costs] = epoch.reduce<readonly [typeof start, readonly number[]]>(
    ([state, seen], { x, y }) => {
      const next = fast(state, { x: asImages(x), y })
      return [next, seen.concat(toNumber(next.cost))]
    },
    [start, []],
  )
  return { costs, accuracies: [accuracyOf(start.params), accuracyOf(end.params)] }
}
