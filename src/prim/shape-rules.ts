/** The shape rule of every op: the shape of its result, or the sentence that says why there is none. */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { ShapeError } from '../error/index.js'
import { fixed, isSize, type Shape, sameShape, show, sizeOf } from '../shape/index.js'
import { sizeAt, withAxes, withoutAxes, withSize } from './axes.js'
import type { Attributes, Axes, AxisAttributes, Count, Operands, Prim, Prims } from './prim.js'

type Rule<N extends Count, A> = (shapes: Operands<N, Shape>, attributes: A) => Either<ShapeError, Shape>
export type ShapeRule<K extends Prim> = Rule<Prims[K]['operands'], Attributes<K>>

const wrong = (message: string): Either<ShapeError, never> => left(new ShapeError(message))

const hasAxes = (who: string, shape: Shape, axes: Axes): Either<ShapeError, Shape> =>
  axes.every((axis) => Number.isInteger(axis) && axis < 0 && axis >= -shape.length) && new Set(axes).size === axes.length
    ? right(shape)
    : wrong(`${who} expects distinct axes from -${shape.length} to -1, receives ${show(axes)}; its operand is ${show(shape)}`)

const chain = (first: Either<ShapeError, Shape>, then: (shape: Shape) => Either<ShapeError, Shape>): Either<ShapeError, Shape> =>
  isLeft(first) ? first : then(first.right)

const keep = ([x]: readonly [Shape]): Either<ShapeError, Shape> => right(x)
const agree =
  (who: string): Rule<2, null> =>
  ([x, y]) =>
    sameShape(x, y) ? right(x) : wrong(`${who} expects equal shapes, receives ${show(x)} and ${show(y)}; expand one of them`)

const sum: ShapeRule<'sum'> = ([x], { axes }) => chain(hasAxes('sum', x, axes), () => right(withoutAxes(x, axes)))
const alongAxis =
  (who: string): Rule<1, AxisAttributes> =>
  ([x], { axis }) =>
    chain(hasAxes(who, x, [axis]), () =>
      sizeAt(x, axis) > 0
        ? right(withoutAxes(x, [axis]))
        : wrong(`${who} expects at least one element along axis ${axis}, receives ${show(x)}`),
    )

const matmul: ShapeRule<'matmul'> = ([x, w]) =>
  x.length >= 2 && x.length === w.length && sameShape(x.slice(0, -2), w.slice(0, -2)) && x.at(-1) === w.at(-2)
    ? right([...x.slice(0, -1), sizeAt(w, -1)])
    : wrong(`matmul expects [..., M, K] and [..., K, N], receives ${show(x)} and ${show(w)}`)

const reshape: ShapeRule<'reshape'> = ([x], { shape }) =>
  shape.every(isSize) && sizeOf(shape) === sizeOf(x)
    ? right(shape)
    : wrong(`reshape expects a shape of ${sizeOf(x)} elements, receives ${show(shape)}`)

const transpose: ShapeRule<'transpose'> = ([x], { axes }) =>
  chain(hasAxes('transpose', x, axes), () =>
    axes.every((axis) => axis >= -axes.length)
      ? right([...x.slice(0, x.length - axes.length), ...axes.map((axis) => sizeAt(x, axis))])
      : wrong(`transpose expects a permutation of its trailing axes, receives ${show(axes)}`),
  )

const slice: ShapeRule<'slice'> = ([x], { starts, sizes }) => {
  const trailing = x.slice(x.length - sizes.length)
  return starts.length === sizes.length &&
    sizes.length <= x.length &&
    trailing.every((d, i) => isSize(starts[i] ?? -1) && isSize(sizes[i] ?? -1) && (starts[i] ?? 0) + (sizes[i] ?? 0) <= d)
    ? right([...x.slice(0, x.length - sizes.length), ...sizes])
    : wrong(`slice expects starts and sizes inside ${show(x)}, receives ${show(starts)} and ${show(sizes)}`)
}

const pad: ShapeRule<'pad'> = ([x], { low, high }) =>
  low.length === high.length && low.length <= x.length && [...low, ...high].every(isSize)
    ? right(x.map((d, i) => d + (low[i - x.length + low.length] ?? 0) + (high[i - x.length + high.length] ?? 0)))
    : wrong(`pad expects whole sizes for at most ${x.length} axes, receives ${show(low)} and ${show(high)}`)

const concat: ShapeRule<'concat'> = (shapes, { axis }) => {
  const [first] = shapes
  if (first === undefined) return wrong('concat expects at least one operand, receives none')
  return chain(hasAxes('concat', first, [axis]), () =>
    shapes.every((s) => s.length === first.length && sameShape(withSize(s, axis, 0), withSize(first, axis, 0)))
      ? right(
          withSize(
            first,
            axis,
            shapes.reduce((total, s) => total + sizeAt(s, axis), 0),
          ),
        )
      : wrong(`concat expects shapes that differ only along axis ${axis}, receives ${shapes.map(show).join(' and ')}`),
  )
}

