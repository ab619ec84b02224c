/** The rules of shapes: each for the ops that share it. */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { ShapeError } from '../error/index.js'
import { isSize, type Shape, sameShape, show, sizeOf } from '../shape/index.js'
import type {
  Axes,
  AxesAttributes,
  AxisAttributes,
  ExpandAttributes,
  OverlapAttributes,
  PadAttributes,
  ReshapeAttributes,
  ScatterAttributes,
  SliceAttributes,
  WindowsAttributes,
} from './attributes.js'
import { sizeAt, withAxes, withoutAxes, withSize } from './axes.js'
import type { ShapeRule } from './signature.js'

const wrong = (message: string): Either<ShapeError, never> => left(new ShapeError(message))

const hasAxes = (who: string, shape: Shape, axes: Axes): Either<ShapeError, Shape> =>
  axes.every((axis) => Number.isInteger(axis) && axis < 0 && axis >= -shape.length) && new Set(axes).size === axes.length
    ? right(shape)
    : wrong(`${who} expects distinct axes from -${shape.length} to -1, receives ${show(axes)}; its operand is ${show(shape)}`)

const chain = (first: Either<ShapeError, Shape>, then: (shape: Shape) => Either<ShapeError, Shape>): Either<ShapeError, Shape> =>
  isLeft(first) ? first : then(first.right)

/** The shape of the one operand. */
export const keep: ShapeRule<1, unknown> = (_, [x]) => right(x)
/** The one shape of two operands. */
export const agree: ShapeRule<2, null> = (who, [x, y]) =>
  sameShape(x, y) ? right(x) : wrong(`${who} expects equal shapes, receives ${show(x)} and ${show(y)}; expand one of them`)
/** The one shape of a condition and two branches. */
export const choose: ShapeRule<3, null> = (who, [c, x, y]) =>
  sameShape(c, x) && sameShape(x, y)
    ? right(x)
    : wrong(`${who} expects equal shapes, receives ${show(c)}, ${show(x)} and ${show(y)}; expand some of them`)

export const sum: ShapeRule<1, AxesAttributes> = (who, [x], { axes }) => chain(hasAxes(who, x, axes), () => right(withoutAxes(x, axes)))
export const alongAxis: ShapeRule<1, AxisAttributes> = (who, [x], { axis }) =>
  chain(hasAxes(who, x, [axis]), () =>
    sizeAt(x, axis) > 0
      ? right(withoutAxes(x, [axis]))
      : wrong(`${who} expects at least one element along axis ${axis}, receives ${show(x)}`),
  )

export const matmul: ShapeRule<2, null> = (who, [x, w]) =>
  x.length >= 2 && x.length === w.length && sameShape(x.slice(0, -2), w.slice(0, -2)) && x.at(-1) === w.at(-2)
    ? right([...x.slice(0, -1), sizeAt(w, -1)])
    : wrong(`${who} expects [..., M, K] and [..., K, N], receives ${show(x)} and ${show(w)}`)

export const reshape: ShapeRule<1, ReshapeAttributes> = (who, [x], { shape }) =>
  shape.every(isSize) && sizeOf(shape) === sizeOf(x)
    ? right(shape)
    : wrong(`${who} expects a shape of ${sizeOf(x)} elements, receives ${show(shape)}`)

export const transpose: ShapeRule<1, AxesAttributes> = (who, [x], { axes }) =>
  chain(hasAxes(who, x, axes), () =>
    axes.every((axis) => axis >= -axes.length)
      ? right([...x.slice(0, x.length - axes.length), ...axes.map((axis) => sizeAt(x, axis))])
      : wrong(`${who} expects a permutation of its trailing axes, receives ${show(axes)}`),
  )

export const slice: ShapeRule<1, SliceAttributes> = (who, [x], { starts, sizes }) => {
  const trailing = x.slice(x.length - sizes.length)
  return starts.length === sizes.length &&
    sizes.length <= x.length &&
    trailing.every((d, i) => isSize(starts[i] ?? -1) && isSize(sizes[i] ?? -1) && (starts[i] ?? 0) + (sizes[i] ?? 0) <= d)
    ? right([...x.slice(0, x.length - sizes.length), ...sizes])
    : wrong(`${who} expects starts and sizes inside ${show(x)}, receives ${show(starts)} and ${show(sizes)}`)
}

