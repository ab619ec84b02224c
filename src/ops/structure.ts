/** Ops that move numbers without changing them. */

import { ShapeError, shown, ValueError, wantsList, wantsRecord } from '../error/index.js'
import type { ExpandAttributes, OverlapAttributes, PadAttributes, SliceAttributes, WindowsAttributes } from '../prim/index.js'
import { fixed, type Shape, sameShape, show } from '../shape/index.js'
import { wantsTensor } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { tensors } from './apply.js'
import type { Joined, Padded, Permuted, WithLast } from './shape-types.js'

type ShapesOf<Xs extends readonly Tensor[]> = { readonly [I in keyof Xs]: Xs[I]['shape'] }

/** The same numbers, row by row, in another shape. */
export const reshape = <const T extends Shape>(shape: T): ((x: Tensor) => Tensor<T>) => {
  const own = fixed({ shape })
  return (x) => tensors.reshape(x, own) as Tensor<T>
}
/** The last two axes, exchanged. */
export const transpose = <B extends Shape, M extends number, N extends number>(
  x: Tensor<readonly [...B, M, N]>,
): Tensor<readonly [...B, N, M]> => tensors.transpose(x, { axes: [-1, -2] }) as unknown as Tensor<readonly [...B, N, M]>
/** The trailing axes in another order, counted from the end: `permute([-1, -3, -2])`. */
export const permute = <const A extends Shape>(axes: A): (<S extends Shape>(x: Tensor<S>) => Tensor<Permuted<S, A>>) => {
  const own = fixed({ axes })
  return <S extends Shape>(x: Tensor<S>) => tensors.transpose(x, own) as Tensor<Permuted<S, A>>
}
/** A part of the trailing axes: `sizes` numbers from `starts` on. */
export const slice = <const A extends SliceAttributes>(
  attributes: A,
): (<S extends Shape>(x: Tensor<S>) => Tensor<WithLast<S, A['sizes']>>) => {
  const own = fixed(wantsRecord('slice', 'a record of attributes', attributes))
  return <S extends Shape>(x: Tensor<S>) => tensors.slice(x, own) as Tensor<WithLast<S, A['sizes']>>
}
/** The trailing axes with a value put before (`low`) and behind (`high`). */
export const pad = <const A extends PadAttributes>(
  attributes: A,
): (<S extends Shape>(x: Tensor<S>) => Tensor<Padded<S, A['low'], A['high']>>) => {
  const own = fixed(wantsRecord('pad', 'a record of attributes', attributes))
  return <S extends Shape>(x: Tensor<S>) => tensors.pad(x, own) as Tensor<Padded<S, A['low'], A['high']>>
}
/** Tensors one behind the other along an axis. */
export const concat = <const A extends number>(attributes: {
  readonly axis: A
}): (<const Xs extends readonly Tensor[]>(xs: Xs) => Tensor<Joined<ShapesOf<Xs>, A>>) => {
  const own = fixed(wantsRecord('concat', 'a record of attributes', attributes))
  return <const Xs extends readonly Tensor[]>(xs: Xs) =>
    tensors.concat(wantsList('concat', 'a list of tensors', xs), own) as Tensor<Joined<ShapesOf<Xs>, A>>
}
/** New axes at these positions of the result, along which the tensor is the same. This is the only broadcast. */
export const expand = (attributes: ExpandAttributes): ((x: Tensor) => Tensor) => {
  const own = fixed(wantsRecord('expand', 'a record of attributes', attributes))
  return (x) => tensors.expand(x, own)
}
/** A new first axis, along which the tensor is the same. */
export const expandFirst =
  <N extends number>(size: N) =>
  <S extends Shape>(x: Tensor<S>): Tensor<readonly [N, ...S]> =>
    tensors.expand(x, { axes: [-(wantsTensor('expandFirst', x).shape.length + 1)], sizes: [size] }) as unknown as Tensor<readonly [N, ...S]>
/** A new last axis, along which the tensor is the same. */
export const expandLast =
  <N extends number>(size: N) =>
  <S extends Shape>(x: Tensor<S>): Tensor<readonly [...S, N]> =>
    tensors.expand(x, { axes: [-1], sizes: [size] }) as unknown as Tensor<readonly [...S, N]>
/**
 * Tensors of one shape, as the entries of a new first axis.
 *
 * @shape  N times [...S] → [N, ...S]
 * @error  `ShapeError` if the shapes differ, `ValueError` for none
 */
export const stack = <const Xs extends readonly [Tensor, ...Tensor[]] | readonly Tensor[]>(
  xs: Xs,
): Tensor<readonly [Xs['length'], ...Xs[number]['shape']]> => {
  const all = wantsList('stack', 'a list of tensors', xs).map((x) => ({ x, shape: wantsTensor('stack', x).shape }))
  const [first] = all
  if (first === undefined) throw new ValueError({ who: 'stack', expected: 'at least one tensor', received: 'none' })
  const odd = all.find(({ shape }) => !sameShape(shape, first.shape))
  if (odd !== undefined) throw new ShapeError(`stack expects tensors of one shape, receives ${show(first.shape)} and ${show(odd.shape)}`)
  return tensors.concat(
    all.map(({ x, shape }) => tensors.reshape(x, { shape: [1, ...shape] })),
    { axis: -1 - first.shape.length },
  ) as unknown as Tensor<readonly [Xs['length'], ...Xs[number]['shape']]>
}
/**
 * One entry of the first axis, which goes away; −1 is the last.
 *
 * @shape  [N, ...S] → [...S]
 * @error  `ValueError` for an index that is not there
 * @example
 * pipe(matrix([[1, 2], [3, 4]]), at(1), toArray) // => Float32Array [3, 4]
 */
export const at =
  (index: number) =>
  <R extends Shape>(x: Tensor<readonly [number, ...R]>): Tensor<R> => {
    const [size = 0, ...rest] = wantsTensor('at', x).shape
    const from = index < 0 ? size + index : index
    if (!(Number.isInteger(from) && from >= 0 && from < size))
      throw new ValueError({ who: 'at', expected: `an index from ${-size} to ${size - 1}`, received: shown(index) })
    const row = tensors.slice(x, { starts: [from, ...rest.map(() => 0)], sizes: [1, ...rest] })
    return tensors.reshape(row, { shape: rest }) as unknown as Tensor<R>
  }
/** The rows of the first axis at these int32 indices. An index out of range gives zeros. */
export const takeRows =
  <N extends number>(indices: Tensor<readonly [N]>) =>
  <R extends Shape>(x: Tensor<readonly [number, ...R]>): Tensor<readonly [N, ...R]> =>
    tensors.gather(x, indices, { axis: -wantsTensor('takeRows', x).shape.length }) as unknown as Tensor<readonly [N, ...R]>
/** Along one axis, every window: the axis becomes two, which window and where in it. Its adjoint is `overlapAdd`. */
export const windows = (attributes: WindowsAttributes): ((x: Tensor) => Tensor) => {
  const own = fixed(wantsRecord('windows', 'a record of attributes', attributes))
  return (x) => tensors.windows(x, own)
}
/** Windows put back and added where they overlap. Its adjoint is `windows`. */
export const overlapAdd = (attributes: OverlapAttributes): ((x: Tensor) => Tensor) => {
  const own = fixed(wantsRecord('overlapAdd', 'a record of attributes', attributes))
  return (x) => tensors.overlapAdd(x, own)
}
