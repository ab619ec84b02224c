/** The direction of L-BFGS against the matrix that it stands for; what is remembered, and where a step begins. */
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { valueAndGrad } from '../../src/graph/index.js'
import { mul, square, sumAll } from '../../src/ops/index.js'
import { type LbfgsMemory, lbfgs, lbfgsDirection, type Minimiser, minimise, type Visited } from '../../src/optimise/index.js'
import { remember } from '../../src/optimise/lbfgs.js'
import { matrix, type Scalar, scalar, type Tensor, toArray, toNested, toNumber, vector } from '../../src/tensor/index.js'

type Row = readonly number[]
const dotted = (x: Row, y: Row): number => x.reduce((sum, a, i) => sum + a * (y[i] ?? 0), 0)
const memoryOf = (pairs: readonly (readonly [Row, Row])[]): LbfgsMemory => ({
  steps: matrix(
    pairs.map(([s]) => s),
    'float64',
  ),
  changes: matrix(
    pairs.map(([, y]) => y),
    'float64',
  ),
})
const double = (x: Row): Tensor<readonly [number]> => vector(x, 'float64')

/** H g of H ← (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ, from the oldest pair to the newest, which is the first. */
const inverseHessian = (pairs: readonly (readonly [Row, Row])[], g: Row): Row => {
  const [newest, ...older] = pairs
  const [first] = pairs
  const scale = first === undefined ? 1 : dotted(first[0], first[1]) / dotted(first[1], first[1])
  const applied = (rest: readonly (readonly [Row, Row])[], x: Row): Row => {
    const [pair, ...others] = rest
    if (pair === undefined) return x.map((v) => scale * v)
    const [s, y] = pair
    const rho = 1 / dotted(s, y)
    const right = x.map((v, i) => v - rho * dotted(s, x) * (y[i] ?? 0))
    const middle = applied(others, right)
    return middle.map((v, i) => v - rho * dotted(y, middle) * (s[i] ?? 0) + rho * dotted(s, x) * (s[i] ?? 0))
  }
  return applied(newest === undefined ? [] : [newest, ...older], g)
}

describe('the direction', () => {
  const number = fc.double({ min: -2, max: 2, noNaN: true })
  const row = fc.tuple(number, number, number)
  /** y = As for a matrix A that is positive definite, so that all pairs are convex. */
  const pair = row
    .filter((s) => dotted(s, s) > 0.1)
    .map(
      ([a, b, c]) =>
        [
          [a, b, c],
          [3 * a + b, a + 2 * b + c / 2, b / 2 + c],
        ] as readonly [Row, Row],
    )
  test('is −H g of the matrix that the pairs stand for', () => {
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 4 }), row, (pairs, g) => {
        const found = toArray(lbfgsDirection(memoryOf(pairs))(double(g)))
        for (const [i, wanted] of inverseHessian(pairs, g).entries()) expect(found[i]).toBeCloseTo(-wanted, 8)
      }),
    )
  })
  test('is −g without pairs, and where they are not filled yet', () => {
    const empty: readonly (readonly [Row, Row])[] = [
      [
        [0, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ]
    expect(toNested(lbfgsDirection(memoryOf(empty))(double([3, -4])))).toEqual([-3, 4])
    const one: readonly [Row, Row] = [
      [1, 0],
      [2, 1],
    ]
    expect(toNested(lbfgsDirection(memoryOf([one, ...empty]))(double([3, -4])))).toEqual(
      toNested(lbfgsDirection(memoryOf([one]))(double([3, -4]))),
    )
  })
  test('takes the newest change to the newest step', () => {
    const pairs: readonly (readonly [Row, Row])[] = [
      [
        [1, 0, 2],
        [2, 1, 3],
      ],
      [
        [0, 1, 1],
        [1, 4, 1],
      ],
    ]
    toArray(lbfgsDirection(memoryOf(pairs))(double([2, 1, 3]))).forEach((x, i) => {
      expect(x).toBeCloseTo(-([1, 0, 2][i] ?? 0), 12)
    })
  })
})

describe('a pair is remembered', () => {
  const memory = memoryOf([
    [
      [1, 0],
      [1, 0],
    ],
    [
      [0, 1],
      [0, 2],
    ],
  ])
  it('in front, and the oldest is forgotten', () => {
    const { steps, changes } = remember(double([3, 4]), double([5, 6]))(memory)
    expect([toNested(steps), toNested(changes)]).toEqual([
      [
        [3, 4],
        [1, 0],
      ],
      [
        [5, 6],
        [1, 0],
      ],
    ])
  })
  it.each([
    ['that is not convex', [1, 0], [-1, 0]],
    ['that is at right angles', [1, 0], [0, 1]],
    ['of nothing', [0, 0], [0, 0]],
    ['that is almost at right angles', [1, 0], [1e-11, 1]],
  ] as const)('unless it is one %s', (_, s, y) => {
    const { steps, changes } = remember(double(s), double(y))(memory)
    expect([toNested(steps), toNested(changes)]).toEqual([toNested(memory.steps), toNested(memory.changes)])
  })
  it('however small its numbers are', () => {
    const { steps } = remember(double([1e-20, 0]), double([1e-20, 0]))(memory)
    expect(toNested(steps)).toEqual([
      [1e-20, 0],
      [1, 0],
    ])
  })
})

