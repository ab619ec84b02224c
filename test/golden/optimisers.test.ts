/** Trajectories of 25 steps of the optimisers against PyTorch: parameters, costs and gradients at every one of them. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { valueAndGrad } from '../../src/graph/index.js'
import { type Objective, objective, regularised, weightDecay } from '../../src/likelihood/index.js'
import { add, dot, matmul, mul, reshape, slice, square, sub, sumAll } from '../../src/ops/index.js'
import {
  accumulate,
  accumulateDamped,
  adaGrad,
  adaMax,
  adam,
  adamW,
  addDecayedWeights,
  amsGrad,
  centredRmsProp,
  chain,
  clipByGlobalNorm,
  clipByValue,
  cosineDecay,
  exponentialDecay,
  type GradientTransformation,
  gradientPoint,
  identityTransformation,
  inverseTimeDecay,
  linearWarmUp,
  momentum,
  nAdam,
  nesterovLookAhead,
  oneCycle,
  piecewiseConstant,
  polynomialDecay,
  type Rate,
  rAdam,
  rmsProp,
  type Schedule,
  type StateOf,
  scaleByLearningRate,
  sgd,
  stepDecay,
  warmUpThenCosine,
} from '../../src/optimise/index.js'
import { key } from '../../src/random/index.js'
import { type Matrix, type Scalar, scalar, type Tensor, tensor, toArray, toNumber, zeros } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'
import { type Case, expectClose, expectExactly, expectOutput, golden, inputOf, isOwn, named } from './golden.js'

interface Attributes {
  readonly function?: 'quadratic' | 'rosenbrock'
  readonly optimiser?: string
  readonly learning_rate?: number | 'scheduled'
  /** The rates that a scheduled optimiser has had: a multiple of those of the schedule that its name says. */
  readonly learning_rates?: readonly number[]
  readonly momentum?: number
  readonly dampening?: number
  readonly nesterov?: boolean
  readonly betas?: readonly [number, number]
  readonly eps?: number
  readonly weight_decay?: number
  readonly initial_accumulator_value?: number
  readonly lr_decay?: number
  readonly alpha?: number
  readonly centered?: boolean
  readonly amsgrad?: boolean
  readonly momentum_decay?: number
  readonly max_norm?: number
  readonly epsilon?: number
  readonly max_value?: number
  readonly schedule?: string
  readonly base?: number
  readonly step_size?: number
  readonly gamma?: number
  readonly milestones?: readonly number[]
  readonly period?: number
  readonly minimum?: number
  readonly start_factor?: number
  readonly steps?: number
  readonly warm_up_steps?: number
  readonly power?: number
  readonly maximum?: number
  readonly total_steps?: number
  readonly warm_up_fraction?: number
  readonly initial_divisor?: number
  readonly final_divisor?: number
}
type One = Case<Attributes>
const cases = golden<Attributes>('optimisers')
const isCovered = /^(sgd|nesterov|adagrad|rmsprop|adam|adamw|adamax|nadam|radam)$/
const trajectories = cases.filter(({ attributes }) => isCovered.test(attributes.optimiser ?? ''))
const isSchedule = /^(step|milestones|exponential|cosine|linear_warm_up|warm_up_then_cosine|polynomial|one_cycle_(cosine|linear))$/
const schedules = cases.filter(({ attributes }) => isSchedule.test(attributes.schedule ?? ''))

/** An attribute that the case must have: without it everything is NaN, and no case passes. */
const given = (x: number | undefined): number => x ?? Number.NaN

/** ½ pᵀAp − bᵀp, for p as one column [n, 1] */
const quadratic =
  (one: One) =>
  (p: Tensor): Scalar => {
    const A = inputOf(one, 'A') as Matrix<number, number>
    const column = p as Matrix<number, number>
    const Ap: Tensor = matmul(column)(A)
    return sub(dot(p)(reshape(p.shape)(inputOf(one, 'b'))))(mul(0.5)(dot(Ap)(p)))
  }
/** Σᵢ c (pᵢ₊₁ − pᵢ²)² + (1 − pᵢ)² */
const rosenbrock =
  (one: One) =>
  (p: Tensor): Scalar => {
    const n = (p.shape[0] ?? 0) - 1
    const from = (start: number): Tensor => slice({ starts: [start, 0], sizes: [n, 1] })(p)
    const c = inputOf(one, 'c') as Scalar
    const valley = pipe(from(1), sub(square(from(0))), square, sumAll, mul(c))
    return add(pipe(from(0), sub(1), square, sumAll))(valley)
  }
