/** Mutants of gradient transformations. */
import { pipe } from 'fp-ts/lib/function.js'
import { type AnyTransformation, optimiserLaws, type Reaches } from '../../../laws/index.js'
import { add, div, mul, sqrt, square, sub } from '../../../src/ops/index.js'
import {
  adam,
  chain,
  type GradientTransformation,
  momentum,
  nesterovLookAhead,
  type StateOf,
  scale,
  stateless,
} from '../../../src/optimise/index.js'
import { mapTree, zipTrees } from '../../../src/params/index.js'
import { full, ones, scalar, type Tensor, zeros } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

type Erased = GradientTransformation<StateOf>
/** A transformation with a state of its own. */
const stateful = (t: AnyTransformation): Erased => ({ ...t, stateless: false }) as unknown as Erased
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
/** v ← −0.9 v + g */
const turning = stateful({
  init: zerosLike,
  update: <P>(gradients: P, velocity: P) => {
    const next = both((g, v) => add(g)(mul(-0.9)(v)), gradients, velocity)
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

const rate = { learningRate: 0.1 }
const single = stateless((g) => mapTree((t) => mul(full(t.shape, -0.1, 'float64'))(t))(g))
const flatOnly = stateless(
  (g) => Object.fromEntries(Object.entries(g as object).map(([key, x]) => [key, mul(-0.1)(x as Tensor)])) as typeof g,
)
const matricesOnly = stateless((g) =>
  mapTree((t) => (t.shape.length > 2 ? scalar(0, t.precision as 'float32') : (mul(-0.1)(t) as Tensor)))(g),
)
/** A state that keeps every gradient. */
const hoarding = stateful({
  init: () => [],
  update: <P>(gradients: P, all: readonly P[]) => [mapTree((t) => mul(-0.1)(t))(gradients), all.concat([gradients])],
})
const looking = nesterovLookAhead(rate) as unknown as Erased
const gazing = (ahead: (displacement: Tensor, path: string) => Tensor): Erased => ({
  ...looking,
  evaluateAt: (params, state) => {
    const there = (looking.evaluateAt ?? ((p) => p))(params, state)
    return zipTrees((x: Tensor, y: Tensor) => add(y)(x))(
      params,
      mapTree(ahead)(zipTrees((x: Tensor, y: Tensor) => sub(y)(x))(there, params as never)),
    )
  },
})
const likeAdam = (t: Erased) => optimiserLaws('x', t, { like: adam(rate) as never })
const likeMomentum = (t: Erased) => optimiserLaws('x', t, { like: momentum(rate) as never })
const usual = momentum(rate) as unknown as Erased
const stale: Erased = { ...usual, update: (g, state, params) => [usual.update(g, state, params)[0], state] }

export const optimiserMutants: readonly Mutant[] = [
  {
    name: 'float64 only',
    what: 'a rate of float64, whatever the parameters are',
    laws: () => optimiserLaws('x', single),
    killer: 'optimiser.x.anywhere',
    runs: 10,
  },
  {
    name: 'flat records only',
    what: 'a map over the fields of one record',
    laws: () => optimiserLaws('x', flatOnly),
    killer: 'optimiser.x.anywhere',
    runs: 10,
  },
  {
    name: 'matrices only',
    what: 'tensors of rank above 2 are not looked at',
    laws: () => optimiserLaws('x', matricesOnly),
    killer: 'optimiser.x.anywhere',
    runs: 10,
  },
  {
    name: 'hoarding',
    what: 'a state that grows each step',
    laws: () => optimiserLaws('x', hoarding),
    killer: 'optimiser.x.state',
    runs: 10,
  },
  {
    name: 'looking back',
    what: 'a gradient taken behind the parameters',
    laws: () =>
      optimiserLaws(
        'x',
        gazing((d) => mul(-1)(d)),
      ),
    killer: 'optimiser.x.ahead',
    runs: 10,
  },
  {
    name: 'biases stay',
    what: 'a gradient taken ahead, but for biases',
    laws: () =>
      optimiserLaws(
        'x',
        gazing((d, path) => (path.endsWith('bias') ? mul(0)(d) : d)),
      ),
    killer: 'optimiser.x.ahead',
    runs: 10,
  },
  {
    name: 'adam, uncorrected, said to be adam',
    what: 'moments without bias correction',
    laws: () => likeAdam(descending(uncorrected)),
    killer: 'optimiser.x.like',
    runs: 10,
  },
  {
    name: 'a decay of −0.9',
    what: 'a velocity that turns round',
    laws: () => likeMomentum(descending(turning)),
    killer: 'optimiser.x.like',
    runs: 10,
  },
  { name: 'stale', what: 'a state that never changes', laws: () => likeMomentum(stale), killer: 'optimiser.x.like', runs: 10 },
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
