/** The laws of an objective, of your own as of ours: its gradient is that of its cost. */
import * as fc from 'fast-check'
import type { Dataset } from '../../src/data/index.js'
import type { Objective } from '../../src/likelihood/index.js'
import { leavesWithPaths } from '../../src/params/index.js'
import { isFloat } from '../../src/prim/index.js'
import { key } from '../../src/random/index.js'
import { type Shape, sameShape, show } from '../../src/shape/index.js'
import { type Batch, scalar, toNumber } from '../../src/tensor/index.js'
import { holdsAdjoint, wrongAlong } from '../adjoint.js'
import { asManyAs } from '../at-most.js'
import { differs, near } from '../compare.js'
import { directionOf, perturbed } from '../drawn.js'
import { type Law, law } from '../law.js'
import { inFloat64 } from './layer/tried.js'
import { takesWeights, weightedBatch } from './weighing.js'
import { workOf } from './work.js'

/** The same cost, with its gradient and without; float64 sums in another order. */
const rounding = 1e-10
/** Noise that decides anything decides it otherwise under one of so many keys: a single mask is the same with probability 2⁻¹⁵. */
const manyKeys = Array.from({ length: 16 }, (_, seed) => key(seed))

/**
 * Every law of an objective, tried on these batches: at parameters away from where they begin, where nothing is hidden by a zero.
 *
 * @example
 * for (const law of objectiveLaws(objective({ init, cost }), [batch])) it(law.name, () => check(law))
 */
export const objectiveLaws = <P, I extends Shape, T extends Shape>(
  model: Objective<P, I, T>,
  batches: readonly Dataset<I, T>[],
): readonly Law[] => {
  const examples = fc.record({
    seed: fc.nat(19),
    /** Never where they begin: biases of zero put kinks at an input of zero, and a batch may hold one. */
    away: fc.integer({ min: 1, max: 1000 }),
    noise: fc.nat(1000),
    direction: fc.nat(1000),
    batch: fc.constantFrom(...batches),
  })
  type Example = typeof examples extends fc.Arbitrary<infer E> ? E : never
  const paramsOf = ({ seed, away }: Example): P => perturbed(away)(inFloat64(model.init(key(seed))))
  const wide = ({ batch }: Example): readonly [Batch<I>, Batch<T>] => inFloat64([batch.x, batch.y] as const)
  /** What the gradient is said to be of, under the same noise. */
  const costed = (example: Example) => {
    const [x, y] = wide(example)
    const both = (params: P) => model.gradient(params, key(example.noise))(x, y)
    return { cost: (params: P) => both(params)[0], gradients: (params: P): P => both(params)[1] }
  }
  const numbers = workOf(model.init, batches)
  const widest = Math.max(1, ...batches.map(({ x }) => x.shape[0]))
  const few = asManyAs(40, numbers)
  const given = ['const params = perturbed(away)(inFloat64(model.init(key(seed))))', 'const v = directionOf(params, direction)']
  return [
    few(
      law(
        {
          name: 'objective.gradient',
          statement: 'gradient = ∇cost, under the same noise, along every parameter',
          source: 'Goodfellow et al. (2016) §6.5',
          given,
        },
        examples,
        (example) => {
          const { cost, gradients } = costed(example)
          const params = paramsOf(example)
          holdsAdjoint(cost, () => gradients(params), params, directionOf(params, example.direction), scalar(1, 'float64'))
        },
        (example) => {
          const { cost, gradients } = costed(example)
          const params = paramsOf(example)
          const v = directionOf(params, example.direction)
          const wrong = wrongAlong(cost, () => gradients(params), params, v, scalar(1, 'float64'))
          return `the derivative by ${wrong.map((path) => `params${path}`).join(', ')}`
        },
      ),
    ),
    few(
      law({ name: 'objective.record', statement: 'gradients are a record of the type of the parameters' }, examples, (example) => {
        const params = paramsOf(example)
        const [want, have] = [params, costed(example).gradients(params)].map((tree) => leavesWithPaths(tree))
        for (const [i, { path, tensor: x }] of (want ?? []).entries()) {
          const got = have?.[i]
          if (got?.path !== path || !sameShape(got.tensor.shape, x.shape) || (isFloat(x.precision) && got.tensor.precision !== x.precision))
            differs(
              `the gradient by params${path}`,
              `${x.precision} ${show(x.shape)}`,
              `${got?.tensor.precision} ${show(got?.tensor.shape ?? [])} at ${got?.path}`,
            )
        }
      }),
    ),
    asManyAs(
      10,
      numbers,
    )(
      law(
        { name: 'objective.cost', statement: 'where no noise decides, the cost beside the gradient is the cost' },
        examples,
        (example) => {
          const [x, y] = wide(example)
          const params = paramsOf(example)
          const [one = Number.NaN, ...others] = manyKeys.map((k) => toNumber(model.gradient(params, k)(x, y)[0]))
          if (others.every((other) => other === one)) near('the cost', toNumber(model.cost(params)(x, y)), one, rounding)
        },
      ),
    ),
    asManyAs(
      10,
      numbers,
    )(
      law(
        {
          name: 'objective.weights',
          statement: 'an example of weight 2 counts as two, one of weight 0 not at all; all weights twice as large change nothing',
        },
        fc.tuple(examples, fc.array(fc.nat(2), { minLength: widest, maxLength: widest })),
        ([example, counts]) => {
          const params = paramsOf(example)
          if (!takesWeights(model, params)) return
          const all = { x: wide(example)[0], y: wide(example)[1] }
          const places = Array.from({ length: example.batch.x.shape[0] }, (_, i) => i)
          const weights = places.map((i) => (i === 0 ? 1 : (counts[i] ?? 0)))
          const costOf = ({ x, y, weights: own }: typeof example.batch): number => toNumber(model.cost(params)(x, y, own))
          const counted = costOf(weightedBatch(all, places, weights))
          const repeated = places.flatMap((i) => Array.from({ length: weights[i] ?? 0 }, () => i))
          near('the cost', costOf(weightedBatch(all, repeated)), counted, rounding)
          const twice = weights.map((w) => 2 * w)
          near('the cost under weights twice as large', counted, costOf(weightedBatch(all, places, twice)), rounding)
        },
      ),
    ),
  ]
}
