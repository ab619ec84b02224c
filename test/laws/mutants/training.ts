/** Mutants of training. */
import { pipe } from 'fp-ts/lib/function.js'
import { objectiveLaws, shareLaws, trainingLaws } from '../../../laws/index.js'
import { dense, input, tanh } from '../../../src/layer/index.js'
import { meanSquaredError, type Objective } from '../../../src/likelihood/index.js'
import { add, div, mul, neg, slice, square, sumAll } from '../../../src/ops/index.js'
import { gradientDescent, momentum, scale } from '../../../src/optimise/index.js'
import { mapTree } from '../../../src/params/index.js'
import { uniformIn } from '../../../src/random/index.js'
import type { Scalar, Tensor, Vector } from '../../../src/tensor/index.js'
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

const leaning = (what: string, change: (g: Tensor, path: string) => Tensor): Mutant => ({
  name: what,
  what,
  laws: () =>
    objectiveLaws(
      {
        ...erased,
        gradient: (params, k) => (x, y) => {
          const [cost, gradients] = erased.gradient(params, k)(x, y)
          return [cost, mapTree(change)(gradients)]
        },
      },
      [xor],
    ),
  killer: 'objective.gradient',
  runs: 10,
})
const heavy = train(model, momentum({ learningRate: 0.1 }))
const part = <N extends number>(x: Tensor, size: N): Tensor => slice({ starts: [0, 0], sizes: [1, size] })(x as never) as unknown as Tensor
/** Noise under the key of the state, drawn twice, and the key is kept. */
const noisy =
  (keeps: boolean): Step =>
  (s, b) => {
    const drawn = (): Tensor => uniformIn([], -1e-3, 1e-3)(s.key) as unknown as Tensor
    const next = honest.step(s, b)
    const moved = mapTree((p) => add(keeps ? drawn() : (mul(drawn())(drawn()) as never))(p as never) as Tensor)(next.params)
    return keeps ? next.set('params', moved).set('key', s.key) : next.set('params', moved)
  }

/** Weights that are handed on changed, under the laws of batches that have them. */
const weighing = (what: string, killer: string, change: (weights: Vector<number>) => Vector<number> | undefined): Mutant => {
  const changed: Erased = {
    ...erased,
    cost: (params) => (x, y, w) => erased.cost(params)(x, y, w && change(w)),
    gradient: (params, k, first) => (x, y, w) => erased.gradient(params, k, first)(x, y, w && change(w)),
  }
  return { name: what, what, laws: () => [...objectiveLaws(changed, [xor]), ...shareLaws(changed, xor)], killer, runs: 10 }
}
/** The mean over all examples, whatever their weights are. */
const overAll: Erased = {
  ...erased,
  gradient: (params, k, first) => (x, y, w) => {
    const [cost, gradients] = erased.gradient(params, k, first)(x, y, w)
    const share = w === undefined ? scalar(1) : (div(x.shape[0])(sumAll(w)) as Tensor)
    return [mul(share as Scalar)(cost), mapTree((g) => mul(share as Scalar)(g))(gradients)]
  },
}

export const trainingMutants: readonly Mutant[] = [
  weighing('weights that are forgotten', 'objective.weights', () => undefined),
  weighing('weights that are squared', 'objective.weights', (w) => square(w)),
  weighing('padding that counts a little', 'gradients.padded', (w) => add(1e-3)(w)),
  {
    name: 'the mean over padding, too',
    what: 'a sum over examples with weights that is divided by their number',
    laws: () => shareLaws(overAll, xor),
    killer: 'gradients.padded',
    runs: 10,
  },
  leaning('a gradient that is negated', (g) => neg(g)),
  leaning('a gradient of biases that is doubled', (g, path) => (path.endsWith('.bias') ? mul(2)(g) : g)),
  {
    name: 'another cost beside the gradient',
    what: 'a cost that is half of the one that is declared',
    laws: () =>
      objectiveLaws(
        {
          ...erased,
          cost: (params) => (x, y) => mul(0.5)(erased.cost(params)(x, y)),
        },
        [xor],
      ),
    killer: 'objective.cost',
    runs: 10,
  },
  {
    name: 'gradients of float32',
    what: 'gradient records of another form than the parameters',
    laws: () => objectiveLaws({ ...erased, gradient: (params, k) => (x, y) => [erased.gradient(params, k)(x, y)[0], []] }, [xor]),
    killer: 'objective.record',
    runs: 10,
  },
  {
    name: 'ascending',
    what: 'a step that goes up',
    laws: () => trainingLaws(train(model, scale(0.1)), [xor]),
    killer: 'training.learns',
    runs: 5,
  },
  stepping('a step that never moves', 'training.learns', () => (s, b) => honest.step(s, b).set('params', s.params)),
  {
    name: 'forgetful of its momentum',
    what: 'a step that begins with a fresh optimiser each time',
    laws: () => trainingLaws({ ...heavy, step: (s, b) => heavy.step(s.set('optimiser', heavy.init(s.key).optimiser), b) }, [xor]),
    killer: 'training.remembers',
    runs: 5,
  },
  {
    name: 'the first example only',
    what: 'a step that looks at one example of the batch',
    laws: () => trainingLaws({ ...honest, step: (s, b) => honest.step(s, { x: part(b.x, 2) as never, y: part(b.y, 1) as never }) }, [xor]),
    killer: 'training.examples',
    runs: 10,
  },
  stepping('noise that is drawn twice under one key', 'keys.step', () => noisy(false)),
  stepping('noise whose key is kept', 'keys.advance', () => noisy(true)),
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
