/**
 * Branches: two blocks beside each other, whose results are joined along an axis.
 *
 *     parallel(f, g)(x) = [f(x); g(x)],   split(m)(f, g)([x₁; x₂]) = [f(x₁); g(x₂)],  x₁ the first m along the axis
 *
 * More than two branches nest: `parallel(f, parallel(g, h))`. The input itself is a branch, too: `parallel(identity, f)` of fp-ts'
 * `identity` is a block of a dense net, whose layers see all features before them.
 *
 * @source Szegedy et al. (2015), Inception; Huang, Liu, van der Maaten, Weinberger (2017), DenseNet
 */
import type { GtOrEq } from 'ts-arithmetic'
import { optionsOf, orThrow, ShapeError } from '../error/index.js'
import { concat, type Joined, type Resized, type SizeAt, slice, type Without } from '../ops/index.js'
import { sizeAt, withSize } from '../prim/axes.js'
import { concat as joined } from '../prim/shape-rules.js'
import { foldIn } from '../random/index.js'
import { type Less, type Plus, type Shape, type Show, show, wantsSizes } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Block, descriptionsOf, madeOf, startedFrom } from './block.js'
import { grow } from './layer.js'
import { identity, type Network, outputOf } from './network.js'

/** Along which axis, counted from the end, branches are cut and joined. */
export interface AlongAxis<Axis extends number> {
  readonly axis: Axis
}
/** Along the last: features of a vector, channels of an image. */
export const alongAxisDefaults: AlongAxis<-1> = Object.freeze({ axis: -1 })

/** The shape of two results, one behind the other. Of vectors sizes are `[0]`: what is inferred of a tuple is deferred for a generic size. */
export type BothAlong<B extends Shape, C extends Shape, Axis extends number> = B['length'] extends 1
  ? readonly [Plus<B[0], C[0]>]
  : Joined<readonly [B, C], Axis>
/** The first M along an axis. */
export type FirstAlong<A extends Shape, M extends number, Axis extends number> = A['length'] extends 1 ? readonly [M] : Resized<A, Axis, M>
/** What is behind them. */
export type RestAlong<A extends Shape, M extends number, Axis extends number> = A['length'] extends 1
  ? readonly [Less<A[0], M>]
  : Resized<A, Axis, Less<SizeAt<A, Axis>, M>>

/** `parallel expects shapes that differ only along axis -1, receives [4, 4, 2] and [2, 2, 2]` */
export type JoinAlong<Who extends string, B extends Shape, C extends Shape, Axis extends number> = B['length'] extends 1
  ? C['length'] extends 1
    ? unknown
    : ShapeError<Apart<Who, B, C, Axis>>
  : [Without<B, Axis>] extends [Without<C, Axis>]
    ? unknown
    : ShapeError<Apart<Who, B, C, Axis>>
type Apart<
  Who extends string,
  B extends Shape,
  C extends Shape,
  Axis extends number,
> = `${Who} expects shapes that differ only along axis ${Axis}, receives ${Show<B>} and ${Show<C>}`

/** `split expects fewer than all along axis -1 of [4], receives 4` */
export type PartAlong<A extends Shape, M extends number, Axis extends number> = A['length'] extends 1
  ? Part<A, A[0], M, Axis>
  : Part<A, SizeAt<A, Axis>, M, Axis>
type Part<A extends Shape, Size, M extends number, Axis extends number> = Size extends number
  ? number extends M | Size
    ? unknown
    : GtOrEq<M, Size> extends 1
      ? ShapeError<`split expects fewer than all along axis ${Axis} of ${Show<A>}, receives ${M}`>
      : unknown
  : unknown

/** What makes branches of a network that keeps the rules. */
type Branching<A extends Shape, Qs, Rules, D extends Shape> = <Ps extends readonly unknown[], I extends Shape>(
  before: Network<Ps, I, A> & Rules,
) => Network<readonly [...Ps, Qs], I, D>

/** The part of this size that begins there. */
const part =
  (axis: number, start: number, size: number) =>
  (x: Tensor): Tensor => {
    const behind = x.shape.slice(x.shape.length + axis + 1)
    return slice({ starts: [start, ...behind.map(() => 0)], sizes: [size, ...behind] })(x)
  }

