/** What each transformation of gradients promises beside the laws of all. Give your own in the place of ours to try it. */

import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { add, mul, square, sum } from '../../src/ops/index.js'
import * as ours from '../../src/optimise/index.js'
import { applyUpdates, type GradientTransformation, type StateOf } from '../../src/optimise/index.js'
import { leavesWithPaths, mapTree, zipTrees } from '../../src/params/index.js'
import { type Matrix, type Tensor, toArray, toNumber } from '../../src/tensor/index.js'
import { moderate, positive, tensorOf } from '../arbitrary/tensors.js'
import { holds, identical, near, nearTensors, nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'

interface Params {
  readonly weights: Tensor
  readonly bias: Tensor
}
const params: fc.Arbitrary<Params> = fc.record({
  weights: tensorOf([2, 3], moderate(), 'float64'),
  bias: tensorOf([3], moderate(), 'float64'),
})
const gradients = fc.array(params, { minLength: 1, maxLength: 5 })
/** Bounds below and above the norm of most gradients here. */
const bounds = fc.integer({ min: 1, max: 160 }).map((k) => k / 16)
const half = fc.constantFrom(0.5, 0.75, 0.9)

/** Some rounded operations on numbers of moderate size: 2⁻⁵³ each, and far less than any mistake. */
const ROUNDED = 1e-13

type Erased = GradientTransformation<StateOf>
const erased = <F extends StateOf>(t: GradientTransformation<F>): Erased => t as unknown as Erased
type Walk = readonly [theta: Params, state: unknown, updates: Params | undefined]
const after = (t: Erased, start: Params, gs: readonly Params[]): Walk =>
  gs.reduce<Walk>(
    ([theta, state], g) => {
      const [updates, next] = t.update(g, state, theta)
      return [applyUpdates(theta, updates), next, updates]
    },
    [start, t.init(start), undefined],
  )
const walk = (t: Erased, start: Params, gs: readonly Params[]): Params => after(t, start, gs)[0]
const scaled = (factor: number) => mapTree((x) => mul(factor)(x))
const plus = <T>(a: T, b: NoInfer<T>): T => zipTrees((x: Tensor, y: Tensor) => add(y)(x))(a, b)
const numbers = (tree: unknown): readonly number[] => leavesWithPaths(tree).flatMap(({ tensor }) => Array.from(toArray(tensor)))
const norm = (tree: unknown): number => Math.hypot(...numbers(tree))

/** What the laws are about. */
export type Transformations = Pick<
  typeof ours,
  | 'accumulateDamped'
  | 'adaGrad'
  | 'adam'
  | 'adamW'
  | 'averageParameters'
  | 'centredRmsProp'
  | 'clipByGlobalNorm'
  | 'clipByValue'
  | 'masked'
  | 'maxNorm'
  | 'multiSteps'
  | 'nesterov'
  | 'nesterovLookAhead'
  | 'partition'
  | 'project'
  | 'scaleByAmsGrad'
  | 'scaleBySchedule'
>

const clipLaws = ({ clipByGlobalNorm, clipByValue, maxNorm, project }: Transformations): readonly Law[] => [
  law(
    { name: 'clipByValue.bounded', statement: '|uᵢ| ≤ c, and uᵢ = gᵢ where |gᵢ| ≤ c, else c · sign gᵢ' },
    fc.tuple(params, positive),
    ([g, c]) => {
      const [updates] = erased(clipByValue(c)).update(g, {}, g)
      numbers(updates).forEach((u, i) => {
        const x = numbers(g)[i] ?? Number.NaN
        near(`u${i}`, Math.abs(x) <= c ? x : c * Math.sign(x), u, 0)
      })
    },
  ),
  law(
    {
      name: 'clipByGlobalNorm.bounded',
      statement: '‖u‖ = min(c, ‖g‖) and u/‖u‖ = g/‖g‖, over all tensors together',
      source: 'Pascanu et al. (2013)',
    },
    fc.tuple(params, bounds),
    ([g, c]) => {
      const [updates] = erased(clipByGlobalNorm(c)).update(g, {}, g)
      near('‖u‖', Math.min(c, norm(g)), norm(updates), ROUNDED)
      nearTrees('u', scaled(norm(updates) / norm(g))(g), updates, ROUNDED)
    },
  ),
  law(
    {
      name: 'maxNorm.projection',
      statement: 'P(P(θ)) = P(θ); columns of norm ≤ c stay, others are shortened to c; biases stay',
      source: 'Srivastava et al. (2014) §5.1',
    },
    fc.tuple(params, positive),
    ([theta, c]) => {
      const columnNorms = (w: Tensor): readonly number[] =>
        Array.from(toArray(pipe(w as Matrix<number, number>, square, sum(-2))), Math.sqrt)
      const once = maxNorm(c)(theta)
      nearTrees('P(P(θ))', once, maxNorm(c)(once), ROUNDED)
      identical('bias', theta.bias, once.bias)
      const [before, now] = [columnNorms(theta.weights), columnNorms(once.weights)]
      for (const [j, n] of before.entries()) near(`column ${j}`, Math.min(c, n), now[j] ?? Number.NaN, ROUNDED)
      const columns = before.length
      numbers(once.weights).forEach((w, i) => {
        const n = before[i % columns] ?? Number.NaN
        near(`weight ${i}`, ((numbers(theta.weights)[i] ?? Number.NaN) * Math.min(c, n)) / n, w, ROUNDED)
      })
    },
  ),
  law({ name: 'project.after', statement: 'θ + u = P(θ + g)' }, fc.tuple(params, params, positive), ([theta, g, c]) => {
    const projection = maxNorm(c)
    nearTrees('θ + u', projection(plus(theta, g)), walk(erased(project(projection)), theta, [g]), ROUNDED)
  }),
]

const adaptiveLaws = ({ adaGrad, adam, adamW, centredRmsProp, scaleByAmsGrad }: Transformations): readonly Law[] => [
  law({ name: 'adamW.undecayed', statement: 'adamW with λ = 0 is adam' }, fc.tuple(params, gradients), ([start, gs]) =>
    nearTrees(
      'θ',
      walk(erased(adam({ learningRate: 0.1 })), start, gs),
      walk(erased(adamW({ learningRate: 0.1, weightDecay: 0 })), start, gs),
      0,
    ),
  ),
  law(
    {
      name: 'adamW.decoupled',
      statement: 'beside adam, weights lose ελW, whatever the gradient; biases nothing',
      source: 'Loshchilov and Hutter (2019)',
    },
    fc.tuple(params, params),
    ([start, g]) => {
      const [, , plain] = after(erased(adam({ learningRate: 0.1 })), start, [g])
      const [, , decayed] = after(erased(adamW({ learningRate: 0.1, weightDecay: 0.5 })), start, [g])
      nearTrees('Δ', { weights: add(mul(-0.05)(start.weights))(plain?.weights as Tensor), bias: plain?.bias }, decayed, ROUNDED)
    },
  ),
  ...Object.entries({
    adam: erased(adam({ learningRate: 0.1, epsilon: 0 })),
    adaGrad: erased(adaGrad({ learningRate: 0.1, epsilon: 0 })),
    centredRmsProp: erased(centredRmsProp({ learningRate: 0.1, epsilon: 0 })),
  }).map(([name, t]) =>
    law(
      {
        name: `${name}.scale`,
        statement: 'with ε = 0, gradients 1024 times as large give the same steps',
        source: 'Kingma and Ba (2015) §2',
      },
      fc.tuple(params, gradients),
      ([start, gs]) => identical('θ', walk(t, start, gs), walk(t, start, gs.map(scaled(1024)))),
    ),
  ),
  law(
    { name: 'adam.first', statement: 'with ε = 0, the first step is −ε₀ sign g', source: 'Kingma and Ba (2015) §2.1' },
    fc.tuple(params, params),
    ([start, g]) => {
      const [, , updates] = after(erased(adam({ learningRate: 0.25, epsilon: 0 })), start, [g])
      // 1 − β₂ is rounded: 0.001 to one part in 10¹³.
      for (const [i, x] of numbers(g).entries()) near(`Δ${i}`, -0.25 * Math.sign(x), numbers(updates)[i] ?? Number.NaN, 1e-12)
    },
  ),
  law(
    { name: 'amsGrad.largest', statement: 'the moment under the root never falls', source: 'Reddi, Kale, Kumar (2018)' },
    fc.tuple(params, gradients, params),
    ([start, gs, g]) => {
      const t = erased(scaleByAmsGrad({ beta2: 0.5 }))
      const largest = (given: readonly Params[]): readonly number[] =>
        numbers((after(t, start, given)[1] as { readonly largest: Params }).largest)
      const [before, now] = [largest(gs), largest([...gs, scaled(1 / 64)(g)])]
      holds(
        'largest',
        before.every((x, i) => (now[i] ?? Number.NaN) >= x),
      )
    },
  ),
]

const momentumLaws = ({ accumulateDamped, nesterov, nesterovLookAhead }: Transformations): readonly Law[] => [
  law(
    {
      name: 'nesterov.forms',
      statement: 'what nesterov moves is the look-ahead θ + αv of nesterovLookAhead',
      source: 'Sutskever et al. (2013) §2; Bengio et al. (2013)',
    },
    fc.tuple(params, params, half, fc.integer({ min: 1, max: 8 })),
    ([start, curvature, decay, steps]) => {
      const slope = (at: Params): Params => zipTrees((x: Tensor, c: Tensor) => mul(square(c))(x))(at, curvature)
      const follow = (t: Erased): Params => {
        const [theta, state] = Array.from({ length: steps }).reduce<readonly [Params, unknown]>(
          ([at, memory]) => {
            const [updates, next] = t.update(slope(ours.gradientPoint(t)(at, memory)), memory, at)
            return [applyUpdates(at, updates), next]
          },
          [start, t.init(start)],
        )
        return ours.gradientPoint(t)(theta, state)
      }
      const options = { learningRate: 0.02, decay }
      nearTrees('θ + αv', follow(erased(nesterovLookAhead(options))), follow(erased(nesterov(options))), ROUNDED)
    },
  ),
  law(
    { name: 'momentum.undamped', statement: 'with a dampening of 0 it is momentum' },
    fc.tuple(params, gradients, half),
    ([start, gs, decay]) =>
      identical(
        'θ',
        walk(erased(ours.accumulate({ decay })), start, gs),
        walk(erased(accumulateDamped({ decay, dampening: 0 })), start, gs),
      ),
  ),
]

const groupLaws = ({ masked, partition }: Transformations): readonly Law[] => {
  const inner = erased(ours.chain(ours.clipByGlobalNorm(1), ours.adam({ learningRate: 0.1 })))
  const descent = erased(ours.sgd({ learningRate: 0.5 }))
  return [
    law({ name: 'partition.one', statement: 'one group of everything is that group' }, fc.tuple(params, gradients), ([start, gs]) =>
      identical('θ', walk(inner, start, gs), walk(erased(partition(() => 'all', { all: inner })), start, gs)),
    ),
    law({ name: 'partition.apart', statement: 'every group moves as if it were alone' }, fc.tuple(params, gradients), ([start, gs]) => {
      const both = walk(
        erased(partition((path) => (path === '.bias' ? 'biases' : 'weights'), { biases: descent, weights: inner })),
        start,
        gs,
      )
      const alone = (t: Erased, name: keyof Params): Tensor =>
        (
          walk(
            t,
            { [name]: start[name] } as never,
            gs.map((g) => ({ [name]: g[name] }) as never),
          ) as Params
        )[name]
      identical('weights', alone(inner, 'weights'), both.weights)
      identical('biases', alone(descent, 'bias'), both.bias)
    }),
    law(
      { name: 'masked.ends', statement: 'a mask of everything is the transformation, of nothing the identity' },
      fc.tuple(params, gradients),
      ([start, gs]) => {
        identical('everything', walk(inner, start, gs), walk(erased(masked(() => true)(inner)), start, gs))
        identical('nothing', walk(erased(ours.identityTransformation), start, gs), walk(erased(masked(() => false)(inner)), start, gs))
      },
    ),
  ]
}

const wrapperLaws = ({ averageParameters, multiSteps, scaleBySchedule }: Transformations): readonly Law[] => [
  law(
    { name: 'multiSteps.mean', statement: 'k batches are one step on the mean of their gradients; before the last nothing moves' },
    fc.tuple(params, fc.array(params, { minLength: 2, maxLength: 4 })),
    ([start, gs]) => {
      const k = gs.length
      const inner = erased(ours.momentum({ learningRate: 0.1 }))
      const t = erased(multiSteps(k)(inner))
      const mean = scaled(1 / k)(gs.reduce((total, g) => plus(total, g)))
      identical('before the last', start, walk(t, start, gs.slice(0, -1)))
      // Twice round, so that sums and counts have begun anew. Sums are in one order; 1/k is not ÷ k.
      nearTrees('θ', walk(inner, start, [mean, mean]), walk(t, start, [...gs, ...gs]), ROUNDED)
    },
  ),
  law(
    { name: 'average.constant', statement: 'the average of a constant is that constant' },
    fc.tuple(params, half, fc.integer({ min: 1, max: 6 })),
    ([start, decay, steps]) => {
      const still = Array.from({ length: steps }, () => scaled(0)(start))
      const [, state] = after(erased(averageParameters({ decay })), start, still)
      identical('average', start, (state as { readonly average: Params }).average)
    },
  ),
  law(
    { name: 'average.weights', statement: 'a = Σ dᵗ⁻ⁱ θᵢ / Σ dᵗ⁻ⁱ, over the parameters after each step' },
    fc.tuple(params, gradients, half),
    ([start, gs, decay]) => {
      const [, state] = after(erased(averageParameters({ decay })), start, gs)
      const places = gs.map((_, i) => walk(erased(ours.identityTransformation), start, gs.slice(0, i + 1)))
      const weights = gs.map((_, i) => decay ** (gs.length - 1 - i))
      const total = weights.reduce((a, b) => a + b)
      const expected = places.map((theta, i) => scaled((weights[i] ?? 0) / total)(theta)).reduce((a, b) => plus(a, b))
      nearTrees('average', expected, (state as { readonly average: Params }).average, ROUNDED)
    },
  ),
  law({ name: 'schedule.counts', statement: 'step t, counted from 0, is scaled by s(t)' }, fc.tuple(params, gradients), ([start, gs]) => {
    const t = erased(scaleBySchedule((step) => add(1)(mul(step)(step))))
    gs.forEach((_, i) => {
      const [, , updates] = after(t, start, gs.slice(0, i + 1))
      nearTensors(`updates ${i}`, mul(i * i + 1)(gs[i]?.weights as Tensor), updates?.weights as Tensor, 0)
    })
  }),
  law({ name: 'globalNorm', statement: '√Σ x² over all tensors of the tree' }, params, (g) =>
    near('‖g‖', norm(g), toNumber(ours.globalNorm(g)), ROUNDED),
  ),
]

/** What each transformation promises beside the laws of all; `others` stand in the place of ours. */
export const transformationLaws = (others: Partial<Transformations> = {}): readonly Law[] => {
  const all: Transformations = { ...ours, ...others }
  return [clipLaws, adaptiveLaws, momentumLaws, groupLaws, wrapperLaws]
    .flatMap((laws) => laws(all))
    .map((one) => ({ ...one, name: `transformation.${one.name}` }))
}
