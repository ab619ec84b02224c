/** The commands: their options, and what they do. */
import { command, flag, oneOf, option, optional, positional, string } from 'cmd-ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { readFile } from '../../codec/files/index.js'
import { notNegative, part, share, whole } from '../numbers.js'
import {
  type Config,
  completeConfig,
  configDefaults,
  decodeConfig,
  likelihoodNames,
  type PartialConfig,
  type Source,
  type XorConfig,
} from './config.js'
import { evaluateRun } from './evaluate.js'
import { type Failure, readConfig } from './folder.js'
import { describeRun, exportRun, forms, historyOf } from './inspect.js'
import { predictTable } from './predict.js'
import { type Surroundings, trainRun } from './train-run.js'

const { table, mnist, xor } = configDefaults

/** What a command needs of the process that it runs in. */
export interface Process extends Surroundings {
  /** Text as it is. */
  readonly write: (text: string) => void
  /** A line beside the results. */
  readonly remark: (line: string) => void
  readonly fail: (error: Error) => void
}
const ending = async (task: TaskEither<Error, void>, { fail }: Process): Promise<void> => {
  const result = await task()
  if (isLeft(result)) fail(result.left)
}

const run = positional({ type: string, displayName: 'run', description: 'the folder of a run' })
const data = positional({
  type: string,
  displayName: 'data',
  description: 'a file of comma-separated values, its first line the names of columns',
})
const json = flag({ long: 'json', description: 'print for machines: a line of JSON for each row' })
const said = (what: string, value: string | number): string => `${what} (${value}, if nothing is said)`
const number = (long: string, type: ReturnType<typeof whole>, what: string, value: string | number) =>
  option({ type: optional(type), long, description: said(what, value) })
const words = (long: string, what: string, value: string) => option({ type: optional(string), long, description: said(what, value) })

/** What was given, without what was not. */
const given = (options: object): PartialConfig =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as PartialConfig

/** The configuration of a file, of which options say otherwise. */
const configOf = (file: string | undefined, options: PartialConfig): TaskEither<Failure, Config> =>
  pipe(
    file === undefined
      ? TE.right<Failure, PartialConfig>({})
      : pipe(
          readFile(file),
          TE.chainEitherKW((bytes) => decodeConfig(file)(new TextDecoder().decode(bytes))),
        ),
    TE.chainEitherKW((own) => completeConfig({ ...own, ...options })),
  )

/** Lines of JSON in the place of words. */
const forMachines = (process: Process): Process => ({
  ...process,
  print: () => undefined,
  tell: (event) => process.write(`${JSON.stringify(event)}\n`),
})

/** The options of every training. */
const learning = ({ network, optimiser, epochs, batch, seed, weightDecay, patience }: Omit<XorConfig, 'source'>) => ({
  network: words('network', 'hidden layers, or linear', network),
  optimiser: words('optimiser', 'an optimiser and its learning rate', optimiser),
  epochs: number('epochs', whole(1), 'how often every example is seen at most', epochs),
  batch: number('batch', whole(1), 'examples in a batch', batch),
  seed: number('seed', whole(0), 'seed of parts, weights and order: the same seed gives the same bits', seed),
  weightDecay: number(
    'weight-decay',
    notNegative,
    'λ of the penalty λ/2·ΣW²',
    weightDecay === 'auto' ? '3 over the rows to learn from, at most 0.01' : weightDecay,
  ),
  patience: number('patience', whole(1), 'epochs without a lower validation cost, after which it stops', patience),
  config: option({ type: optional(string), long: 'config', description: 'a file of these options, as a run writes it' }),
  out: option({
    type: string,
    long: 'out',
    defaultValue: () => 'run',
    defaultValueIsSerializable: true,
    description: 'the folder of the run',
  }),
  json: flag({ long: 'json', description: 'print for machines: a line of JSON for every epoch, and one for the results' }),
})
const validating = (value: number) =>
  number('validation', share, 'the part of those not for judging that stops; 0: all epochs are done, and the last is kept', value)