describe('without a memory, the first trial', () => {
  /** Where a parabola a·x²/2 is looked at from x = 1. */
  const visits = (a: number): readonly number[] => {
    const seen: number[] = []
    const f = (x: Tensor) => {
      seen.push(toNumber(x as Scalar))
      return valueAndGrad((at: Tensor) => sumAll(mul(a / 2)(square(at))))(x)
    }
    const method = lbfgs()
    const here = method.init(f)(scalar(1, 'float64'))
    method.step(f)(here)
    return seen
  }
  it('goes no further than 1', () => expect(visits(10).slice(0, 2)).toEqual([1, 0]))
  it('goes along a gradient below 1 as far as it is long', () => expect(visits(0.5).slice(0, 2)).toEqual([1, 0.5]))
})

describe('a minimisation ends', () => {
  type Values = readonly (readonly [cost: number, slope: number])[]
  /** A method that goes from one of these values to the next, whatever the function, and stays at the last. */
  const through = (values: Values, stalledAt = Number.POSITIVE_INFINITY): Minimiser<number> => {
    const at = <P>(params: P, i: number): Visited<P, number> => {
      const [cost, slope] = values[Math.min(i, values.length - 1)] ?? [0, 0]
      return { params, cost: scalar(cost), gradients: scalar(slope) as P, memory: i, stalled: i >= stalledAt }
    }
    return { init: () => (params) => at(params, 0), step: () => (here) => at(here.params, here.memory + 1) }
  }
  const end = (values: Values, options = {}, stalledAt?: number) => {
    const { end: why, steps } = minimise((x: Scalar) => [x, x] as const, through(values, stalledAt), options)(scalar(0))
    return [why, steps]
  }
  const falling = (n: number): Values => Array.from({ length: n }, (_, i) => [100 - i, 1])
  it('where no derivative is larger than the tolerance', () => {
    expect(
      end(
        [
          [2, 1],
          [1, -0.5],
          [0, 0.25],
        ],
        { tolerance: 0.25 },
      ),
    ).toEqual(['converged', 2])
    expect(end([[2, 0.25]], { tolerance: 0.25 })).toEqual(['converged', 0])
    expect(
      end(
        [
          [2, -0.26],
          [1, 0],
        ],
        { tolerance: 0.25 },
      ),
    ).toEqual(['converged', 1])
  })
  it('after ten steps without a lower cost or a flatter slope', () => {
    expect(end([[1, 1]])).toEqual(['stalled', 10])
    expect(end([...falling(5), [100, 1]])).toEqual(['stalled', 14])
    expect(
      end([
        [1, 5],
        [1, 4],
        [1, 3],
        [1, 3],
      ]),
    ).toEqual(['stalled', 12])
  })
  it('where the method finds nothing better', () => expect(end(falling(9), {}, 3)).toEqual(['stalled', 3]))
  it('where there is no number', () => {
    expect(
      end([
        [1, 1],
        [Number.NaN, 1],
      ]),
    ).toEqual(['diverged', 1])
    expect(
      end([
        [1, 1],
        [0, Number.NaN],
      ]),
    ).toEqual(['diverged', 1])
  })
  it('with the steps that it may make', () => {
    expect(end(falling(9), { steps: 4 })).toEqual(['steps', 4])
    expect(end(falling(9), { steps: 0 })).toEqual(['steps', 0])
  })
  it.each<readonly [unknown, unknown, object, string]>([
    [3, lbfgs(), {}, 'minimise expects a function to the cost and its gradient, receives 3; fullBatch(model)(x, y) makes one of a model'],
    [() => 0, undefined, {}, 'minimise expects a method, receives undefined; lbfgs() is one'],
    [() => 0, lbfgs(), { tolerance: -1 }, 'minimise expects a non-negative tolerance, receives -1'],
    [() => 0, lbfgs(), { steps: -1 }, 'minimise expects a non-negative number of steps, receives -1'],
  ])('never, where it cannot begin: %#', (f, method, options, message) =>
    expect(() => minimise(f as never, method as never, options)).toThrow(expect.objectContaining({ message })),
  )
})
