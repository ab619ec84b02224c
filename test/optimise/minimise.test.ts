/** L-BFGS on Rosenbrock's valley and on a network; where a minimisation ends, and how it says so. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { valueAndGrad } from '../../src/graph/index.js'
import { dense, input, tanh } from '../../src/layer/index.js'
import { bernoulli, fullBatch } from '../../src/likelihood/index.js'
import { abs, add, log, mul, slice, square, sub, sumAll } from '../../src/ops/index.js'
import { lbfgs, minimise } from '../../src/optimise/index.js'
import { key } from '../../src/random/index.js'
import { matrix, type Scalar, type Tensor, tensor, toArray, toNumber, vector } from '../../src/tensor/index.js'

const rosenbrock = ({ p }: { readonly p: Tensor }): Scalar => {
  const from = (start: number): Tensor => slice({ starts: [start], sizes: [1] })(p)
  const valley = pipe(from(1), sub(square(from(0))), square, sumAll, mul(100))
  return add(pipe(from(0), sub(1), square, sumAll))(valley)
}

describe('minimise', () => {
  test('goes through the valley of Rosenbrock in some forty steps and fifty evaluations', () => {
    const counted = { evaluations: 0 }
    const f = (p: { readonly p: Tensor }) => {
      counted.evaluations += 1
      return valueAndGrad(rosenbrock)(p)
    }
    const { params, end, steps } = minimise(f, lbfgs(), { tolerance: 1e-10 })({ p: tensor([2], [-1.2, 1], 'float64') })
    expect(end).toBe('converged')
    for (const x of toArray(params.p)) expect(Math.abs(x - 1)).toBeLessThan(1e-9)
    // SciPy's L-BFGS-B with ten pairs, whose line search is also to the strong Wolfe conditions, takes about as many.
    expect([steps < 60, counted.evaluations < 80]).toEqual([true, true])
  })

  test('learns XOR on a compiled cost of the full batch', () => {
    const x = matrix([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ])
    const model = bernoulli(pipe(input(2), dense(4), tanh, dense(1)))
    const f = compile(wasm)(fullBatch(model)(x, matrix([[0], [1], [1], [0]])))
    const { cost, end } = minimise(f, lbfgs(), { steps: 200, tolerance: 1e-4 })(model.init(key(2)))
    expect([end, toNumber(cost) < 1e-3]).toEqual(['converged', true])
  })

  test('says how it ended: no steps left, no way down, no number, or there already', () => {
    const start = { p: tensor([2], [-1.2, 1], 'float64') }
    expect(minimise(valueAndGrad(rosenbrock), lbfgs(), { steps: 3 })(start)).toMatchObject({ end: 'steps', steps: 3 })
    expect(minimise(valueAndGrad(rosenbrock), lbfgs())({ p: tensor([2], [1, 1], 'float64') })).toMatchObject({ end: 'converged', steps: 0 })
    const kink = valueAndGrad((p: Tensor) => sumAll(abs(p)))
    expect(minimise(kink, lbfgs())(vector([1, 1.7], 'float64') as Tensor).end).not.toBe('steps')
    const broken = valueAndGrad((p: Tensor) => sumAll(log(p)))
    expect(minimise(broken, lbfgs())(vector([-1], 'float64') as Tensor).end).toBe('diverged')
  })

  test('ends in float32, where rounding stops it before the tolerance', () => {
    const f = valueAndGrad((p: Tensor) => add(1000)(sumAll(square(sub(1 / 3)(square(p))))))
    const { end, steps, params } = minimise(f, lbfgs(), { tolerance: 1e-12 })(vector([3, 0.25]) as Tensor)
    expect(['stalled', 'converged']).toContain(end)
    expect(steps).toBeLessThan(100)
    for (const x of toArray(params)) expect(Math.abs(x - Math.sqrt(1 / 3))).toBeLessThan(0.02)
  })
})
