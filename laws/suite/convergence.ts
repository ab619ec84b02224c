/**
 * How far an optimiser comes, on the functions that optimisers are usually tried on: small, and each hard in its own way.
 * A run starts at one fixed place, in float64, with the library's own gradient, compiled; what an optimiser must reach is
 * declared with it.
 *
 * @source Moré, Garbow, Hillstrom (1981), Testing Unconstrained Optimization Software; Himmelblau (1972)
 */

import { pipe } from 'fp-ts/lib/function.js'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { grad } from '../../src/graph/index.js'
import { add, mul, square, sub } from '../../src/ops/index.js'
import { applyUpdates } from '../../src/optimise/index.js'
import { fixed } from '../../src/shape/index.js'
import { type Scalar, scalar, toNumber } from '../../src/tensor/index.js'
import { iterate } from '../../src/train/index.js'
import { holds } from '../compare.js'
import { fact, type Law } from '../law.js'

export interface Point {
  readonly x: Scalar
  readonly y: Scalar
}
/** A function to go down on. */
export interface Landscape {
  /** In symbols. */
  readonly formula: string
  readonly f: (at: Point) => Scalar
  readonly start: readonly [x: number, y: number]
  /** The smallest value. */
  readonly minimum: number
}

const sum = (...terms: readonly Scalar[]): Scalar => terms.reduce((a, b) => add(b)(a) as Scalar)
const times =
  (factor: number) =>
  (x: Scalar): Scalar =>
    mul(factor)(x)
/** (x yⁿ − x + c)² */
const bealeTerm = ({ x, y }: Point, n: number, c: number): Scalar => {
  const power = Array.from({ length: n }, () => y).reduce<Scalar>((a, b) => mul(b)(a) as Scalar, x)
  return pipe(power, sub(x), add(c), square)
}

export const landscapes = fixed({
  sphere: { formula: 'x² + y²', f: ({ x, y }) => sum(square(x), square(y)), start: [3, -2], minimum: 0 },
  ellipse: {
    formula: '½ (x² + 100 y²): condition 100',
    f: ({ x, y }) => sum(times(0.5)(square(x)), times(50)(square(y))),
    start: [10, 1],
    minimum: 0,
  },
  rosenbrock: {
    formula: '(1 − x)² + 100 (y − x²)²: a curved valley',
    f: ({ x, y }) => sum(square(sub(1)(x)), times(100)(square(sub(square(x))(y)) as Scalar)),
    start: [-1.2, 1],
    minimum: 0,
  },
  beale: {
    formula: '(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²: plains and a ravine',
    f: (at) => sum(bealeTerm(at, 1, 1.5), bealeTerm(at, 2, 2.25), bealeTerm(at, 3, 2.625)),
    start: [1, 1],
    minimum: 0,
  },
  himmelblau: {
    formula: '(x² + y − 11)² + (x + y² − 7)²: four minima',
    f: ({ x, y }) => sum(square(sub(11)(sum(square(x), y))), square(sub(7)(sum(x, square(y))))),
    start: [0, 0],
    minimum: 0,
  },
  saddle: {
    formula: 'x² − y² + y⁴: a saddle at 0, left along y',
    f: ({ x, y }) => sum(sub(square(y))(square(x)), square(square(y))),
    start: [1, 0.001],
    minimum: -0.25,
  },
}) satisfies Readonly<Record<string, Landscape>>
export type LandscapeName = keyof typeof landscapes
const names = Object.keys(landscapes) as readonly LandscapeName[]

/** Any gradient transformation, whatever its state. */
export interface AnyTransformation {
  readonly init: <P>(params: P) => unknown
  readonly update: <P>(gradients: P, state: never, params: P) => readonly [updates: P, state: unknown]
}

/** How far above the minimum a run ends: f(θₙ) − min f. */
export const gapAfter = ({ init, update }: AnyTransformation, name: LandscapeName, steps: number): number => {
  const { f, start, minimum }: Landscape = landscapes[name]
  const slope = grad(f)
  const step = compile(reference)((params: Point, memory: unknown): readonly [Point, unknown] => {
    const [updates, next] = update(slope(params), memory as never, params)
    return [applyUpdates(params, updates), next]
  })
  const from: Point = { x: scalar(start[0], 'float64'), y: scalar(start[1], 'float64') }
  const [end] = iterate<readonly [Point, unknown], number>(([params, memory]) => step(params, memory))(
    [from, init(from)],
    Array.from({ length: steps }, (_, i) => i),
  )
  return toNumber(f(end)) - minimum
}

/** What a run must reach: so near to the minimum, in so many steps. */
export interface Reach {
  readonly steps: number
  readonly below: number
}
export type Reaches = { readonly [K in LandscapeName]?: Reach }

/**
 * A law for every function that the optimiser declares to descend.
 *
 * @example
 * convergence('adam', adam({ learningRate: 0.05 }), { rosenbrock: { steps: 2000, below: 1e-3 } })
 */
export const convergence = (name: string, transformation: AnyTransformation, reaches: Reaches): readonly Law[] =>
  names.flatMap((landscape) => {
    const reach = reaches[landscape]
    if (reach === undefined) return []
    const { formula, start, minimum }: Landscape = landscapes[landscape]
    return [
      fact(
        {
          name: `optimiser.${name}.reaches.${landscape}`,
          statement: `${reach.steps} steps from (${start.join(', ')}) bring ${formula} within ${reach.below} of its minimum ${minimum}`,
          source: 'Moré, Garbow, Hillstrom (1981)',
          tier: 'recommended',
        },
        () => {
          const gap = gapAfter(transformation, landscape, reach.steps)
          holds(`a gap of ${gap} below ${reach.below}`, gap < reach.below)
        },
      ),
    ]
  })

/** The gaps that optimisers leave, as Markdown: a row for each, a column for every function. */
export const convergenceTable = (optimisers: Readonly<Record<string, AnyTransformation>>, steps: number): string => {
  const cell = (gap: number): string => (Number.isFinite(gap) ? gap.toExponential(1) : '∞')
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    row([`after ${steps} steps`, ...names]),
    row(['---', ...names.map(() => '---:')]),
    ...Object.entries(optimisers).map(([name, t]) => row([name, ...names.map((landscape) => cell(gapAfter(t, landscape, steps)))])),
  ].join('\n')
}
