/** brain.js 2. It learns example by example, so a step is a pass over all four; its activation is on its outputs, too. */
import { numbers, xorInputs, xorTargets } from '../numbers.js'
import { startOf } from '../process.js'
import { inTurn, often } from '../run.js'
import type { Runs } from '../spec.js'
import { load } from './load.js'

interface Example {
  readonly input: readonly number[] | Float32Array
  readonly output: readonly number[] | Float32Array
}
interface Network {
  readonly train: (
    data: readonly Example[],
    options: { readonly iterations: number; readonly errorThresh: number; readonly learningRate?: number },
  ) => unknown
  readonly run: (x: Float32Array) => Float32Array
}
interface Brain {
  readonly default: {
    readonly NeuralNetwork: new (options: { readonly hiddenLayers: readonly number[]; readonly activation: 'tanh' | 'relu' }) => Network
  }
}

const examples = xorTargets.map((y, i) => ({ input: xorInputs.slice(2 * i, 2 * i + 2), output: [y] }))

export const runs: Runs = {
  xor: async ({ rate }) => {
    const { default: brain } = await load<Brain>('brain.js')
    const network = new brain.NeuralNetwork({ hiddenLayers: [8], activation: 'tanh' })
    return {
      runs: 1,
      /** Under this threshold no error is: it takes as many passes as it is told. */
      repeat: (times) => network.train(examples, { iterations: times, errorThresh: Number.MIN_VALUE, learningRate: rate }),
    }
  },
  predict: async ({ sizes, batch }) => {
    const { default: brain } = await load<Brain>('brain.js')
    const network = new brain.NeuralNetwork({ hiddenLayers: sizes.slice(1, -1), activation: 'relu' })
    const [inputs, outputs] = [sizes[0] ?? 1, sizes.at(-1) ?? 1]
    network.train([{ input: numbers(inputs), output: numbers(outputs) }], { iterations: 1, errorThresh: 0.01 })
    const next = inTurn([1, 2, 3, 4].map((seed) => numbers(inputs, seed)))
    return often(() => {
      for (let i = 0; i < batch; i++) network.run(next())
    })
  },
  start: async () =>
    startOf(`
      import brain from 'brain.js'
      const network = new brain.NeuralNetwork({ hiddenLayers: [8], activation: 'tanh' })
      network.train(${JSON.stringify(examples)}, { iterations: 1 })
    `),
}
