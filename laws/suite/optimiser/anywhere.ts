/** What a gradient transformation is for every network: trees of any form, tensors of any rank, both precisions of floats. */
import * as fc from 'fast-check'
import { applyUpdates, gradientPoint, type SomeTransformation } from '../../../src/optimise/index.js'
import { leavesWithPaths, mapTree } from '../../../src/params/index.js'
import { type Shape, show } from '../../../src/shape/index.js'
import { type Precision, type Tensor, toArray, zeros } from '../../../src/tensor/index.js'
import { moderate, tensorOf } from '../../arbitrary/tensors.js'
import { differs, nearTrees } from '../../compare.js'
import { type Law, law } from '../../law.js'

type Params = readonly unknown[]

/** One record for each layer, as networks have them: one without parameters, a block with two inside, and kernels of rank 4. */
const nested = (precision: Precision): fc.Arbitrary<Params> => {
  const x = (shape: Shape): fc.Arbitrary<Tensor> => tensorOf(shape, moderate(), precision)
  return fc
    .tuple(x([2, 3]), x([3]), x([2, 1, 2, 2]), x([2, 2, 2]), x([]))
    .map(([weights, bias, kernel, cube, scale]) => [{ weights, bias }, {}, [[{ weights: kernel }, { cube }], { scale }]])
}
const walks = fc
  .constantFrom<Precision>('float32', 'float64')
  .chain((precision) => fc.record({ start: nested(precision), gradients: fc.array(nested(precision), { minLength: 3, maxLength: 3 }) }))

/** Where the tensors of a tree are, and what they are. */
const formOf = (tree: unknown): string =>
  leavesWithPaths(tree)
    .map(({ path, tensor: { shape, precision } }) => `${path} ${precision} ${show(shape)}`)
    .join(', ')
const wantsForm = (what: string, expected: unknown, got: unknown): void => {
  const [want, have] = [formOf(expected), formOf(got)]
  if (want !== have) differs(what, want, have)
}

/** Laws of the forms of things, whatever their numbers are. */
export const anywhere = (name: string, t: SomeTransformation): readonly Law[] => [
  law(
    {
      name: `optimiser.${name}.anywhere`,
      statement: 'nested tuples and records, ranks from 0 to 4, float32 and float64: updates are finite, and of the form of the parameters',
    },
    walks,
    ({ start, gradients }) => {
      gradients.reduce<readonly [Params, unknown]>(
        ([theta, state], g) => {
          const [updates, next] = t.update(g, state, theta)
          wantsForm('updates', theta, updates)
          const odd = leavesWithPaths(updates).find(({ tensor }) => !toArray(tensor).every(Number.isFinite))
          if (odd !== undefined) differs(`the update of ${odd.path}`, 'numbers', odd.tensor)
          return [applyUpdates(theta, updates), next]
        },
        [start, t.init(start)],
      )
    },
  ),
  law(
    { name: `optimiser.${name}.state`, statement: 'the state keeps its form: a step adds nothing to it, and drops nothing' },
    walks,
    ({ start, gradients }) => {
      gradients.reduce<unknown>((state, g, i) => {
        const [, next] = t.update(g, state, start)
        wantsForm(`the state after step ${i + 1}`, state, next)
        return next
      }, t.init(start))
    },
  ),
]

/** Where it wants its gradient, if not where the parameters are. */
export const ahead = (name: string, t: SomeTransformation): readonly Law[] =>
  t.evaluateAt === undefined
    ? []
    : [
        law(
          {
            name: `optimiser.${name}.ahead`,
            statement: 'the gradient is taken where a step without a gradient would lead: θ + αv',
            source: 'Sutskever et al. (2013) §2',
            tier: 'recommended',
          },
          walks.filter(({ start }) => leavesWithPaths(start).every(({ tensor }) => tensor.precision === 'float64')),
          ({ start, gradients }) => {
            const state = gradients.reduce<unknown>((memory, g) => t.update(g, memory, start)[1], t.init(start))
            const [updates] = t.update(mapTree(({ shape, precision }) => zeros(shape, precision))(start), state, start)
            nearTrees('θ + αv', applyUpdates(start, updates), gradientPoint(t)(start, state), 1e-12)
          },
        ),
      ]

/** It is the optimiser that it is said to be. */
export const alike = (name: string, t: SomeTransformation, other: SomeTransformation | undefined): readonly Law[] =>
  other === undefined
    ? []
    : [
        law(
          { name: `optimiser.${name}.like`, statement: 'its first updates are those of the optimiser that it is said to be' },
          walks,
          ({ start, gradients }) => {
            const updatesOf = (one: SomeTransformation): readonly unknown[] =>
              [...gradients, ...gradients].reduce<readonly [readonly unknown[], unknown]>(
                ([all, state], g) => {
                  const [updates, next] = one.update(g, state, start)
                  return [all.concat([updates]), next]
                },
                [[], one.init(start)],
              )[0]
            const single = leavesWithPaths(start).some(({ tensor }) => tensor.precision === 'float32')
            // Some operations a step, rounded to 2⁻²⁴ or to 2⁻⁵³ each.
            nearTrees('the updates', updatesOf(other), updatesOf(t), single ? 1e-5 : 1e-12)
          },
        ),
      ]
