/** The folder of a run: what was configured, what the examples were like, the model, and how it came about. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Either, map } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { readFile, writeFile } from '../../codec/files/index.js'
import { decodeModel, encodeModel, type StoredModel, TransformCodec } from '../../codec/index.js'
import { readTable, type Table } from '../../codec/tables/index.js'
import { decodeText } from '../../codec/text.js'
import type { SomeTransform } from '../../data/index.js'
import { type DecodeError, SystemError, shown } from '../../error/index.js'
import type { SomeModel } from '../../likelihood/index.js'
import { type Config, Config as ConfigCodec } from './config.js'
import type { Epoch } from './learn.js'
import { Target } from './target.js'

export type Failure = SystemError | DecodeError

/** The files of a run. */
export const filesOf = (folder: string) =>
  ({
    config: join(folder, 'config.json'),
    table: join(folder, 'table.json'),
    model: join(folder, 'model.safetensors'),
    /** What the model was called, in JSON, before. */
    olderModel: join(folder, 'model.json'),
    results: join(folder, 'results.json'),
    report: join(folder, 'report.html'),
    checkpoints: join(folder, 'checkpoints'),
  }) as const

/** What new rows are read by: the columns, the target, and the features that were fitted. */
const TableFile = t.type(
  {
    format: t.literal('foldgrad-table'),
    version: t.literal(1),
    /** The SHA-256 of what was learned from. */
    data: t.string,
    columns: t.readonlyArray(t.type({ name: t.string, kind: t.keyof({ numeric: null, date: null, categorical: null }) })),
    target: Target,
    transform: TransformCodec,
  },
  'table file',
)
export interface Schema {
  readonly data: string
  readonly columns: readonly { readonly name: string; readonly kind: 'numeric' | 'date' | 'categorical' }[]
  readonly target: Target
  readonly transform: SomeTransform
}

const text = new TextDecoder()
const readText = (path: string): TaskEither<SystemError, string> =>
  pipe(
    readFile(path),
    TE.map((bytes) => text.decode(bytes)),
  )
const decoded = <A>(path: string, decode: (json: string) => Either<DecodeError, A>): TaskEither<Failure, A> =>
  pipe(readText(path), TE.chainEitherKW(decode))

/** The SHA-256 of bytes, one after another. */
export const hashOf = (...pieces: readonly Uint8Array[]): string =>
  pieces.reduce((hash, piece) => hash.update(piece), createHash('sha256')).digest('hex')

/** A table of a file, and the SHA-256 of its bytes. */
export const readData = (path: string): TaskEither<Failure, { readonly table: Table; readonly data: string }> =>
  pipe(
    readFile(path),
    TE.chainEitherKW((bytes) =>
      pipe(
        readTable(path)(bytes),
        map((table) => ({ table, data: hashOf(bytes) })),
      ),
    ),
  )

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

/** What new rows are read by, as text. */
export const encodeSchema = ({ transform, ...schema }: Schema): string =>
  json(TableFile.encode({ format: 'foldgrad-table', version: 1, transform, ...schema } as never))

/** Takes away what came of a run that was in the folder before: the next one does not go on with it, and is not taken for it. */
export const cleared = (folder: string): TaskEither<SystemError, void> => {
  const { model, olderModel, results, report, checkpoints } = filesOf(folder)
  return TE.tryCatch(
    async () => {
      for (const path of [model, olderModel, results, report, checkpoints]) await rm(path, { recursive: true, force: true })
    },
    (error) => new SystemError({ who: 'train', expected: 'a folder that can be written', received: shown(error), where: folder }),
  )
}

/** Writes what was configured, and what other rows are read by. */
export const writeBeginning = (folder: string, config: Config, schema: Schema): TaskEither<SystemError, void> =>
  pipe(
    writeFile(filesOf(folder).config)(json(config)),
    TE.chain(() => writeFile(filesOf(folder).table)(encodeSchema(schema))),
  )
/** Writes what was learned. */
export const writeModel = (folder: string, model: SomeModel, params: readonly unknown[]): TaskEither<SystemError, void> =>
  writeFile(filesOf(folder).model)(encodeModel(model as never, params as never))
export const writeResults = (folder: string, results: unknown): TaskEither<SystemError, void> =>
  writeFile(filesOf(folder).results)(json(results))

export const readConfig = (folder: string): TaskEither<Failure, Config> =>
  decoded(filesOf(folder).config, decodeText('foldgrad', 'a configuration', ConfigCodec)(filesOf(folder).config))
/** What new rows are read by, from its text. @error `DecodeError` that names the field */
export const decodeSchema =
  (where: string) =>
  (json: string): Either<DecodeError, Schema> =>
    pipe(
      decodeText('foldgrad', 'a table file', TableFile)(where)(json),
      map(({ format: _, version: __, ...schema }) => schema),
    )
export const readSchema = (folder: string): TaskEither<Failure, Schema> =>
  decoded(filesOf(folder).table, decodeSchema(filesOf(folder).table))
/** The model of a run, as it is called now, or as it was. */
export const readModel = (folder: string): TaskEither<Failure, StoredModel> =>
  pipe(
    TE.fromIO(() => {
      const { model, olderModel } = filesOf(folder)
      return existsSync(olderModel) && !existsSync(model) ? olderModel : model
    }),
    TE.chain((path) => pipe(readFile(path), TE.chainEitherKW(decodeModel(path)))),
  )
/** What is read of the results again; a cost that is no number is null in JSON. */
const cost = t.union([t.number, t.null])
const ResultsFile = t.type(
  { bestEpoch: t.number, epochs: t.readonlyArray(t.type({ epoch: t.number, train: cost, validation: cost })) },
  'results',
)
/** The epochs of a run. */
export interface Epochs {
  readonly bestEpoch: number
  readonly epochs: readonly Epoch[]
}
/** The epochs of a run, from the text of its results. @error `DecodeError` that names the field */
export const decodeResults =
  (where: string) =>
  (json: string): Either<DecodeError, Epochs> =>
    pipe(
      decodeText('foldgrad', 'results', ResultsFile)(where)(json),
      map(({ bestEpoch, epochs }) => ({
        bestEpoch,
        epochs: epochs.map(({ epoch, train, validation }) => ({ epoch, train: train ?? Number.NaN, validation: validation ?? Number.NaN })),
      })),
    )
export const readResults = (folder: string): TaskEither<Failure, Epochs> =>
  decoded(filesOf(folder).results, decodeResults(filesOf(folder).results))
