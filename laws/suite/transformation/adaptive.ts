/** The laws of steps that are scaled by moments. */
import * as fc from 'fast-check'
import { add, mul, sign } from '../../../src/ops/index.js'
import { mapTree } from '../../../src/params/index.js'
import { type Precision, type Tensor, vector } from '../../../src/tensor/index.js'
import { holds, identical, near, nearTrees } from '../../compare.js'
import { type Law, law } from '../../law.js'
import type { Transformations } from './transformations.js'
import { after, erased, gradients, numbers, type Params, params, plus, ROUNDED, scaled, walk } from './trials.js'

/** Sizes of every order that float32 knows, down to its least; squares of the largest are finite. */
const sizes = fc
  .tuple(fc.integer({ min: -45, max: 17 }), fc.integer({ min: 10, max: 99 }))
  .map(([order, digits]) => Number(`${digits}e${order - 1}`))

/** How large the first step of each may be, in learning rates: g by the root of its part in the second moment. */
const firstSteps = ({ adaGrad, adaMax, adam, amsGrad, centredRmsProp, nAdam, rmsProp }: Transformations) =>
  Object.entries({
    adam: [1, (epsilon: number) => erased(adam({ learningRate: 1, epsilon }))],
    amsGrad: [1, (epsilon: number) => erased(amsGrad({ learningRate: 1, epsilon }))],
    adaMax: [1, (epsilon: number) => erased(adaMax({ learningRate: 1, epsilon }))],
    adaGrad: [1, (epsilon: number) => erased(adaGrad({ learningRate: 1, epsilon }))],
    // With the momentum of the step to come: 1 + 0.1 μ₂/(1 − μ₁μ₂), μ near ½.
    nAdam: [1.1, (epsilon: number) => erased(nAdam({ learningRate: 1, epsilon }))],
    rmsProp: [1 / Math.sqrt(1 - 0.9), (epsilon: number) => erased(rmsProp({ learningRate: 1, epsilon, decay: 0.9 }))],
    centredRmsProp: [1 / Math.sqrt(0.9 * (1 - 0.9)), (epsilon: number) => erased(centredRmsProp({ learningRate: 1, epsilon, decay: 0.9 }))],
  } as const)

export const adaptiveLaws = (transformations: Transformations): readonly Law[] => [
  ...firstSteps(transformations).map(([name, [most, make]]) =>
    law(
      {
        name: `${name}.bounded`,
        statement: 'no first step is larger than the learning rate by a fixed factor, for any ε > 0 and any gradient',
      },
      fc.tuple(sizes, sizes, fc.constantFrom<Precision>('float32', 'float64')),
      ([size, epsilon, precision]) => {
        const g = vector([size, 0, -size], precision)
        const [, , updates] = after(make(epsilon), { weights: g, bias: g }, [{ weights: g, bias: g }])
        for (const [i, x] of numbers(updates).entries()) holds(`Δ${i} = ${x}`, Math.abs(x) <= most * (1 + 1e-5))
      },
    ),
  ),
  ...learning(transformations),
]

const learning = ({ adaGrad, adam, adamW, centredRmsProp, lion, rAdam, scaleByAmsGrad }: Transformations): readonly Law[] => [
  law(
    { name: 'lion.steps', statement: 'Δ₁ = −ε sign g₁, Δ₂ = −ε sign(β₁(1 − β₂)g₁ + (1 − β₁)g₂)', source: 'Chen et al. (2023) program 2' },
    fc.tuple(params, params),
    ([one, two]) => {
      const t = erased(lion({ learningRate: 0.5, beta1: 0.75, beta2: 0.875 }))
      const signs = (x: Params): Params => mapTree((g: Tensor) => mul(-0.5)(sign(g)))(x)
      const [, , first] = after(t, one, [one])
      const [, , second] = after(t, one, [one, two])
      identical('Δ₁', signs(one), first)
      identical('Δ₂', signs(plus(scaled(0.75 * 0.125)(one), scaled(0.25)(two))), second)
    },
  ),
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