export const pad: ShapeRule<1, PadAttributes> = (who, [x], { low, high }) =>
  low.length === high.length && low.length <= x.length && [...low, ...high].every(isSize)
    ? right(x.map((d, i) => d + (low[i - x.length + low.length] ?? 0) + (high[i - x.length + high.length] ?? 0)))
    : wrong(`${who} expects whole sizes for at most ${x.length} axes, receives ${show(low)} and ${show(high)}`)

export const concat: ShapeRule<'any', AxisAttributes> = (who, shapes, { axis }) => {
  const [first] = shapes
  if (first === undefined) return wrong(`${who} expects at least one operand, receives none`)
  return chain(hasAxes(who, first, [axis]), () =>
    shapes.every((s) => s.length === first.length && sameShape(withSize(s, axis, 0), withSize(first, axis, 0)))
      ? right(
          withSize(
            first,
            axis,
            shapes.reduce((total, s) => total + sizeAt(s, axis), 0),
          ),
        )
      : wrong(`${who} expects shapes that differ only along axis ${axis}, receives ${shapes.map(show).join(' and ')}`),
  )
}

export const expand: ShapeRule<1, ExpandAttributes> = (who, [x], { axes, sizes }) => {
  const rank = x.length + axes.length
  return axes.length === sizes.length && sizes.every(isSize) && new Set(axes).size === axes.length && axes.every((a) => a < 0 && a >= -rank)
    ? right(withAxes(x, axes, sizes))
    : wrong(`${who} expects distinct axes from -${rank} to -1 with whole sizes, receives ${show(axes)} and ${show(sizes)}`)
}

/** x [...B, N, ...R] with N at `axis`, indices [...B, K] → [...B, K, ...R] */
export const gather: ShapeRule<2, AxisAttributes> = (who, [x, i], { axis }) =>
  chain(hasAxes(who, x, [axis]), () =>
    sameShape(x.slice(0, axis), i.slice(0, -1)) && i.length > 0
      ? right([...i, ...(axis === -1 ? [] : x.slice(axis + 1))])
      : wrong(`${who} expects [..., N, ...rest] and indices [..., K], receives ${show(x)} and ${show(i)}`),
  )

/** dy [...B, K, ...R] with K at `axis`, indices [...B, K] → [...B, size, ...R] */
export const scatterAdd: ShapeRule<2, ScatterAttributes> = (who, [dy, i], { axis, size }) =>
  chain(hasAxes(who, dy, [axis]), () =>
    isSize(size) && sameShape(axis === -1 ? dy : dy.slice(0, axis + 1), i)
      ? right(withSize(dy, axis, size))
      : wrong(`${who} expects [..., K, ...rest] and indices [..., K], receives ${show(dy)} and ${show(i)}`),
  )

const reach = ({ size, dilation }: WindowsAttributes): number => (size - 1) * dilation + 1

/** x [..., N at axis, ...] → [..., count, size, ...]: the axis becomes two, which window and where in it */
export const windows: ShapeRule<1, WindowsAttributes> = (who, [x], a) =>
  chain(hasAxes(who, x, [a.axis]), () => {
    const count = Math.floor((sizeAt(x, a.axis) - reach(a)) / a.stride) + 1
    return [a.size, a.stride, a.dilation].every((n) => isSize(n) && n > 0) && count >= 1
      ? right([...x.slice(0, a.axis), count, a.size, ...(a.axis === -1 ? [] : x.slice(a.axis + 1))])
      : wrong(`${who}: a window of ${reach(a)} does not fit ${show(x)} along axis ${a.axis}`)
  })

/** dy [..., count, size, ...] → [..., length, ...], the adjoint of `windows` */
export const overlapAdd: ShapeRule<1, OverlapAttributes> = (who, [dy], a) => {
  const rest = a.axis === -1 ? [] : dy.slice(a.axis + 1)
  const lead = dy.slice(0, dy.length - rest.length - 2)
  const count = Math.floor((a.length - reach(a)) / a.stride) + 1
  return dy.length >= rest.length + 2 && dy.at(-rest.length - 1) === a.size && dy.at(-rest.length - 2) === count
    ? right([...lead, a.length, ...rest])
    : wrong(`${who} expects [..., ${count}, ${a.size}, ...], receives ${show(dy)}`)
}
