/** Mutants of schedules. */
import { scheduleLaws, scheduleLawsOf } from '../../../laws/index.js'
import { add, div, mul, sqrt } from '../../../src/ops/index.js'
import * as ours from '../../../src/optimise/index.js'
import { full } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

export const scheduleMutants: readonly Mutant[] = [
  {
    name: 'cosineDecay.waves',
    what: 'the cosine rises again behind its end',
    laws: () =>
      scheduleLaws({
        cosineDecay: ({ initial, final = 0, steps }) =>
          ours.joinSchedules(
            [ours.cosineDecay({ initial, final, steps }), ours.cosineDecay({ initial: final, final: initial, steps })],
            [steps],
          ),
      }),
    killer: 'schedule.cosineDecay.ends',
  },
  {
    name: 'cosineDecay.jumps',
    what: 'half way down it jumps to the end',
    laws: () =>
      scheduleLaws({
        cosineDecay: ({ initial, final = 0, steps }) =>
          ours.joinSchedules([ours.cosineDecay({ initial, final, steps }), ours.constantSchedule(final)], [Math.ceil(steps / 2)]),
      }),
    killer: 'schedule.cosineDecay.smooth',
  },
  {
    name: 'polynomialDecay.final',
    what: 'it falls to 0, whatever the end',
    laws: () => scheduleLaws({ polynomialDecay: (options) => ours.polynomialDecay({ ...options, final: 0 }) }),
    killer: 'schedule.polynomialDecay.ends',
  },
  {
    name: 'polynomialDecay.jumps',
    what: 'it stays, and jumps at the end',
    laws: () =>
      scheduleLaws({
        polynomialDecay: ({ initial, final = 0, steps }) => ours.piecewiseConstant({ values: [initial, final], boundaries: [steps] }),
      }),
    killer: 'schedule.polynomialDecay.smooth',
  },
  {
    name: 'exponentialDecay.every',
    what: 'the factor is that of every step',
    laws: () => scheduleLaws({ exponentialDecay: ({ initial, factor }) => ours.exponentialDecay({ initial, factor }) }),
    killer: 'schedule.exponentialDecay.ratio',
  },
  {
    name: 'stepDecay.smooth',
    what: 'it falls between the steps',
    laws: () => scheduleLaws({ stepDecay: (options) => ours.exponentialDecay(options) }),
    killer: 'schedule.stepDecay.steps',
  },
  {
    name: 'inverseTimeDecay.late',
    what: 'it begins a step late',
    laws: () => scheduleLaws({ inverseTimeDecay: (options) => (t) => ours.inverseTimeDecay(options)(add(1)(t)) }),
    killer: 'schedule.inverseTimeDecay',
  },
  {
    name: 'linearWarmUp.on',
    what: 'it rises beyond the peak',
    laws: () =>
      scheduleLaws({
        linearWarmUp:
          ({ initial = 0, peak, steps }) =>
          (t) =>
            add(initial)(mul((peak - initial) / steps)(t)),
      }),
    killer: 'schedule.linearWarmUp',
  },
  {
    name: 'warmUpThenCosine.unjoined',
    what: 'the cosine counts from the very start',
    laws: () =>
      scheduleLaws({
        warmUpThenCosine: ({ peak, warmUp, steps }) =>
          ours.joinSchedules(
            [ours.linearWarmUp({ peak, steps: warmUp }), (t) => ours.cosineDecay({ initial: peak, steps })(add(warmUp)(t))],
            [warmUp],
          ),
      }),
    killer: 'schedule.warmUpThenCosine',
  },
  ...(['cosine', 'linear'] as const).map((anneal) => ({
    name: `oneCycle.late.${anneal}`,
    what: 'the peak is a step late',
    laws: () => scheduleLaws({ oneCycle: (options) => ours.oneCycle({ ...options, warmUpFraction: 0.3 + 1 / options.steps }) }),
    killer: `schedule.oneCycle.${anneal}`,
  })),
  {
    name: 'joinSchedules.unshifted',
    what: 'the second schedule goes on counting',
    laws: () =>
      scheduleLaws({
        joinSchedules: ([first, ...rest], boundaries) =>
          ours.joinSchedules(
            [
              first,
              ...rest.map(
                (s, i): ours.Schedule =>
                  (t) =>
                    s(add(boundaries[i] ?? 0)(t)),
              ),
            ],
            boundaries,
          ),
      }),
    killer: 'schedule.joinSchedules',
  },
  {
    name: 'piecewiseConstant.late',
    what: 'a boundary still has the value before it',
    laws: () =>
      scheduleLaws({
        piecewiseConstant: ({ values, boundaries }) => ours.piecewiseConstant({ values, boundaries: boundaries.map((b) => b + 0.5) }),
      }),
    killer: 'schedule.piecewiseConstant',
  },
  {
    name: 'schedule.wide',
    what: 'float64, whatever the step is',
    laws: () => scheduleLawsOf('wide', () => full([], 1, 'float64')),
    killer: 'schedule.wide.precision',
  },
  {
    name: 'schedule.unbounded',
    what: '1 / √t, which is infinite at step 0',
    laws: () => scheduleLawsOf('unbounded', (t) => div(sqrt(t))(full([], 1, t.precision as 'float32')) as typeof t),
    killer: 'schedule.unbounded.bounded',
  },
  {
    name: 'schedule.negative',
    what: 'a line that goes on below 0',
    laws: () => scheduleLawsOf('negative', (t) => add(1)(mul(-0.001)(t)) as typeof t),
    killer: 'schedule.negative.bounded',
  },
]