const expand: ShapeRule<'expand'> = ([x], { axes, sizes }) => {
  const rank = x.length + axes.length
  return axes.length === sizes.length && sizes.every(isSize) && new Set(axes).size === axes.length && axes.every((a) => a < 0 && a >= -rank)
    ? right(withAxes(x, axes, sizes))
    : wrong(`expand expects distinct axes from -${rank} to -1 with whole sizes, receives ${show(axes)} and ${show(sizes)}`)
}

/** x [...B, N, ...R] with N at `axis`, indices [...B, K] → [...B, K, ...R] */
const gather: ShapeRule<'gather'> = ([x, i], { axis }) =>
  chain(hasAxes('gather', x, [axis]), () =>
    sameShape(x.slice(0, axis), i.slice(0, -1)) && i.length > 0
      ? right([...i, ...(axis === -1 ? [] : x.slice(axis + 1))])
      : wrong(`gather expects [..., N, ...rest] and indices [..., K], receives ${show(x)} and ${show(i)}`),
  )

/** dy [...B, K, ...R] with K at `axis`, indices [...B, K] → [...B, size, ...R] */
const scatterAdd: ShapeRule<'scatterAdd'> = ([dy, i], { axis, size }) =>
  chain(hasAxes('scatterAdd', dy, [axis]), () =>
    isSize(size) && sameShape(axis === -1 ? dy : dy.slice(0, axis + 1), i)
      ? right(withSize(dy, axis, size))
      : wrong(`scatterAdd expects [..., K, ...rest] and indices [..., K], receives ${show(dy)} and ${show(i)}`),
  )

const reach = ({ size, dilation }: Attributes<'windows'>): number => (size - 1) * dilation + 1

/** x [..., N at axis, ...] → [..., count, size, ...]: the axis becomes two, which window and where in it */
const windows: ShapeRule<'windows'> = ([x], a) =>
  chain(hasAxes('windows', x, [a.axis]), () => {
    const count = Math.floor((sizeAt(x, a.axis) - reach(a)) / a.stride) + 1
    return [a.size, a.stride, a.dilation].every((n) => isSize(n) && n > 0) && count >= 1
      ? right([...x.slice(0, a.axis), count, a.size, ...(a.axis === -1 ? [] : x.slice(a.axis + 1))])
      : wrong(`windows: a window of ${reach(a)} does not fit ${show(x)} along axis ${a.axis}`)
  })

/** dy [..., count, size, ...] → [..., length, ...], the adjoint of `windows` */
const overlapAdd: ShapeRule<'overlapAdd'> = ([dy], a) => {
  const rest = a.axis === -1 ? [] : dy.slice(a.axis + 1)
  const lead = dy.slice(0, dy.length - rest.length - 2)
  const count = Math.floor((a.length - reach(a)) / a.stride) + 1
  return dy.length >= rest.length + 2 && dy.at(-rest.length - 1) === a.size && dy.at(-rest.length - 2) === count
    ? right([...lead, a.length, ...rest])
    : wrong(`overlapAdd expects [..., ${count}, ${a.size}, ...], receives ${show(dy)}`)
}

export const shapeRules: { readonly [K in Prim]: ShapeRule<K> } = fixed({
  neg: keep,
  abs: keep,
  sign: keep,
  exp: keep,
  expm1: keep,
  log: keep,
  log1p: keep,
  sqrt: keep,
  sin: keep,
  cos: keep,
  tanh: keep,
  sigmoid: keep,
  softplus: keep,
  floor: keep,
  stopGradient: keep,
  not: keep,
  shiftLeft: keep,
  shiftRight: keep,
  rotateLeft: keep,
  cast: keep,
  add: agree('add'),
  sub: agree('sub'),
  mul: agree('mul'),
  div: agree('div'),
  pow: agree('pow'),
  maximum: agree('maximum'),
  minimum: agree('minimum'),
  less: agree('less'),
  lessEqual: agree('lessEqual'),
  equal: agree('equal'),
  and: agree('and'),
  or: agree('or'),
  xor: agree('xor'),
  select: ([c, x, y]) =>
    sameShape(c, x) && sameShape(x, y)
      ? right(x)
      : wrong(`select expects equal shapes, receives ${show(c)}, ${show(x)} and ${show(y)}; expand some of them`),
  sum,
  max: alongAxis('max'),
  argMax: alongAxis('argMax'),
  matmul,
  reshape,
  transpose,
  slice,
  pad,
  concat,
  expand,
  gather,
  scatterAdd,
  windows,
  overlapAdd,
})
