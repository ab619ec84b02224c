/**
 * The law of a convex cost, as those of linear and generalised linear models are: on every line between two parameters it lies below its
 * chord. So every minimum is the least, whatever the start; one hidden layer is enough to break it.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.2: "convex optimization converges starting from any initial parameters"
 */
import * as fc from 'fast-check'
import type { Dataset } from '../../src/data/index.js'
import type { Objective } from '../../src/likelihood/index.js'
import { add, mul } from '../../src/ops/index.js'
import { zipTrees } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { type Tensor, toNumber } from '../../src/tensor/index.js'
import { differs } from '../compare.js'
import { directionOf, perturbed } from '../drawn.js'
import { type Law, law } from '../law.js'
import { inFloat64 } from './layer/tried.js'

/** How far below its chord a cost of rounded sums may seem to lie above it. */
const rounding = 1e-10

/**
 * The law of convexity, for the cost of a model on one batch.
 *
 * @example
 * for (const law of convexityLaws(bernoulli(pipe(input(3), dense(1))), batch)) it(law.name, () => check(law))
 */
export const convexityLaws = <P, I extends Shape, T extends Shape>(
  model: Pick<Objective<P, I, T>, 'init' | 'cost'>,
  batch: Dataset<I, T>,
): readonly Law[] => {
  const { x, y } = inFloat64(batch)
  const line = fc.record({
    seed: fc.nat(100),
    away: fc.nat(1000),
    to: fc.nat(1000),
    far: fc.double({ min: 0.1, max: 10, noNaN: true }),
    t: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  })
  return [
    law(
      {
        name: 'objective.convex',
        statement: 'J(tθ + (1 − t)θ′) ≤ t J(θ) + (1 − t) J(θ′)',
        source: 'Goodfellow et al. (2016) §6.2',
      },
      line,
      ({ seed, away, to, far, t }) => {
        const a = perturbed(away)(inFloat64(model.init(key(seed))))
        const b = zipTrees((p, d) => add(mul(far)(d as Tensor))(p as Tensor))(a, directionOf(a, to))
        const between = zipTrees((p, q) => add(mul(1 - t)(q as Tensor))(mul(t)(p as Tensor) as Tensor))(a, b)
        const [here, there, middle] = [a, b, between].map((params) => toNumber(model.cost(params)(x, y))) as [number, number, number]
        const chord = t * here + (1 - t) * there
        if (!(middle <= chord + rounding * (1 + Math.abs(chord)))) differs('the cost between', `at most ${chord}`, middle)
      },
    ),
  ]
}