const functions = { quadratic, rosenbrock }
const functionOf = (one: One) => functions[one.attributes.function ?? 'quadratic'](one)

/** The schedule of a case. */
const scheduleOf = ({ attributes: a }: One): Schedule => {
  const [initial, factor, steps] = [given(a.base), given(a.gamma), given(a.steps)]
  switch (a.schedule) {
    case 'step':
      return stepDecay({ initial, factor, every: given(a.step_size) })
    case 'milestones': {
      const boundaries = a.milestones ?? []
      return piecewiseConstant({ values: [initial, ...boundaries.map((_, i) => initial * factor ** (i + 1))], boundaries })
    }
    case 'exponential':
      return exponentialDecay({ initial, factor })
    case 'cosine':
      return cosineDecay({ initial, final: given(a.minimum), steps: given(a.period) })
    case 'linear_warm_up':
      return linearWarmUp({ initial: initial * given(a.start_factor), peak: initial, steps })
    case 'warm_up_then_cosine': {
      const warmUp = given(a.warm_up_steps)
      return warmUpThenCosine({ initial: initial / (warmUp + 1), peak: initial, warmUp, steps: warmUp + given(a.period) })
    }
    case 'polynomial':
      return polynomialDecay({ initial, steps, power: given(a.power) })
    default:
      return oneCycle({
        peak: given(a.maximum),
        steps: given(a.total_steps),
        warmUpFraction: given(a.warm_up_fraction),
        initialDivisor: given(a.initial_divisor),
        finalDivisor: given(a.final_divisor),
        anneal: a.schedule === 'one_cycle_linear' ? 'linear' : 'cosine',
      })
  }
}
/** The learning rate of a case: a number, or the schedule of the case that its name speaks of, scaled as its own rates are. */
const rateOf = ({ name, attributes: a }: One): Rate => {
  if (a.lr_decay !== undefined && typeof a.learning_rate === 'number')
    return inverseTimeDecay({ initial: a.learning_rate, rate: a.lr_decay })
  if (typeof a.learning_rate === 'number') return a.learning_rate
  const which = /_scheduled_(.+)_on_/.exec(name)?.[1]
  const one = schedules.find(({ attributes }) => attributes.schedule === which)
  if (one === undefined) throw new Error(`no schedule ${which}`)
  const ratio = given(a.learning_rates?.[0]) / given(named(one.outputs, 'learning_rate').data?.[0])
  return (step) => mul(ratio)(scheduleOf(one)(step))
}
const clipOf = ({ attributes: a }: One) =>
  a.max_value !== undefined
    ? clipByValue(a.max_value)
    : a.max_norm !== undefined
      ? clipByGlobalNorm(a.max_norm, { epsilon: a.epsilon ?? 0 })
      : identityTransformation

/** What a case calls sgd. */
const sgdOf = (learningRate: Rate, a: Attributes) => {
  if (a.momentum === undefined) return sgd({ learningRate })
  return a.dampening === undefined
    ? momentum({ learningRate, decay: a.momentum, nesterov: a.nesterov ?? false })
    : chain(accumulateDamped({ decay: a.momentum, dampening: a.dampening }), scaleByLearningRate(learningRate))
}
const rmsOf = (one: One) => {
  const a = one.attributes
  const options = {
    learningRate: rateOf(one),
    decay: given(a.alpha),
    epsilon: given(a.eps),
    epsilonInside: one.name.includes('epsilon_inside'),
  }
  const plain = a.centered === true ? centredRmsProp(options) : rmsProp(options)
  return a.momentum === undefined ? plain : chain(plain as unknown as GradientTransformation<StateOf>, accumulate({ decay: a.momentum }))
}
/** The optimiser of a case without its weight decay. */
const optimiserOf = (one: One) => {
  const a = one.attributes
  const learningRate = rateOf(one)
  const [beta1, beta2] = a.betas ?? [Number.NaN, Number.NaN]
  const options = { learningRate, beta1, beta2, epsilon: given(a.eps) }
  switch (a.optimiser) {
    case 'sgd':
      return sgdOf(learningRate, a)
    case 'nesterov':
      return nesterovLookAhead({ learningRate, decay: given(a.momentum) })
    case 'adagrad':
      return adaGrad({ learningRate, initial: a.initial_accumulator_value ?? 0, epsilon: given(a.eps) })
    case 'rmsprop':
      return rmsOf(one)
    case 'adam':
      return a.amsgrad === true ? amsGrad(options) : adam(options)
    case 'adamw':
      return adamW({ ...options, weightDecay: given(a.weight_decay) })
    case 'adamax':
      return adaMax(options)
    case 'nadam':
      return nAdam({ ...options, momentumDecay: given(a.momentum_decay) })
    default:
      return rAdam(options)
  }
}
const plainOf = (one: One): GradientTransformation<StateOf> =>
  chain(clipOf(one), optimiserOf(one) as unknown as GradientTransformation<StateOf>) as unknown as GradientTransformation<StateOf>
