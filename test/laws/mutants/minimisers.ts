/** Mutants of L-BFGS and its line search. */
import { lbfgsLaws, minimiserLaws } from '../../../laws/index.js'
import { add, concat, mul, neg, slice } from '../../../src/ops/index.js'
import * as ours from '../../../src/optimise/index.js'
import { remember } from '../../../src/optimise/lbfgs.js'
import { mapTree, zipTrees } from '../../../src/params/index.js'
import { type Matrix, type Tensor, tensor, type Vector, zeros } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

const rowsOf = (x: Matrix<number, number>): readonly Tensor[] =>
  Array.from({ length: x.shape[0] }, (_, i) => slice({ starts: [i, 0], sizes: [1, x.shape[1]] })(x))
const reversed = (x: Matrix<number, number>) => concat({ axis: -2 })(rowsOf(x).toReversed()) as Matrix<number, number>
const longer = (x: Matrix<number, number>) =>
  concat({ axis: -2 })([...rowsOf(x), zeros([1, x.shape[1]], x.precision)]) as Matrix<number, number>

/** L-BFGS that does something else with what a step has found. */
const stepping = (
  change: <P>(found: ours.Visited<P, ours.LbfgsMemory>, before: ours.Visited<P, ours.LbfgsMemory>) => ours.Visited<P, ours.LbfgsMemory>,
): ours.Minimiser<ours.LbfgsMemory> => {
  const { init, step } = ours.lbfgs()
  return { init, step: (f) => (here) => change(step(f)(here), here) }
}

export const minimiserMutants: readonly Mutant[] = [
  {
    name: 'lbfgs.tired',
    what: 'it gives up after its first step',
    laws: () =>
      minimiserLaws(
        'tired',
        stepping((found) => ({ ...found, stalled: true })),
      ),
    killer: 'minimiser.tired.minimum',
    runs: 20,
  },
  {
    name: 'lbfgs.anywhere',
    what: 'it says that the gradient is 0 wherever it is after a step',
    laws: () =>
      minimiserLaws(
        'anywhere',
        stepping((found) => ({ ...found, gradients: mapTree((g: Tensor) => mul(1e-9)(g))(found.gradients) })),
      ),
    killer: 'minimiser.anywhere.unique',
    runs: 20,
  },
  {
    name: 'lbfgs.bold',
    what: 'a whole gradient is gone down, unsearched',
    laws: () =>
      minimiserLaws('bold', {
        init: ours.lbfgs().init,
        step:
          <P>(f: ours.ValueAndGradient<P>) =>
          (here: ours.Visited<P, ours.LbfgsMemory>): ours.Visited<P, ours.LbfgsMemory> => {
            const params = zipTrees((theta: Tensor, g: Tensor) => add(mul(-1)(g))(theta))(here.params, here.gradients)
            const [cost, gradients] = f(params)
            return { ...here, params, cost, gradients }
          },
      }),
    killer: 'minimiser.bold.descends',
    runs: 20,
  },
  {
    name: 'lbfgs.remembers',
    what: 'it makes a little less of every step that it has ever made',
    laws: () => {
      const memory = { steps: 0 }
      return minimiserLaws(
        'impure',
        stepping((found, before) => {
          memory.steps += 1
          return {
            ...found,
            params: zipTrees((a: Tensor, b: Tensor) => add(mul(2 ** -20 * memory.steps)(b))(mul(1 - 2 ** -20 * memory.steps)(a)))(
              found.params,
              before.params,
            ),
          }
        }),
      )
    },
    killer: 'minimiser.impure.pure',
    runs: 20,
  },
  {
    name: 'lbfgs.uphill',
    what: 'the direction is not turned round',
    laws: () => lbfgsLaws({ lbfgsDirection: (memory) => (g) => neg(ours.lbfgsDirection(memory)(g)) }),
    killer: 'lbfgs.empty',
  },
  {
    name: 'lbfgs.flat',
    what: 'it goes along the second half of the gradient, up',
    laws: () =>
      lbfgsLaws({ lbfgsDirection: () => (g) => mul(tensor([4] as readonly [number], [-1, -1, 8, 8], 'float64'))(g) as Vector<number> }),
    killer: 'lbfgs.descent',
  },
  {
    name: 'lbfgs.swapped',
    what: 'the loops begin with the oldest pair',
    laws: () =>
      lbfgsLaws({ lbfgsDirection: ({ steps, changes }) => ours.lbfgsDirection({ steps: reversed(steps), changes: reversed(changes) }) }),
    killer: 'lbfgs.secant',
  },
  {
    name: 'lbfgs.crooked',
    what: 'the first number of every direction is halved',
    laws: () =>
      lbfgsLaws({
        lbfgsDirection: (memory) => (g) =>
          mul(tensor([4] as readonly [number], [0.5, 1, 1, 1], 'float64'))(ours.lbfgsDirection(memory)(g)) as Vector<number>,
      }),
    killer: 'lbfgs.symmetric',
  },
  {
    name: 'lbfgs.hoards',
    what: 'a fourth pair is kept',
    laws: () =>
      lbfgsLaws({
        remember:
          (s, y) =>
          ({ steps, changes }) =>
            remember(s, y)({ steps: longer(steps), changes: longer(changes) }),
      }),
    killer: 'lbfgs.forgets',
  },
  {
    name: 'lbfgs.trusting',
    what: 'pairs of negative curvature are remembered',
    laws: () =>
      lbfgsLaws({
        remember: (s, y) => (memory) => {
          const kept = remember(s, s)(memory)
          return { steps: kept.steps, changes: remember(y, y)(memory).steps }
        },
      }),
    killer: 'lbfgs.wary',
  },
  {
    name: 'lbfgs.host',
    what: 'the curvature is read on the host, once for all',
    laws: () => {
      const seen = { count: 0 }
      return lbfgsLaws({
        lbfgsDirection: (memory) => (g) => {
          seen.count += 1
          return mul(seen.count)(ours.lbfgsDirection(memory)(g)) as Vector<number>
        },
      })
    },
    killer: 'lbfgs.compiled',
  },
  {
    name: 'lineSearch.first',
    what: 'the first trial is taken',
    laws: () => lbfgsLaws({ strongWolfe: () => (phi, start, first) => (start.slope < 0 ? phi(first) : undefined) }),
    killer: 'lineSearch.wolfe',
  },
  {
    name: 'lineSearch.backtracking',
    what: 'it is enough to fall',
    laws: () => lbfgsLaws({ strongWolfe: () => ours.strongWolfe({ curvature: 1e9 }) }),
    killer: 'lineSearch.wolfe',
  },
]