interface Told {
  readonly source?: Source
  readonly config: string | undefined
  readonly out: string
  readonly json: boolean
}
/** A training as it is told. */
const training = ({ config, out, json: isJson, ...options }: Told, process: Process): Promise<void> =>
  ending(
    pipe(
      configOf(config, given(options)),
      TE.chainW((complete) => trainRun({ config: complete, out, resume: false }, isJson ? forMachines(process) : process)),
    ),
    process,
  )

/** `foldgrad train` of a table, of MNIST, and of XOR. */
export const trainCommands = (process: Process) => ({
  table: command({
    name: 'table',
    description: 'On a table of your own: foldgrad train data.csv --target species.',
    args: {
      data: positional({ type: optional(string), displayName: 'data', description: 'a file of comma-separated values' }),
      target: option({ type: optional(string), long: 'target', description: 'the column to predict' }),
      likelihood: option({
        type: optional(oneOf(likelihoodNames)),
        long: 'likelihood',
        description: said(`what the target is distributed as: ${likelihoodNames.join(', ')}`, table.likelihood),
      }),
      ...learning(table),
      classWeight: option({
        type: optional(oneOf(['none', 'balanced'] as const)),
        long: 'class-weight',
        description: said('balanced: rare classes count as much as others', table.classWeight),
      }),
      test: number('test', part, 'the part of the rows that judges', table.test),
      validation: validating(table.validation),
      folds: number('folds', whole(2), 'cross-validation in so many folds', 'none'),
    },
    handler: (told) => training(told, process),
  }),
  mnist: command({
    name: 'mnist',
    description: 'On MNIST: 60,000 images of handwritten digits.',
    args: {
      ...learning(mnist),
      validation: validating(mnist.validation),
      data: words('data', 'a folder with the four IDX files', `those of the package ${mnist.data}`),
    },
    handler: (told) => training({ ...told, source: 'mnist' }, process),
  }),
  xor: command({
    name: 'xor',
    description: "On XOR: the chapter's first story.",
    args: learning(xor),
    handler: (told) => training({ ...told, source: 'xor' }, process),
  }),
})

/** The commands about runs. */
export const runCommands = (process: Process) => {
  const { write, print, remark } = process
  const speaking = { print: write, remark }
  return {
    resume: command({
      name: 'resume',
      description: 'Go on with a run that was stopped, from its last checkpoint: it ends in the same bits.',
      args: { run },
      handler: ({ run: out }) =>
        ending(
          pipe(
            readConfig(out),
            TE.chainW((config) => trainRun({ config, out, resume: true }, process)),
          ),
          process,
        ),
    }),
    predict: command({
      name: 'predict',
      description: 'What a run says of the rows of a file: classes and their probabilities, or numbers and their intervals.',
      args: { run, data, out: option({ type: optional(string), long: 'out', description: 'a file for it' }), json },
      handler: ({ out, ...options }) => ending(predictTable({ ...options, ...(out === undefined ? {} : { out }) }, speaking), process),
    }),
    evaluate: command({
      name: 'evaluate',
      description: 'How good a run is on the part of its examples that judges, or on the rows of a file.',
      args: { run, data: positional({ type: optional(string), displayName: 'data', description: 'a file of other rows' }), json },
      handler: ({ data: file, ...options }) =>
        ending(evaluateRun({ ...options, ...(file === undefined ? {} : { data: file }) }, speaking), process),
    }),
    describe: command({
      name: 'describe',
      description: 'What a run was told, what it learned from, and what it is.',
      args: { run, json },
      handler: (options) => ending(describeRun(options.run, options.json, print), process),
    }),
    history: command({
      name: 'history',
      description: 'The costs of the epochs of a run.',
      args: { run, json },
      handler: (options) => ending(historyOf(options.run, options.json, print), process),
    }),
    export: command({
      name: 'export',
      description: 'The model of a run as a file for others.',
      args: {
        run,
        to: option({
          type: oneOf(forms),
          long: 'to',
          description: 'json, a model that decodeModel reads; safetensors, weights that Python reads',
        }),
        out: option({ type: optional(string), long: 'out', description: 'a file for it' }),
      },
      handler: (options) => ending(exportRun(options.run, options.to, options.out, print), process),
    }),
  }
}
