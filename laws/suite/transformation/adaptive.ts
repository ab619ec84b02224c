/** The laws of steps that are scaled by moments. */
import * as fc from 'fast-check'
import { add, mul } from '../../../src/ops/index.js'
import type { Tensor } from '../../../src/tensor/index.js'
import { holds, identical, near, nearTrees } from '../../compare.js'
import { type Law, law } from '../../law.js'
import type { Transformations } from './transformations.js'
import { after, erased, gradients, numbers, type Params, params, ROUNDED, scaled, walk } from './trials.js'

export const adaptiveLaws = ({ adaGrad, adam, adamW, centredRmsProp, rAdam, scaleByAmsGrad }: Transformations): readonly Law[] => [
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
    {
      name: 'rAdam.waits',
      statement: 'with β₂ = 0.999, five steps of equal gradients are steps of gradient descent; the sixth is not',
      source: 'Liu et al. (2020) §4',
    },
    fc.tuple(params, fc.integer({ min: 1, max: 6 })),
    ([g, steps]) => {
      const gs = Array.from({ length: steps }, () => g)
      const [, , updates] = after(erased(rAdam({ learningRate: 0.5 })), g, gs)
      // Equal gradients are their own corrected mean; the sixth is r sign g, with r = 0.026 below the least |g|, 1/32.
      if (steps < 6) nearTrees('Δ', scaled(-0.5)(g), updates, ROUNDED)
      else for (const [i, x] of numbers(updates).entries()) holds(`Δ${i}`, Math.abs(x) < 0.5 * Math.abs(numbers(g)[i] ?? 0))
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