/** Two networks as one layer, each on its part of the input. */
const branched =
  <D extends Shape>(kind: string, axis: number, attributes: { readonly size?: number } = {}) =>
  <Qs extends readonly unknown[], F extends Shape, B extends Shape, Rs extends readonly unknown[], G extends Shape, C extends Shape>(
    left: Network<Qs, F, B>,
    right: Network<Rs, G, C>,
    [first, second]: readonly [(x: Tensor) => Tensor, (x: Tensor) => Tensor],
  ) =>
    grow<readonly [Qs, Rs], D>({
      description: {
        kind,
        ...attributes,
        left: descriptionsOf(left),
        right: descriptionsOf(right),
        ...(axis === alongAxisDefaults.axis ? {} : { axis }),
      },
      output: orThrow(joined(kind, [left.output, right.output], { axis })) as Shape as D,
      init: (key) => [left.init(foldIn(0)(key)), right.init(foldIn(1)(key))],
      ...madeOf<readonly [Qs, Rs], readonly [Qs, Rs]>([left, right], ([l, r]) => ([p, q]) => (x) => {
        const [[y, afterLeft], [z, afterRight]] = [l(p)(first(x)), r(q)(second(x))]
        return [concat({ axis })([y, z]), [afterLeft, afterRight]]
      }),
    })
const whole = (x: Tensor): Tensor => x

/**
 * f and g beside each other on the same input, their results joined: x ↦ [f(x); g(x)].
 *
 * @shape  f: [...A] → [...B, M], g: [...A] → [...B, N]; parallel(f, g): [...A] → [...B, M + N]
 * @error  does not compile on other shapes: `parallel expects shapes that differ only along axis -1, receives [4, 4, 2] and [2, 2, 2]`;
 *         `ShapeError` at run time
 * @example
 * pipe(input(28, 28, 1), parallel(conv2d({ filters: 4, kernel: 1 }), conv2d({ filters: 8, kernel: 3, padding: 'same' }))) // [28, 28, 12]
 */
export const parallel = <
  A extends Shape,
  Qs extends readonly unknown[],
  B extends Shape,
  Rs extends readonly unknown[],
  C extends Shape,
  const Axis extends number = -1,
>(
  f: Block<Qs, A, B>,
  g: Block<Rs, A, C>,
  options: Partial<AlongAxis<Axis>> = {},
): Branching<A, readonly [Qs, Rs], JoinAlong<'parallel', B, C, Axis>, BothAlong<B, C, Axis>> => {
  const { axis } = optionsOf('parallel', alongAxisDefaults as AlongAxis<number>, options)
  return (before) => {
    const [left, right] = [startedFrom('parallel', f, before), startedFrom('parallel', g, before)]
    return branched<BothAlong<B, C, Axis>>('parallel', axis)(left, right, [whole, whole])(before)
  }
}

/**
 * f on the first `size` along an axis and g on the rest, their results joined: [x₁; x₂] ↦ [f(x₁); g(x₂)].
 *
 * @shape  f: [...A, size] → [...B, M], g: [...A, N − size] → [...B, K]; split(size)(f, g): [...A, N] → [...B, M + K]
 * @error  does not compile where nothing is left: `split expects fewer than all along axis -1 of [4], receives 4`, nor on results of
 *         other shapes; `ShapeError` at run time
 * @example
 * pipe(input(7), split(4)(flow(dense(8), relu), dense(2))) // [10]
 */
export const split = <const M extends number, const Axis extends number = -1>(size: M, options: Partial<AlongAxis<Axis>> = {}) => {
  const { axis } = optionsOf('split', alongAxisDefaults as AlongAxis<number>, options)
  orThrow(wantsSizes('split', [size], 1))
  return <A extends Shape, Qs extends readonly unknown[], B extends Shape, Rs extends readonly unknown[], C extends Shape>(
    f: Block<Qs, FirstAlong<A, M, Axis>, B>,
    g: Block<Rs, RestAlong<A, M, Axis>, C>,
  ): Branching<A, readonly [Qs, Rs], PartAlong<A, M, Axis> & JoinAlong<'split', B, C, Axis>, BothAlong<B, C, Axis>> =>
    (before) => {
      const all = outputOf('split', before)
      const rest = sizeAt(orThrow(joined('split', [all], { axis })), axis) - size
      if (rest < 1) throw new ShapeError(`split expects fewer than all along axis ${axis} of ${show(all)}, receives ${size}`)
      const beginning = <S extends Shape>(of: number): { readonly output: S } => identity(withSize(all, axis, of) as S)
      const left = startedFrom('split', f, beginning<FirstAlong<A, M, Axis>>(size))
      const right = startedFrom('split', g, beginning<RestAlong<A, M, Axis>>(rest))
      const parts = [part(axis, 0, size), part(axis, size, rest)] as const
      return branched<BothAlong<B, C, Axis>>('split', axis, { size })(left, right, parts)(before)
    }
}
