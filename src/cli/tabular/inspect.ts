/** `foldgrad describe`, `history` and `export`: what stands in the folder of a run. */
import { basename } from 'node:path'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { writeFile } from '../../codec/files/index.js'
import { encodeModel, encodeModelJson } from '../../codec/index.js'
import { summary } from '../../network/index.js'
import { plainTable } from '../plain-table.js'
import { type Failure, readConfig, readModel, readResults, readSchema } from './folder.js'

type Print = (line: string) => void
const digits = (x: number): string => String(Number(x.toPrecision(4)))

/** So many columns are listed on a terminal. */
const mostColumns = 40

/** What a run was told, what it learned from, and what it is. */
export const describeRun = (run: string, isJson: boolean, print: Print): TaskEither<Failure, void> =>
  pipe(
    TE.Do,
    TE.bindW('config', () => readConfig(run)),
    TE.bindW('schema', () => readSchema(run)),
    TE.bindW('stored', () => readModel(run)),
    TE.map(({ config, schema: { columns, target, transform }, stored: { model } }) => {
      const features = transform.names()
      if (isJson)
        return JSON.stringify({ config, target, columns, features, network: model.network.layers.map(({ description }) => description) })
      const told = plainTable(
        ['configuration', ''],
        Object.entries(config).map(([name, value]) => [name, String(value)]),
      )
      const own = plainTable(
        ['column', 'kind'],
        columns.slice(0, mostColumns).map(({ name, kind }) => [name, kind]),
      )
      const more = columns.length > mostColumns ? [`and ${columns.length - mostColumns} more`] : []
      const classes = target.kind === 'classes' ? ` of ${target.classes.join(', ')}` : ''
      return [
        told,
        '',
        own,
        ...more,
        '',
        `target ${target.name}: ${target.likelihood}${classes}`,
        `${features.length} features`,
        '',
        summary(model.network),
      ].join('\n')
    }),
    TE.map(print),
  )

/** The costs of the epochs of a run. */
export const historyOf = (run: string, isJson: boolean, print: Print): TaskEither<Failure, void> =>
  pipe(
    readResults(run),
    TE.map(({ epochs, bestEpoch }) =>
      isJson
        ? epochs.map((epoch) => JSON.stringify(epoch)).join('\n')
        : plainTable(
            ['epoch', 'cost', 'validation', ''],
            epochs.map(({ epoch, train, validation }) => [
              String(epoch),
              digits(train),
              Number.isNaN(validation) ? '-' : digits(validation),
              epoch === bestEpoch ? 'kept' : '',
            ]),
          ),
    ),
    TE.map(print),
  )

/** The forms that a model is exported in. */
export const forms = ['json', 'safetensors'] as const

/** The model of a run as a file for others. */
export const exportRun = (run: string, to: (typeof forms)[number], out: string | undefined, print: Print): TaskEither<Failure, void> => {
  const path = out ?? `${basename(run)}.${to}`
  return pipe(
    readModel(run),
    TE.chainW(({ model, params }) => writeFile(path)((to === 'json' ? encodeModelJson : encodeModel)(model as never, params as never))),
    TE.map(() => print(`saved to ${path}`)),
  )
}
