/** The laws of gradient transformations: chain is a monoid, and a transformation is a pure function of trees. */
import * as fc from 'fast-check'
import { compile } from '../../../src/engine/index.js'
import { reference } from '../../../src/engine/reference/index.js'
import {
  applyUpdates,
  chain,
  type GradientTransformation,
  identityTransformation,
  type SomeTransformation,
  type StateOf,
  scale,
} from '../../../src/optimise/index.js'
import { leavesWithPaths, mapTree } from '../../../src/params/index.js'
import { sameShape } from '../../../src/shape/index.js'
import { type Tensor, tensor, toArray } from '../../../src/tensor/index.js'
import { moderate, tensorOf } from '../../arbitrary/tensors.js'
import { holds, identical, nearTrees } from '../../compare.js'
import { type Law, law } from '../../law.js'
import { convergence, type Reaches } from '../convergence.js'
import { ahead, alike, anywhere } from './anywhere.js'
import { descends } from './descends.js'

interface Params {
  readonly weights: Tensor
  readonly bias: Tensor
}
const params: fc.Arbitrary<Params> = fc.record({
  weights: tensorOf([2, 3], moderate(), 'float64'),
  bias: tensorOf([3], moderate(), 'float64'),
})
const path = fc.tuple(params, fc.array(params, { minLength: 1, maxLength: 4 }))

/** The parameters after a step for every gradient. */
const walk = (t: SomeTransformation, start: Params, gradients: readonly Params[]): Params =>
  gradients.reduce<readonly [Params, unknown]>(
    ([theta, state], g) => {
      const [updates, next] = t.update(g, state, theta)
      return [applyUpdates(theta, updates), next]
    },
    [start, t.init(start)],
  )[0]

export interface OptimiserLawOptions {
  /** What the first gradient becomes, number by number: `(g) => -0.1 * g`. */
  readonly first: (g: number) => number
  /** What the same gradient becomes in the end, when it is given for ever. */
  readonly steady: (g: number) => number
  /** The optimiser that it is said to be: `adam({ learningRate: 1e-3 })`. */
  readonly like: GradientTransformation<never>
  /** What it must reach on which function. */
  readonly reaches: Reaches
}

/** The updates of these gradients, the last of them. */
const lastUpdate = (t: SomeTransformation, start: Params, gradients: readonly Params[]): Params =>
  gradients.reduce<readonly [Params, unknown]>(([, state], g) => t.update(g, state, start), [start, t.init(start)])[0]

/** Laws that say what an optimiser makes of a gradient, where that depends on nothing else. */
const declared = (name: string, t: SomeTransformation, { first, steady }: Partial<OptimiserLawOptions>): readonly Law[] => {
  const updates = (which: string, statement: string, f: ((g: number) => number) | undefined, steps: number): readonly Law[] =>
    f === undefined
      ? []
      : [
          law({ name: `optimiser.${name}.${which}`, statement }, fc.tuple(params, params), ([start, g]) => {
            const expected = mapTree((x) => tensor(x.shape, Array.from(toArray(x), f), x.precision))(g)
            const gradients = Array.from({ length: steps }, () => g)
            nearTrees('update', expected, lastUpdate(t, start, gradients), 1e-12)
          }),
        ]
  return [
    ...updates('first', 'the first gradient becomes the update that is declared', first, 1),
    // 0.9⁴⁰⁰ is below 1e-18: what has been begun with is forgotten
    ...updates('steady', 'the same gradient, 400 times, becomes the update that is declared', steady, 400),
  ]
}

/**
 * Every law of a gradient transformation.
 *
 * @example
 * optimiserLaws('descent', scale(-0.1), { first: (g) => -0.1 * g, reaches: { sphere: { steps: 100, below: 1e-12 } } })
 */
export const optimiserLaws = <F extends StateOf>(
  name: string,
  transformation: GradientTransformation<F>,
  options: Partial<OptimiserLawOptions> = {},
): readonly Law[] => {
  const t = transformation as unknown as SomeTransformation
  const [unit, half, double] = [identityTransformation, scale(0.5), scale(2)] as unknown as readonly [
    SomeTransformation,
    SomeTransformation,
    SomeTransformation,
  ]
  const joined = (a: SomeTransformation, b: SomeTransformation): SomeTransformation => chain(a, b) as unknown as SomeTransformation
  return [
    law({ name: `optimiser.${name}.unit`, statement: 'chain(id, t) = t = chain(t, id)' }, path, ([start, gradients]) => {
      identical('chain(id, t)', walk(t, start, gradients), walk(joined(unit, t), start, gradients))
      identical('chain(t, id)', walk(t, start, gradients), walk(joined(t, unit), start, gradients))
    }),
    law(
      {
        name: `optimiser.${name}.associative`,
        statement: 'chain(chain(a, t), b) = chain(a, chain(t, b)), up to the brackets of the state',
      },
      path,
      ([start, gradients]) =>
        identical(
          'parameters',
          walk(joined(joined(half, t), double), start, gradients),
          walk(joined(half, joined(t, double)), start, gradients),
        ),
    ),
    law({ name: `optimiser.${name}.record`, statement: 'updates are a record of the type of the parameters' }, path, ([start, [g]]) => {
      const [updates] = t.update(g ?? start, t.init(start), start)
      const [want, have] = [leavesWithPaths(start), leavesWithPaths(updates)]
      holds(
        'the same paths, shapes and precisions',
        want.length === have.length &&
          want.every(
            ({ path: p, tensor: x }, i) =>
              have[i]?.path === p && sameShape(x.shape, have[i].tensor.shape) && x.precision === have[i].tensor.precision,
          ),
      )
    }),
    law(
      { name: `optimiser.${name}.pure`, statement: 'equal arguments give equal results, and are not touched' },
      path,
      ([start, gradients]) => {
        const copy = mapTree((x) => tensor(x.shape, toArray(x), x.precision))(start)
        identical('twice', walk(t, start, gradients), walk(t, start, gradients))
        identical('what was given', copy, start)
      },
    ),
    law(
      { name: `optimiser.${name}.compiled`, statement: 'compile(reference)(update) = update, bit for bit, step after step' },
      path,
      ([start, gradients]) => {
        const fast = compile(reference)((g: Params, state: readonly unknown[], theta: Params) => t.update(g, state[0], theta))
        const compiled: SomeTransformation = { ...t, update: (g, state, theta) => fast(g as Params, [state], theta as Params) as never }
        identical('parameters', walk(t, start, gradients), walk(compiled, start, gradients))
      },
    ),
    law(
      { name: `optimiser.${name}.still`, statement: 'from rest, a gradient of zero moves nothing', tier: 'recommended' },
      params,
      (start) => {
        const zero = mapTree((x) =>
          tensor(
            x.shape,
            Array.from(toArray(x), () => 0),
            x.precision,
          ),
        )(start)
        nearTrees('parameters', start, walk(t, start, [zero, zero]), 0)
      },
    ),
    descends(name, t),
    ...anywhere(name, t),
    ...ahead(name, t),
    ...alike(name, t, options.like as unknown as SomeTransformation | undefined),
    ...declared(name, t, options),
    ...convergence(name, transformation, options.reaches ?? {}),
  ]
}