/** The weight decay that is part of the gradient, and not of the optimiser. */
const decayOf = ({ attributes: a }: One): number => (a.optimiser === 'adamw' ? 0 : (a.weight_decay ?? 0))

interface Params {
  readonly p: Tensor
}
/** The golden vector as one column, since weight decay is for weights: tensors of two axes. */
const start = (one: One): Params => ({ p: reshape([named(one.inputs, 'start').shape[0] ?? 0, 1])(inputOf(one, 'start')) })
const problem = (one: One): Objective<Params, readonly [1], readonly [1]> =>
  objective({
    init: () => start(one),
    cost:
      ({ p }) =>
      () =>
        functionOf(one)(p),
  })
const nothing = { x: zeros([1, 1], 'float64'), y: zeros([1, 1], 'float64') } as const

const stepsOf = (one: One): number => (named(one.outputs, 'costs').shape[0] ?? 0) - 1
/** The steps of a case: all parameters, and the cost of each but the last. */
const follow = (one: One, model: Objective<Params, readonly [1], readonly [1]>, optimiser: GradientTransformation<StateOf>) => {
  const { init, step } = train(model, optimiser)
  const states = Array.from({ length: stepsOf(one) }).reduce<readonly ReturnType<typeof init>[]>(
    (seen) => [...seen, step(seen.at(-1) ?? init(key(0)), nothing)],
    [init(key(0))],
  )
  const parameters = states.flatMap(({ params }) => Array.from(toArray(params.p)))
  expectClose(one, 'parameters', tensor(named(one.outputs, 'parameters').shape, parameters, 'float64'), named(one.outputs, 'parameters'))
  return states
}

describe('optimisers', () => {
  test.each(trajectories.map((one) => [one.name, one] as const))('%s, weight decay as a transformation', (_, one) => {
    const optimiser = chain(addDecayedWeights(decayOf(one)), plainOf(one)) as unknown as GradientTransformation<StateOf>
    const states = follow(one, problem(one), optimiser)
    const seen = states.map(({ params }) => functionOf(one)(params.p))
    expectClose(one, 'costs', tensor([seen.length], seen.map(toNumber), 'float64'), named(one.outputs, 'costs'))
    const gradients = states.slice(0, -1).flatMap(({ params, optimiser: memory }) => {
      const [, gradient] = valueAndGrad(functionOf(one))(gradientPoint(optimiser)(params, memory).p)
      return Array.from(toArray(gradient))
    })
    expectClose(
      one,
      'gradients',
      tensor(named(one.gradients, 'parameters').shape, gradients, 'float64'),
      named(one.gradients, 'parameters'),
    )
  })

  test.each(trajectories.filter((one) => decayOf(one) > 0).map((one) => [one.name, one] as const))(
    '%s, weight decay as a regulariser',
    (_, one) => {
      follow(one, pipe(problem(one), regularised(weightDecay(decayOf(one)))), plainOf(one))
    },
  )

  test.runIf(isOwn)('the cost in a state is that of the parameters before its step', () => {
    const one = trajectories[0] as One
    const costs = follow(one, problem(one), plainOf(one))
      .slice(1)
      .map(({ cost }) => toArray(cost)[0] ?? Number.NaN)
    expect(costs.length).toBe(25)
    expectClose(one, 'costs', tensor([25], costs, 'float64'), { shape: [25], data: named(one.outputs, 'costs').data?.slice(0, 25) ?? [] })
  })

  test.each(schedules.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const rates = Array.from(toArray(inputOf(one, 'step')), (t) => toNumber(scheduleOf(one)(scalar(t, 'float64'))))
    expectOutput(one, 'learning_rate', tensor([rates.length], rates, 'float64'))
  })

  test('every case is run', () =>
    expectExactly(
      cases,
      [...trajectories, ...schedules].map(({ name }) => name),
      {},
    ))
})
