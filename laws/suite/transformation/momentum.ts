/** The laws of momentum. */
import * as fc from 'fast-check'
import { mul, square } from '../../../src/ops/index.js'
import type { SomeTransformation } from '../../../src/optimise/index.js'
import * as ours from '../../../src/optimise/index.js'
import { applyUpdates } from '../../../src/optimise/index.js'
import { zipTrees } from '../../../src/params/index.js'
import type { Tensor } from '../../../src/tensor/index.js'
import { identical, nearTrees } from '../../compare.js'
import { type Law, law } from '../../law.js'
import type { Transformations } from './transformations.js'
import { after, erased, gradients, half, type Params, params, plus, ROUNDED, scaled, walk } from './trials.js'

export const momentumLaws = ({ accumulateDamped, nesterov, nesterovLookAhead }: Transformations): readonly Law[] => [
  law(
    {
      name: 'nesterov.forms',
      statement: 'what nesterov moves is the look-ahead θ + αv of nesterovLookAhead',
      source: 'Sutskever et al. (2013) §2; Bengio et al. (2013)',
    },
    fc.tuple(params, params, half, fc.integer({ min: 1, max: 8 })),
    ([start, curvature, decay, steps]) => {
      const slope = (at: Params): Params => zipTrees((x: Tensor, c: Tensor) => mul(square(c))(x))(at, curvature)
      const follow = (t: SomeTransformation): Params => {
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
  law(
    { name: 'momentum.damped', statement: 'v₁ = g₁, v₂ = αv₁ + (1 − dampening)g₂' },
    fc.tuple(params, params, half, half),
    ([one, two, decay, dampening]) => {
      const t = erased(accumulateDamped({ decay, dampening }))
      const [, , first] = after(t, one, [one])
      const [, , second] = after(t, one, [one, two])
      identical('v₁', one, first)
      nearTrees('v₂', plus(scaled(decay)(one), scaled(1 - dampening)(two)), second, ROUNDED)
    },
  ),
]
