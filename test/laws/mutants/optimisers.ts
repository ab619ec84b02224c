/** Mutants of gradient transformations. */
import { pipe } from 'fp-ts/lib/function.js'
import { optimiserLaws, type Reaches, type SomeTransformation } from '../../../laws/index.js'
import { add, div, mul, sqrt, square } from '../../../src/ops/index.js'
import { adam, chain, type GradientTransformation, momentum, type StateOf, scale, stateless } from '../../../src/optimise/index.js'
import { mapTree, zipTrees } from '../../../src/params/index.js'
import { ones, scalar, type Tensor, zeros } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

type Erased = GradientTransformation<StateOf>
/** A transformation with a state of its own. */
const stateful = (t: SomeTransformation): Erased => ({ ...t, stateless: false }) as unknown as Erased
const zerosLike = <P>(params: P): P => mapTree(({ shape, precision }) => zeros(shape, precision))(params)
const both = <P>(f: (a: Tensor, b: Tensor) => Tensor, a: P, b: P): P => zipTrees((x, y) => f(x as Tensor, y as Tensor))(a, b)

const rising = stateless((g) => g)
const drifting = stateless((g) => mapTree((t) => ones(t.shape, t.precision))(g))
const flat = stateless((g) => mapTree(() => scalar(0, 'float64'))(g))

/** v ← μ (v + g) */
const disordered = stateful({
  init: zerosLike,
  update: <P>(gradients: P, velocity: P) => {
    const next = both((g, v) => mul(0.9)(add(g)(v)), gradients, velocity)
    return [next, next]
  },
})
/** v ← g */
const forgetting = stateful({ init: zerosLike, update: <P>(gradients: P) => [gradients, gradients] })
/** m / (√v + ε), where the book divides by 1 − βᵗ first */
const uncorrected = stateful({
  init: (params) => [zerosLike(params), zerosLike(params)],
  update: <P>(gradients: P, [m, v]: readonly [P, P]) => {
    const first = both((a, g) => add(mul(0.1)(g))(mul(0.9)(a)), m, gradients)
    const second = both((a, g) => add(mul(0.001)(square(g)))(mul(0.999)(a)), v, gradients)
    return [both((a, b) => div(pipe(b, sqrt, add(1e-8)) as Tensor)(a), first, second), [first, second]]
  },
})
const descending = (t: Erased): Erased => chain(t, scale(-0.1)) as unknown as Erased

const adamLaws = (t: Erased) => {
  const signed = (g: number): number => (-0.1 * g) / (Math.abs(g) + 1e-8)
  return optimiserLaws('adam', t, { first: signed, steady: signed })
}
const momentumLaws = (t: Erased) => optimiserLaws('momentum', t, { first: (g) => -0.1 * g, steady: (g) => -g })
const valley: Reaches = { ellipse: { steps: 2000, below: 1e-12 }, rosenbrock: { steps: 2000, below: 1e-7 } }

/** x moves by what y should, and y by what x should. */
const crossed = stateless((g) => {
  const { x, y } = g as { readonly x?: Tensor; readonly y?: Tensor }
  return x === undefined || y === undefined ? g : ({ x: y, y: x } as unknown as typeof g)
})

export const optimiserMutants: readonly Mutant[] = [
  { name: 'ascent', what: 'ascent', laws: () => optimiserLaws('ascent', rising), killer: 'optimiser.ascent.descends', runs: 10 },
  { name: 'drift', what: 'a constant drift', laws: () => optimiserLaws('drift', drifting), killer: 'optimiser.drift.still', runs: 10 },
  { name: 'flat', what: 'updates of another shape', laws: () => optimiserLaws('flat', flat), killer: 'optimiser.flat.record', runs: 10 },
  {
    name: 'momentum: disordered',
    what: 'a gradient that is added before the velocity decays',
    laws: () => momentumLaws(descending(disordered)),
    killer: 'optimiser.momentum.first',
    runs: 10,
  },
  {
    name: 'momentum: forgetting',
    what: 'a velocity that is only the last gradient',
    laws: () => momentumLaws(descending(forgetting)),
    killer: 'optimiser.momentum.steady',
    runs: 10,
  },
  {
    name: 'adam: uncorrected',
    what: 'moments without bias correction',
    laws: () => adamLaws(descending(uncorrected)),
    killer: 'optimiser.adam.first',
    runs: 10,
  },
  {
    name: 'adam: halved',
    what: 'steps half as large as the learning rate',
    laws: () => adamLaws(adam({ learningRate: 0.05 }) as unknown as Erased),
    killer: 'optimiser.adam.steady',
    runs: 10,
  },
  {
    name: 'timid',
    what: 'a learning rate a tenth of what was declared',
    laws: () => optimiserLaws('timid', momentum({ learningRate: 1e-4 }), { reaches: valley }),
    killer: 'optimiser.timid.reaches.rosenbrock',
  },
  {
    name: 'crossed',
    what: 'coordinates that move by each other’s gradient',
    laws: () => optimiserLaws('crossed', chain(crossed, momentum({ learningRate: 1e-3 })), { reaches: valley }),
    killer: 'optimiser.crossed.reaches.ellipse',
  },
]
