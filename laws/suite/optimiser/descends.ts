/**
 * Whether a gradient transformation goes down, on ½‖θ‖², where everything does that goes against the gradient.
 *
 * Its own learning rate says nothing: at 0.001 it needs thousands of steps, and one whose steps have a fixed length stays as
 * far from the minimum as that. So the rate is the law's own: all that it does is scaled, so that no step is longer than a
 * fifth of θ, and by a factor that falls to 0 at the end. Weights begin with rows and columns that sum to 0, so that what
 * only moves within those (gradient centralisation) can arrive, too.
 */
import * as fc from 'fast-check'
import { compile } from '../../../src/engine/index.js'
import { reference } from '../../../src/engine/reference/index.js'
import { add, mul, sub } from '../../../src/ops/index.js'
import { gradientPoint, type SomeTransformation } from '../../../src/optimise/index.js'
import { leavesWithPaths, mapTree, zipTrees } from '../../../src/params/index.js'
import { type Tensor, tensor, toArray, vector } from '../../../src/tensor/index.js'
import { moderate } from '../../arbitrary/tensors.js'
import { atMost } from '../../at-most.js'
import { holds } from '../../compare.js'
import { type Law, law } from '../../law.js'

interface Params {
  readonly weights: Tensor
  readonly bias: Tensor
}

const starts: fc.Arbitrary<Params> = fc.tuple(moderate(), moderate(), moderate(), moderate()).map(([p, q, b, c]) => ({
  weights: tensor([2, 3], [p, q, -p - q, -p, -q, p + q], 'float64'),
  bias: vector([b, c], 'float64'),
}))

const steps = 400
const squares = (p: Params): number =>
  leavesWithPaths(p).reduce((sum, { tensor: x }) => sum + Float64Array.from(toArray(x)).reduce((s, v) => s + v * v, 0), 0)
const scaled = (factor: number): ((p: Params) => Params) => mapTree((x) => mul(factor)(x))
const plus = (a: Params, b: Params): Params => zipTrees((x: Tensor, y: Tensor) => add(y)(x))(a, b)
const minus = (a: Params, b: Params): Params => zipTrees((x: Tensor, y: Tensor) => sub(y)(x))(a, b)

/** The same, faster: hundreds of steps are taken. */
const compiled = (t: SomeTransformation): SomeTransformation => {
  const fast = compile(reference)((g: Params, state: readonly unknown[], theta: Params) => t.update(g, state[0], theta))
  return { ...t, update: (g, state, theta) => fast(g as Params, [state], theta as Params) as never }
}

/** The square of the longest update, where the gradient stays what it is, but for its length: some look at how it varies. */
const longest = (t: SomeTransformation, start: Params): number =>
  Array.from({ length: steps }).reduce<readonly [number, unknown]>(
    ([most, state], _, step) => {
      const [updates, next] = t.update(scaled(1 + Math.sin(step) / 2)(start), state, start)
      return [Math.max(most, squares(updates)), next]
    },
    [0, t.init(start)],
  )[0]

/** Where it ends: of what it does, a share that falls; where it wants its gradient ahead of θ, it is as much ahead. */
const end = (t: SomeTransformation, start: Params): Params => {
  const most = Math.sqrt(squares(start) / (longest(t, start) || 1)) / 5
  return Array.from({ length: steps }).reduce<readonly [Params, unknown]>(
    ([theta, state], _, step) => {
      const share = most * (1 - step / steps)
      const ahead = scaled(share)(minus(gradientPoint(t)(theta, state), theta))
      const [updates, next] = t.update(plus(theta, ahead), state, theta)
      return [plus(theta, scaled(share)(updates)), next]
    },
    [start, t.init(start)],
  )[0]
}

/** The law that it goes down. */
export const descends = (name: string, transformation: SomeTransformation): Law =>
  atMost(1)(
    law(
      {
        name: `optimiser.${name}.descends`,
        statement: '400 steps, none longer than a fifth of θ and shorter and shorter, bring ½θ² below a hundredth of where it was',
        tier: 'recommended',
      },
      fc.noShrink(starts),
      (start) => {
        const t = compiled(transformation)
        const [from, to] = [squares(start) / 2, squares(end(t, start)) / 2]
        holds(`from ${from} to ${to}`, to < 0.01 * from)
      },
    ),
  )
