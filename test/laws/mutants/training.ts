/** Mutants of training. */
import { pipe } from 'fp-ts/lib/function.js'
import { trainingLaws } from '../../../laws/index.js'
import { dense, input, tanh } from '../../../src/layer/index.js'
import { meanSquaredError, type Objective } from '../../../src/likelihood/index.js'
import { gradientDescent } from '../../../src/optimise/index.js'
import { matrix, scalar, tensor } from '../../../src/tensor/index.js'
import { train } from '../../../src/train/index.js'
import type { Mutant } from './mutant.js'

const xor = {
  x: matrix([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]),
  y: matrix([[0], [1], [1], [0]]),
}
const model = meanSquaredError(pipe(input(2), dense(2), tanh, dense(1)))
const optimiser = gradientDescent({ learningRate: 0.1 })
const honest = train(model, optimiser)
type Step = typeof honest.step

const stepping = (what: string, killer: string, step: () => Step): Mutant => ({
  name: what,
  what,
  laws: () => trainingLaws({ ...honest, step: step() }, [xor]),
  killer,
  runs: 5,
})

type Erased = Objective<readonly unknown[], readonly [2], readonly [1]>
const erased = model as unknown as Erased
/** An objective whose cost forgets its parameters. */
const deaf: Erased = { ...erased, gradient: (params, k) => (x, y) => [scalar(Number.NaN), erased.gradient(params, k)(x, y)[1]] }

export const trainingMutants: readonly Mutant[] = [
  stepping('a step that keeps its key', 'training.advances', () => (s, b) => honest.step(s, b).set('key', s.key)),
  stepping('a step that counts with a host number', 'training.iterate', () => {
    const counter = { n: 0 }
    return (s, b) => honest.step(s, b).set('step', scalar(++counter.n, 'uint32'))
  }),
  stepping(
    'a step that counts in float32',
    'training.counts',
    () => (s, b) => honest.step(s, b).set('step', tensor([], [Math.fround(Number(s.step)) + 1], 'float32')),
  ),
  {
    name: 'deaf',
    what: 'an objective whose cost forgets its parameters',
    laws: () => trainingLaws(train(deaf, optimiser), [xor]),
    killer: 'training.advances',
    runs: 5,
  },
]
