/** A layer on trial: its network, where it is tried, and how much that costs. */
import * as fc from 'fast-check'
import { isLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { optionsOf } from '../../../src/error/index.js'
import { nodesOf, trace } from '../../../src/graph/index.js'
import { input, type Network } from '../../../src/network/index.js'
import { cast } from '../../../src/ops/index.js'
import { leaves, mapTree } from '../../../src/params/index.js'
import { isFloat, type Precision } from '../../../src/prim/index.js'
import { key } from '../../../src/random/index.js'
import { type Shape, sizeOf } from '../../../src/shape/index.js'
import { full, type Tensor } from '../../../src/tensor/index.js'
import { cotangents, type Direction, directionsLike, pointsIn } from '../../arbitrary/points.js'
import { atMost } from '../../at-most.js'
import { type Domain, everywhere, placed } from '../../domain.js'
import { perturbed } from '../../drawn.js'
import type { Law } from '../../law.js'
import type { Recipe } from '../../print.js'

/** From the network so far to one that is a layer longer. */
export type Builder<I extends Shape, Ps extends readonly unknown[], O extends Shape> = (
  before: Network<readonly [], I, I>,
) => Network<Ps, I, O>

/** What a layer may say of itself, so that it is held to that, and to all the rest. */
export interface LayerClaims<I extends Shape, Ps, O extends Shape> {
  /** Where it is defined, number by number of the input: `{ above: 0 }` for a logarithm. */
  readonly domain: Partial<Domain>
  /** The precision of its output, where that is not the one of its input: `'int32'` for an index. Such a layer has no derivative. */
  readonly gives: Precision | 'the precision of its input'
  /** What its derivative leaves out on purpose, by name: `params[0].weights`, or `x`, the input. Their gradients are then zero. */
  readonly stopped: readonly string[]
  /**
   * The function whose derivative it has in the place of its own: of a straight-through estimator `() => (x) => x`, of a
   * gradient reversal `() => neg`.
   */
  readonly derivativeOf: ((params: Ps) => (x: Tensor<I>) => Tensor<O>) | 'itself'
}
export interface LayerLawOptions<I extends Shape, Ps = never, O extends Shape = Shape> extends Partial<LayerClaims<I, Ps, O>> {
  /** The shape on which the layer is tried. */
  readonly input: I
}
const claimsNothing = { domain: {}, gives: 'the precision of its input', stopped: [], derivativeOf: 'itself' } as const

/** Parameters, or any tree, at float64: where derivatives can be checked. */
export const inFloat64 = <T>(tree: T): T => mapTree((x) => (isFloat(x.precision) ? cast('float64')(x) : x))(tree)

/** Parameters drawn from a key, and how far from there they are moved; and an input. */
export interface Point<I extends Shape> {
  readonly seed: number
  readonly away: number
  readonly x: Recipe<Tensor<I>>
}
/** With a direction of parameters and input, and a cotangent of the output. */
export interface Directed<I extends Shape, A> extends Point<I> {
  readonly v: Direction<A>
  readonly dy: Recipe<Tensor>
}

export interface Tried<I extends Shape, Ps extends readonly unknown[], O extends Shape> {
  readonly net: Network<Ps, I, O>
  readonly claims: Omit<LayerClaims<I, Ps, O>, 'domain'>
  readonly domain: Domain
  readonly apply: (at: readonly [Ps, Tensor<I>]) => Tensor<O>
  /** Whether a parameter, or `x`, has no part in the derivative, by its path in [params, x]. */
  readonly isStopped: (path: string) => boolean
  readonly initial: (seed: number) => Ps
  readonly paramsOf: (point: Pick<Point<I>, 'seed' | 'away'>) => Ps
  readonly at: (point: Point<I>) => readonly [Ps, Tensor<I>]
  readonly points: fc.Arbitrary<Point<I>>
  readonly pointsAt: (x: () => fc.Arbitrary<Recipe<Tensor<I>>>) => fc.Arbitrary<Point<I>>
  readonly directed: fc.Arbitrary<Directed<I, readonly [Ps, Tensor<I>]>>
  /** A law of so many times the usual work, asked of as many examples as can be paid for. */
  readonly paid: (times: number) => (law: Law) => Law
  readonly given: { readonly wide: readonly string[]; readonly single: readonly string[] }
}

/** `params[0].weights`, or `x`, from a path in [params, x]. */
export const nameOf = (path: string): string => (path.startsWith('[0]') ? `params${path.slice(3)}` : 'x')

/** An arbitrary that is made when it is wanted: what makes it may call what is tried, which may throw. */
const later = <T>(make: () => fc.Arbitrary<T>): fc.Arbitrary<T> => fc.constant(null).chain(make)

/** A function that computes once for every key. */
const remembered = <K, V>(f: (key: K) => V, nameOfKey: (key: K) => string): ((key: K) => V) => {
  const known = new Map<string, V>()
  return (k) => {
    const value = known.get(nameOfKey(k)) ?? f(k)
    known.set(nameOfKey(k), value)
    return value
  }
}

/** So many numbers are computed for a law: it takes some hundred milliseconds, more of them large layers of many ops. */
const affordable = 2_000_000
/** Parameters are dear to draw: some are drawn once, and used again; of a layer of so many numbers a few. */
const large = 5000

/** How many numbers a layer computes for an example: those of its parameters, and of every node of its graph. */
const workOf = <A>(apply: (at: A) => Tensor, at: () => A): number => {
  const counted = tryCatch(
    () => {
      const given = at()
      const { inputs, outputs } = trace(apply)(given)
      return [...leaves(given), ...nodesOf({ inputs, outputs })].reduce((sum, { shape }) => sum + sizeOf(shape), 0)
    },
    () => 0,
  )
  return isLeft(counted) ? 0 : counted.right
}

/** A layer, ready to be tried. */
export const triedOf = <const I extends Shape, Ps extends readonly unknown[], O extends Shape>(
  builder: Builder<I, Ps, O>,
  options: LayerLawOptions<I, Ps, O>,
): Tried<I, Ps, O> => {
  const {
    input: shape,
    domain: where,
    ...claims
  } = optionsOf<LayerClaims<I, Ps, O>, LayerLawOptions<I, Ps, O>>('layerLaws', claimsNothing, options, ['input'])
  const domain: Domain = optionsOf('domain', everywhere, where)
  const net = builder(input(...shape) as unknown as Network<readonly [], I, I>)
  const apply = ([params, x]: readonly [Ps, Tensor<I>]): Tensor<O> => net(params)(x)
  const initial = remembered((seed: number): Ps => net.init(key(seed)), String)
  /** The work is counted where it is first asked for: an initialiser that throws breaks laws, not the making of them. */
  const work = remembered(
    () => workOf(apply, () => [inFloat64(initial(0)), full(shape, placed(domain)(1), 'float64')] as const),
    () => '',
  )
  const isLarge = (): boolean => work(undefined) > large
  const seeds = later(() => fc.nat(isLarge() ? 2 : 19))
  const wide = ({ seed, away }: Pick<Point<I>, 'seed' | 'away'>): Ps => perturbed(away)(inFloat64(initial(seed)))
  const kept = remembered(wide, ({ seed, away }) => `${seed} ${away}`)
  const paramsOf = (point: Pick<Point<I>, 'seed' | 'away'>): Ps => (isLarge() ? kept(point) : wide(point))
  const pointsAt = (x: () => fc.Arbitrary<Recipe<Tensor<I>>>): fc.Arbitrary<Point<I>> =>
    fc.record({ seed: seeds, away: seeds, x: later(x) })
  const points = pointsAt(() => pointsIn(shape, domain))
  const parts = { seed: seeds, away: seeds, x: later(() => pointsIn(shape, domain)) }
  const made = [`const net = pipe(input(${shape.join(', ')}), layer)`]
  return {
    net,
    claims,
    domain,
    apply,
    isStopped: (path) => claims.stopped.includes(nameOf(path)),
    initial,
    paramsOf,
    at: (point) => [paramsOf(point), point.x.value],
    points,
    pointsAt,
    directed: fc.record({
      ...parts,
      v: later(() => directionsLike([inFloat64(initial(0)), full(shape, 0, 'float64')] as const, '[params, x]')),
      dy: later(() => cotangents(net.output)),
    }),
    paid: (times) => atMost(() => Math.max(2, Math.ceil(affordable / (times * (work(undefined) + 1))))),
    given: {
      wide: [...made, 'const params = perturbed(away)(inFloat64(net.init(key(seed))))'],
      single: [...made, 'const params = perturbed(away)(net.init(key(seed)))'],
    },
  }
}
