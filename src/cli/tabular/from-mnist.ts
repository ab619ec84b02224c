/**
 * MNIST as rows: `pixel0` to `pixel783`, grey values from 0 to 255, and the digit, `label`.
 *
 * @source LeCun, Bottou, Bengio, Haffner (1998)
 */
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { mnistFiles } from '../../codec/files/mnist.js'
import { columnTransformer, minMaxScaler, mnist, numericColumn, pipeline, type SomeTransform, split } from '../../data/index.js'
import { foldIn, key } from '../../random/index.js'
import { type MnistConfig, mnistPackage } from './config.js'
import { countsOf, type Examples, plainExamples } from './examples.js'
import { type Failure, hashOf } from './folder.js'
import type { Data, Parts } from './prepare.js'
import type { Target } from './target.js'

const columns = Array.from({ length: 784 }, (_, i) => ({ name: `pixel${i}`, kind: 'numeric' as const }))
const target: Target = {
  kind: 'classes',
  name: 'label',
  likelihood: 'categorical',
  classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
}
/** Grey values over 255, as `mnist` has them. */
const transform = columnTransformer(Object.fromEntries(columns.map(({ name }) => [name, pipeline(numericColumn, minMaxScaler())])))(
  Object.fromEntries(columns.map(({ name }) => [name, [0, 255]])),
) as unknown as SomeTransform

const partsOf = (train: Data, test: Data, { validation, seed }: MnistConfig): Parts<Data> => {
  if (validation === 0) return { train, test }
  const { train: own, test: stopping } = split({ test: validation, key: foldIn(seed)(key(0)), stratify: true })(train)
  return { train: own, validation: stopping, test }
}

/** 60,000 images to learn from, or some of them to stop by, and 10,000 to judge by. @error as `readMnist` */
export const mnistExamples = (config: MnistConfig): TaskEither<Failure, Examples> =>
  pipe(
    mnistFiles(config.data === mnistPackage ? undefined : config.data),
    TE.bindW('own', ({ train }) => TE.fromEither(mnist(train))),
    TE.bindW('others', ({ test }) => TE.fromEither(mnist(test))),
    TE.map(({ train, test, own, others }) => {
      const data = partsOf(own as unknown as Data, others as unknown as Data, config)
      return {
        ...plainExamples,
        target,
        transform,
        data,
        columns,
        hash: hashOf(train.images, train.labels, test.images, test.labels),
        title: 'MNIST',
        reason: 'ten digits',
        introduction: ['MNIST: images of handwritten digits, 28 × 28 grey values'],
        counts: countsOf('images', data),
        judges: `${data.test.x.shape[0].toLocaleString('en-US')} images that it has not seen`,
      }
    }),
  )
