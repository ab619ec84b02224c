#!/usr/bin/env node
/** The command line. A mistake of its user is one sentence and exit code 1. */
import { runSafely, subcommands } from 'cmd-ts'
import { misread, wantsValues } from './misread.js'
import { runCommands, trainCommands } from './tabular/commands.js'
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
  cmds: trainCommands(surroundings),
})
const app = subcommands({
  name,
  version,
  description: 'Feedforward networks as pure, shape-typed functions.',
  cmds: { train, ...runCommands(surroundings) },
})

/** Options that have a value. */
const valued = [
  ...['--epochs', '--batch', '--seed', '--out', '--data', '--target', '--network', '--likelihood', '--optimiser'],
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
