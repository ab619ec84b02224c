/** The laws of minimisers of full batches, and of what L-BFGS is made of. */
import * as fc from 'fast-check'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { valueAndGrad } from '../../src/graph/index.js'
import { add, dot, matmul, mul, neg, reshape, square, sub, sumAll, transpose } from '../../src/ops/index.js'
import type { LbfgsMemory, Minimiser, Trial, Visited } from '../../src/optimise/index.js'
import * as ours from '../../src/optimise/index.js'
import { remember as ourRemember } from '../../src/optimise/lbfgs.js'
import { steepest } from '../../src/optimise/minimise.js'
import { type Matrix, ones, type Scalar, type Tensor, toNumber, type Vector, zeros } from '../../src/tensor/index.js'
import { moderate, tensorOf } from '../arbitrary/tensors.js'
import { holds, identical, nearTensors, nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'

interface Params {
  readonly weights: Tensor
  readonly bias: Tensor
}
const params: fc.Arbitrary<Params> = fc.record({
  weights: tensorOf([2, 2], moderate(), 'float64'),
  bias: tensorOf([2], moderate(), 'float64'),
})
type Cost = (p: Params) => Scalar
/** ½‖Mw − c‖² + ½‖w‖² + Σ (b − 1)⁴ + ½‖b‖²: strictly convex, with one minimum. */
const convex: fc.Arbitrary<Cost> = fc
  .tuple(tensorOf([4, 4] as const, moderate(), 'float64'), tensorOf([4, 1] as const, moderate(), 'float64'))
  .map(
    ([M, c]): Cost =>
      ({ weights, bias }) => {
        const w = reshape([4, 1])(weights)
        const misfit: Tensor = sub(c)(matmul(w)(M))
        return [misfit, w as Tensor, bias].reduce<Scalar>(
          (total, x) => add(mul(0.5)(sumAll(square(x))))(total),
          sumAll(square(square(sub(1)(bias)))),
        )
      },
  )

/** The laws of any minimiser; its tolerance in float64 is 1e-8. */
export const minimiserLaws = <M>(name: string, minimiser: Minimiser<M>): readonly Law[] => {
  const options = { tolerance: 1e-8 }
  return [
    law(
      { name: `minimiser.${name}.minimum`, statement: 'of a convex function it finds where the gradient is 0' },
      fc.tuple(convex, params),
      ([cost, start]) => {
        const { end, gradients } = ours.minimise(valueAndGrad(cost), minimiser, options)(start)
        holds(`${end} with a derivative of ${steepest(gradients)}`, end === 'converged' && steepest(gradients) <= 1e-8)
      },
    ),
    law(
      { name: `minimiser.${name}.unique`, statement: 'from any two points it finds the same minimum of a convex function' },
      fc.tuple(convex, params, params),
      ([cost, one, other]) => {
        const run = ours.minimise(valueAndGrad(cost), minimiser, options)
        // The Hessian is at least I: within the tolerance of 1e-8 in each of 6 derivatives a minimum is no further than 2.5e-8.
        nearTrees('θ', run(one).params, run(other).params, 5e-8)
      },
    ),
    law({ name: `minimiser.${name}.descends`, statement: 'no step makes the cost larger' }, fc.tuple(convex, params), ([cost, start]) => {
      const f = valueAndGrad(cost)
      const step = minimiser.step(f)
      Array.from({ length: 12 }).reduce<Visited<Params, M>>((here) => {
        const there = step(here)
        // Costs that differ by their own rounding alone are equal: some 30 terms.
        holds(`from ${here.cost} to ${there.cost}`, toNumber(there.cost) <= toNumber(here.cost) * (1 + 2 ** -48))
        return there
      }, minimiser.init(f)(start))
    }),
    law(
      { name: `minimiser.${name}.pure`, statement: 'equal starts, equal minima, bit for bit' },
      fc.tuple(convex, params),
      ([cost, start]) => {
        const run = ours.minimise(valueAndGrad(cost), minimiser, { steps: 5 })
        identical('θ', run(start).params, run(start).params)
      },
    ),
  ]
}

/** What the laws of L-BFGS are about. */
export interface LbfgsParts {
  readonly lbfgsDirection: (memory: LbfgsMemory) => (g: Vector<number>) => Vector<number>
  readonly remember: typeof ourRemember
  readonly strongWolfe: typeof ours.strongWolfe
}
const vector = tensorOf([4], moderate(), 'float64') as fc.Arbitrary<Vector<number>>
/** A positive definite Hessian, and steps: y = Hs, so that all curvatures are positive. */
const history = fc
  .tuple(tensorOf([4, 4] as const, moderate(), 'float64'), fc.array(vector, { minLength: 1, maxLength: 4 }))
  .map(([M, steps]) => {
    const square4: Matrix<4, 4> = M
    return steps.map((s) => {
      const column = reshape([4, 1])(s)
      const Ms = matmul(matmul(column)(square4))(transpose(square4))
      return { s, y: add(s)(reshape([4])(Ms)) as Vector<number> }
    })
  })
const nothing: LbfgsMemory = { steps: zeros([3, 4], 'float64'), changes: zeros([3, 4], 'float64') }

/** The laws of L-BFGS; `others` stand in the place of ours. */
export const lbfgsLaws = (others: Partial<LbfgsParts> = {}): readonly Law[] => {
  const { lbfgsDirection, remember, strongWolfe }: LbfgsParts = { ...ours, remember: ourRemember, ...others }
  const recall = (pairs: readonly { readonly s: Vector<number>; readonly y: Vector<number> }[]): LbfgsMemory =>
    pairs.reduce((memory, { s, y }) => remember(s, y)(memory), nothing)
  return [
    law({ name: 'lbfgs.empty', statement: 'without a memory, d = −g' }, vector, (g) =>
      nearTensors('d', neg(g), lbfgsDirection(nothing)(g), 0),
    ),
    law(
      { name: 'lbfgs.secant', statement: 'H y = s for the newest pair', source: 'Nocedal and Wright (2006), equation 6.6' },
      history,
      (pairs) => {
        const { s, y } = pairs.at(-1) ?? { s: zeros([4], 'float64'), y: zeros([4], 'float64') }
        // Curvatures are between 1 and some 100: the loops lose that from 2⁻⁵³, a few times over.
        nearTensors('H y', s, neg(lbfgsDirection(recall(pairs))(y)), 1e-9)
      },
    ),
    law(
      { name: 'lbfgs.symmetric', statement: 'uᵀHv = vᵀHu', source: 'Nocedal and Wright (2006) §7.2' },
      fc.tuple(history, vector, vector),
      ([pairs, u, v]) => {
        const H = lbfgsDirection(recall(pairs))
        nearTensors('vᵀHu', dot(u)(H(v)), dot(v)(H(u)), 1e-9)
      },
    ),
    law({ name: 'lbfgs.descent', statement: 'dᵀg < 0' }, fc.tuple(history, vector), ([pairs, g]) =>
      holds('downhill', toNumber(dot(g)(lbfgsDirection(recall(pairs))(g))) < 0),
    ),
    law({ name: 'lbfgs.forgets', statement: 'the last m pairs are all that counts' }, fc.tuple(history, vector), ([pairs, g]) => {
      const older = { s: ones([4], 'float64'), y: ones([4], 'float64') } as const
      const full = [...pairs, ...pairs, ...pairs]
      identical('d', lbfgsDirection(recall(full))(g), lbfgsDirection(recall([older, ...full]))(g))
    }),
    law({ name: 'lbfgs.wary', statement: 'a pair with sᵀy ≤ 0 is not remembered' }, history, (pairs) =>
      identical(
        'memory',
        recall(pairs),
        pairs.slice(0, 1).reduce((memory, { s, y }) => remember(s, neg(y) as Vector<number>)(memory), recall(pairs)),
      ),
    ),
    law(
      { name: 'lbfgs.compiled', statement: 'compile(reference)(direction) = direction, bit for bit' },
      fc.tuple(history, vector),
      ([pairs, g]) => {
        const memory = recall(pairs)
        identical(
          'd',
          lbfgsDirection(memory)(g),
          compile(reference)((a: LbfgsMemory, b: Vector<number>) => lbfgsDirection(a)(b))(memory, g),
        )
      },
    ),
    law(
      {
        name: 'lineSearch.wolfe',
        statement: 'φ(α) ≤ φ(0) + c₁αφ′(0) and |φ′(α)| ≤ c₂|φ′(0)|',
        source: 'Nocedal and Wright (2006), equation 3.7',
      },
      fc.record({
        lean: fc.constantFrom(0.5, 1, 3),
        wave: fc.constantFrom(0, 0.5, 2),
        minimum: fc.constantFrom(0.01, 1, 30),
        first: fc.constantFrom(0.001, 1, 50),
        c2: fc.constantFrom(0.1, 0.9),
      }),
      ({ lean, wave, minimum, first, c2 }) => {
        const phi = (size: number): Trial<undefined> => {
          const x = size / minimum
          const value = lean * (x - 1) ** 2 + wave * Math.sin(2 * x)
          return { size, value, slope: (2 * lean * (x - 1) + 2 * wave * Math.cos(2 * x)) / minimum, at: undefined }
        }
        const start = phi(0)
        const found = strongWolfe({ curvature: c2 })(phi, start, first)
        if (start.slope >= 0) return holds('there is no way down', found === undefined)
        if (found === undefined) return holds('a size is found', false)
        holds('it falls enough', found.value <= start.value + 1e-4 * found.size * start.slope)
        holds('it is flat enough', Math.abs(found.slope) <= c2 * Math.abs(start.slope))
      },
    ),
  ]
}
