/** The laws of what stands around an optimiser: accumulation, averages, schedules. */
import * as fc from 'fast-check'
import { add, mul } from '../../../src/ops/index.js'
import * as ours from '../../../src/optimise/index.js'
import { type Tensor, toNumber } from '../../../src/tensor/index.js'
import { identical, near, nearTensors, nearTrees } from '../../compare.js'
import { type Law, law } from '../../law.js'
import type { Transformations } from './transformations.js'
import { after, erased, gradients, half, norm, type Params, params, plus, ROUNDED, scaled, walk } from './trials.js'

export const wrapperLaws = ({ averageParameters, multiSteps, scaleBySchedule }: Transformations): readonly Law[] => [
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
