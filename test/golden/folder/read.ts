/** The golden files of a folder, and the test of the project that compares each. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chain, chainW, type Either, filterOrElse, map, mapLeft, traverseArray, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { DecodeError, SystemError, shown } from '../../../src/error/index.js'
import { kindIn } from '../kind.js'

/** The folder of the project's own golden files. */
export const ownFolder = fileURLToPath(new URL('..', import.meta.url))

const Tensors = t.record(t.string, t.type({ shape: t.readonlyArray(t.number) }))
const GoldenFile = t.type(
  {
    cases: t.readonlyArray(
      t.type({ name: t.string, attributes: t.UnknownRecord, inputs: Tensors, outputs: Tensors, gradients: Tensors }, 'case'),
    ),
  },
  'golden file',
)

export interface GoldenFile {
  readonly path: string
  readonly cases: readonly string[]
  /** The test that compares it, where the project has one: that whose name the file's begins with. */
  readonly test?: string
}

/** Tests by what their golden files are called: `dense_networks` of `dense-networks.test.ts`. */
const tests: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(ownFolder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => [name.replace('.test.ts', '').replaceAll('-', '_'), join(ownFolder, name)]),
)
const testOf = (path: string): { readonly test?: string } => {
  const test = tests[kindIn(tests)(basename(path, '.json').replaceAll('-', '_')) ?? '']
  return test === undefined ? {} : { test }
}

/**
 * A golden file: the names of its cases.
 *
 * @error `DecodeError` for text that is no JSON, or is no golden file
 */
const readGolden = (path: string): Either<DecodeError, GoldenFile> => {
  const refused =
    (expected: string) =>
    (received: string): DecodeError =>
      new DecodeError({ who: 'golden', expected, received, where: path })
  return pipe(
    tryCatch(
      (): unknown => JSON.parse(readFileSync(path, 'utf8')),
      (error) => refused('JSON')(shown(error)),
    ),
    chain((json) => {
      const decoded = GoldenFile.decode(json)
      return pipe(
        decoded,
        mapLeft(() => refused('a golden file')(PathReporter.report(decoded)[0] ?? 'something else')),
      )
    }),
    filterOrElse(
      ({ cases }) => cases.length > 0,
      () => refused('a golden file with cases')('none'),
    ),
    map(({ cases }) => ({ path, cases: cases.map(({ name }) => name), ...testOf(path) })),
  )
}

/**
 * The golden files of a folder, by name.
 *
 * @error `SystemError` for what is no folder or has no files, `DecodeError` for the first that is no golden file
 */
export const readFolder = (folder: string): Either<SystemError | DecodeError, readonly GoldenFile[]> => {
  const refused = (received: string): SystemError =>
    new SystemError({ who: 'golden', expected: 'a folder of golden files, .json', received, where: folder })
  return pipe(
    tryCatch(
      () => readdirSync(folder),
      (error) => refused(shown(error)),
    ),
    map((names) => names.filter((name) => name.endsWith('.json')).toSorted()),
    filterOrElse(
      (names): names is string[] => names.length > 0,
      () => refused('none'),
    ),
    chainW((names) => traverseArray((name: string) => readGolden(resolve(folder, name)))(names)),
  )
}
