/** Mutants of transformations of gradients. */
import { type Law, optimiserLaws, type Transformations, transformationLaws } from '../../../laws/index.js'
import { add, div, minimum, mul } from '../../../src/ops/index.js'
import * as ours from '../../../src/optimise/index.js'
import { leavesWithPaths, mapTree, zipTrees } from '../../../src/params/index.js'
import { full, type Tensor } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

type Broken = { readonly [K in keyof Transformations]?: unknown }
/** The laws of transformations, on broken ones. */
const breaking = (others: Broken) => (): readonly Law[] => transformationLaws(others as Partial<Transformations>)
const rate = { learningRate: 0.1 }
const times = (factor: number) => mapTree((g: Tensor) => mul(factor)(g))

/** What a second moment that is lost would leave: the gradient, by ε alone. */
const byEpsilonAlone = ({ epsilon }: { readonly epsilon: number }) =>
  ours.chain(ours.adaGrad({ learningRate: 1, epsilon: 1e-4, initial: 1e-8 }), ours.scale(1 / Math.max(epsilon, 1e-30)))

export const transformationMutants: readonly Mutant[] = [
  ...(['adaGrad', 'adaMax', 'adam', 'amsGrad', 'centredRmsProp', 'nAdam', 'rmsProp'] as const).map((name) => ({
    name: `${name}.unbounded`,
    what: 'what the second moment does not see is divided by ε alone',
    laws: breaking({ [name]: byEpsilonAlone }),
    killer: `transformation.${name}.bounded`,
  })),
  {
    name: 'lion.swapped',
    what: 'the two averages change places',
    laws: breaking({
      lion: ({ beta1, beta2, ...options }: { readonly learningRate: number; readonly beta1: number; readonly beta2: number }) =>
        ours.lion({ ...options, beta1: beta2, beta2: beta1 }),
    }),
    killer: 'transformation.lion.steps',
  },
  {
    name: 'lion.forgetful',
    what: 'the sign of the gradient alone',
    laws: breaking({
      lion: (options: { readonly learningRate: number }) => ours.lion({ learningRate: options.learningRate, beta1: 0, beta2: 0 }),
    }),
    killer: 'transformation.lion.steps',
  },
  {
    name: 'adamW.coupled',
    what: 'the decay goes through the moments',
    laws: breaking({
      adamW: ({ weightDecay }: { readonly weightDecay: number }) => ours.chain(ours.addDecayedWeights(weightDecay), ours.adam(rate)),
    }),
    killer: 'transformation.adamW.decoupled',
  },
  {
    name: 'adamW.always',
    what: 'a decay of 0 decays all the same',
    laws: breaking({ adamW: () => ours.adamW({ ...rate, weightDecay: 0.1 }) }),
    killer: 'transformation.adamW.undecayed',
  },
  {
    name: 'adam.uncorrected',
    what: 'moments are not corrected for their start from 0',
    laws: breaking({ adam: () => ours.rmsProp({ learningRate: 0.25, epsilon: 0 }) }),
    killer: 'transformation.adam.first',
  },
  {
    name: 'adam.unscaled',
    what: 'steps grow with the gradients',
    laws: breaking({ adam: () => ours.sgd(rate) }),
    killer: 'transformation.adam.scale',
  },
  {
    name: 'adaGrad.epsilon',
    what: 'the ε given is forgotten',
    laws: breaking({ adaGrad: () => ours.adaGrad({ ...rate, epsilon: 1e-3 }) }),
    killer: 'transformation.adaGrad.scale',
  },
  {
    name: 'centredRmsProp.epsilon',
    what: 'the ε given is forgotten',
    laws: breaking({ centredRmsProp: () => ours.centredRmsProp({ ...rate, epsilon: 1e-3 }) }),
    killer: 'transformation.centredRmsProp.scale',
  },
  {
    name: 'rAdam.adam',
    what: 'it does not wait',
    laws: breaking({ rAdam: ours.adam }),
    killer: 'transformation.rAdam.waits',
  },
  {
    name: 'rAdam.never',
    what: 'it waits for ever',
    laws: breaking({ rAdam: ours.sgd }),
    killer: 'transformation.rAdam.waits',
  },
  {
    name: 'amsGrad.last',
    what: 'the last moment, not the largest',
    laws: breaking({
      scaleByAmsGrad: (options: Partial<ours.AdamOptions>): ours.GradientTransformation<ours.AmsGradF> => {
        const t = ours.scaleByAmsGrad(options)
        return {
          ...t,
          update: (g, state, params) => {
            const [updates, next] = t.update(g, state, params)
            return [updates, { ...next, largest: next.v }]
          },
        }
      },
    }),
    killer: 'transformation.amsGrad.largest',
  },
  {
    name: 'clipByValue.above',
    what: 'only numbers above the bound are clipped',
    laws: breaking({ clipByValue: (bound: number) => ours.stateless((g) => mapTree((x: Tensor) => minimum(bound)(x))(g)) }),
    killer: 'transformation.clipByValue.bounded',
  },
  {
    name: 'clipByGlobalNorm.each',
    what: 'every tensor is clipped by its own norm',
    laws: breaking({
      clipByGlobalNorm: (bound: number) =>
        ours.stateless((g) => mapTree((x: Tensor) => mul(minimum(1)(div(ours.globalNorm(x))(full([], bound, x.precision))))(x))(g)),
    }),
    killer: 'transformation.clipByGlobalNorm.bounded',
  },
  {
    name: 'clipByGlobalNorm.always',
    what: 'short gradients are stretched',
    laws: breaking({
      clipByGlobalNorm: (bound: number) =>
        ours.stateless((g) => {
          const norm = ours.globalNorm(g)
          return mapTree((x: Tensor) => mul(div(norm)(full([], bound, norm.precision)))(x))(g)
        }),
    }),
    killer: 'transformation.clipByGlobalNorm.bounded',
  },
  {
    name: 'maxNorm.whole',
    what: 'the norm is of the whole matrix',
    laws: breaking({
      maxNorm: (bound: number) =>
        mapTree((w: Tensor) => (w.shape.length < 2 ? w : mul(minimum(1)(div(ours.globalNorm(w))(full([], bound, w.precision))))(w))),
    }),
    killer: 'transformation.maxNorm.projection',
  },
  {
    name: 'project.before',
    what: 'the parameters are projected before the update',
    laws: breaking({
      project: (projection: ours.Projection) =>
        ours.stateless((updates, params) =>
          zipTrees((u: Tensor, p: Tensor, theta: Tensor) => add(u)(add(mul(-1)(theta))(p)))(updates, projection(params), params),
        ),
    }),
    killer: 'transformation.project.after',
  },
  {
    name: 'nesterov.plain',
    what: 'nesterov is momentum',
    laws: breaking({ nesterov: ours.momentum }),
    killer: 'transformation.nesterov.forms',
  },
  {
    name: 'nesterovLookAhead.here',
    what: 'the gradient is taken where the parameters are',
    laws: breaking({
      nesterovLookAhead: ({ learningRate, decay }: { readonly learningRate: number; readonly decay: number }) =>
        ours.chain(ours.scale(-learningRate), ours.accumulate({ decay })),
    }),
    killer: 'transformation.nesterov.forms',
  },
  {
    name: 'accumulateDamped.weak',
    what: 'the velocity fades twice as fast',
    laws: breaking({ accumulateDamped: ({ decay }: { readonly decay: number }) => ours.accumulate({ decay: decay * decay }) }),
    killer: 'transformation.momentum.undamped',
  },
  {
    name: 'accumulateDamped.always',
    what: 'the first gradient is damped too',
    laws: breaking({
      accumulateDamped: ({ decay, dampening }: { readonly decay: number; readonly dampening: number }) =>
        ours.chain(ours.scale(1 - dampening), ours.accumulate({ decay })),
    }),
    killer: 'transformation.momentum.damped',
  },
  {
    name: 'partition.first',
    what: 'the first group has everything',
    laws: breaking({
      partition: (_: unknown, groups: Readonly<Record<string, ours.GradientTransformation<ours.StateOf>>>) =>
        ours.partition(() => Object.keys(groups)[0] ?? '', groups),
    }),
    killer: 'transformation.partition.apart',
  },
  {
    name: 'partition.late',
    what: 'the group is scaled once more',
    laws: breaking({
      partition: (label: (path: string) => string, groups: Readonly<Record<string, ours.GradientTransformation<ours.StateOf>>>) =>
        ours.chain(ours.partition(label, groups), ours.scale(0.5)),
    }),
    killer: 'transformation.partition.one',
  },
  {
    name: 'masked.zero',
    what: 'gradients that the mask leaves out are dropped',
    laws: breaking({
      masked: (mask: (path: string) => boolean) => (inner: ours.GradientTransformation<ours.StateOf>) =>
        ours.partition((path) => (mask(path) ? 'on' : 'off'), { on: inner, off: ours.setToZero as never }),
    }),
    killer: 'transformation.masked.ends',
  },
  {
    name: 'multiSteps.sum',
    what: 'a step on the sum of the gradients',
    laws: breaking({
      multiSteps: (k: number) => (inner: ours.GradientTransformation<ours.StateOf>) => ours.multiSteps(k)(ours.chain(ours.scale(k), inner)),
    }),
    killer: 'transformation.multiSteps.mean',
  },
  {
    name: 'multiSteps.restless',
    what: 'a small step for every batch',
    laws: breaking({
      multiSteps: (k: number) => (inner: ours.GradientTransformation<ours.StateOf>) => ours.chain(inner, ours.scale(1 / k)),
    }),
    killer: 'transformation.multiSteps.mean',
  },
  {
    name: 'averageParameters.zero',
    what: 'the average starts from 0, uncorrected',
    laws: breaking({
      averageParameters: ({ decay }: { readonly decay: number }): ours.GradientTransformation<ours.AverageF> => {
        const t = ours.averageParameters({ decay })
        return {
          ...t,
          update: (updates, { average, step }, params) => [
            updates,
            {
              average: zipTrees((a: Tensor, p: Tensor) => add(mul(1 - decay)(p))(mul(decay)(a)))(
                times(0)(average),
                ours.applyUpdates(params, updates),
              ),
              step,
            },
          ],
        }
      },
    }),
    killer: 'transformation.average.constant',
  },
  {
    name: 'averageParameters.before',
    what: 'the parameters before the update are averaged',
    laws: breaking({
      averageParameters: (options: { readonly decay: number }): ours.GradientTransformation<ours.AverageF> => {
        const t = ours.averageParameters(options)
        return { ...t, update: (updates, state, params) => [updates, t.update(times(0)(updates), state, params)[1]] }
      },
    }),
    killer: 'transformation.average.weights',
  },
  {
    name: 'scaleBySchedule.one',
    what: 'steps are counted from 1',
    laws: breaking({ scaleBySchedule: (s: ours.Schedule) => ours.scaleBySchedule((t) => s(add(1)(t))) }),
    killer: 'transformation.schedule.counts',
  },
  {
    name: 'schedule.host',
    what: 'steps are counted on the host, and a compiled step has the first count for ever',
    laws: () => {
      const counter = { n: 0 }
      const t = ours.stateless((g, params) => {
        counter.n = leavesWithPaths(params).length > 0 ? counter.n + 1 : 0
        return times(-0.1 / counter.n)(g)
      })
      return optimiserLaws('host', t)
    },
    killer: 'optimiser.host.compiled',
    runs: 20,
  },
]
