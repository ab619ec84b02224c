/** Synaptic: neurons as objects, whose propagation its architecture writes as code. It learns example by example, so a step is four. */
import { xorInputs, xorTargets } from '../numbers.js'
import { startOf } from '../process.js'
import { often } from '../run.js'
import type { Runs } from '../spec.js'
import { load } from './load.js'

interface Perceptron {
  readonly activate: (x: readonly number[]) => readonly number[]
  readonly propagate: (rate: number, y: readonly number[]) => void
}
interface Synaptic {
  readonly default: { readonly Architect: { readonly Perceptron: new (...sizes: readonly number[]) => Perceptron } }
}

const examples = xorTargets.map((y, i) => [xorInputs.slice(2 * i, 2 * i + 2), [y]] as const)

export const runs: Runs = {
  xor: async ({ rate }) => {
    const { default: synaptic } = await load<Synaptic>('synaptic')
    const network = new synaptic.Architect.Perceptron(2, 8, 1)
    return often(() => {
      for (const [x, y] of examples) {
        network.activate(x)
        network.propagate(rate, y)
      }
    })
  },
  start: async () =>
    startOf(`
      import synaptic from 'synaptic'
      const network = new synaptic.Architect.Perceptron(2, 8, 1)
      for (const [x, y] of ${JSON.stringify(examples)}) {
        network.activate(x)
        network.propagate(0.1, y)
      }
    `),
}
