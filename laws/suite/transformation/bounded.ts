/** The laws of clipping and of projections. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { square, sum } from '../../../src/ops/index.js'
import { type Matrix, type Tensor, toArray } from '../../../src/tensor/index.js'
import { positive } from '../../arbitrary/tensors.js'
import { identical, near, nearTrees } from '../../compare.js'
import { type Law, law } from '../../law.js'
import type { Transformations } from './transformations.js'
import { bounds, erased, norm, numbers, params, plus, ROUNDED, scaled, walk } from './trials.js'

export const boundedLaws = ({ clipByGlobalNorm, clipByValue, maxNorm, project }: Transformations): readonly Law[] => [
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
