/**
 * Examples of operands and attributes, for ops that are alike or one by one. The numbers keep away from kinks and the edges of
 * domains, where derivatives are a convention.
 */
import * as fc from 'fast-check'
import type { Attributes, Count, Operands, Prim, Prims } from '../../src/prim/index.js'
import type { Shape } from '../../src/shape/index.js'
import { type Precision, type Tensor, tensor } from '../../src/tensor/index.js'
import { moderate, shapeOf, tensorOf } from './tensors.js'

export interface Applied<N extends Count, A> {
  readonly operands: Operands<N, Tensor>
  readonly attributes: A
}
/** An op with operands and attributes that its rules accept. */
export type Application<K extends Prim> = Applied<Prims[K]['operands'], Attributes<K>>
export type Examples<K extends Prim> = fc.Arbitrary<Application<K>>

const shapes = shapeOf(0, 3)
export const unary = (numbers: fc.Arbitrary<number> = moderate(), precision: Precision = 'float64'): Examples<'neg'> =>
  shapes.chain((shape) => tensorOf(shape, numbers, precision)).map((x) => ({ operands: [x], attributes: null }))
export const binary = (x = moderate(), y = moderate(1 / 32), precision: Precision = 'float64'): Examples<'add'> =>
  shapes
    .chain((shape) => fc.tuple(tensorOf(shape, x, precision), tensorOf(shape, y, precision)))
    .map((operands) => ({ operands, attributes: null }))

/** Not near 0, where a quotient's third derivative outgrows the error model of a difference. */
export const denominator = moderate().map((x) => x + Math.sign(x) / 2)
export const word = fc.integer({ min: 0, max: 2 ** 32 - 1 })
export const truth = fc.integer({ min: 0, max: 1 })
export const shift: Examples<'shiftLeft'> = fc
  .tuple(
    shapes.chain((shape) => tensorOf(shape, word, 'uint32')),
    fc.integer({ min: 1, max: 31 }),
  )
  .map(([x, bits]) => ({ operands: [x], attributes: { bits } }))

/** An axis from the end, of a shape with at least one. */
const withAxis = (smallest = 1): fc.Arbitrary<readonly [Shape, number]> =>
  shapeOf(1, 3, smallest).chain((shape) => fc.integer({ min: -shape.length, max: -1 }).map((axis) => [shape, axis] as const))
/** All different, so that a maximum has one place. */
const distinct = (shape: Shape): fc.Arbitrary<Tensor> => {
  const size = shape.reduce((a, b) => a * b, 1)
  return fc
    .shuffledSubarray(
      Array.from({ length: size }, (_, i) => (i - size / 2) / 4),
      { minLength: size, maxLength: size },
    )
    .map((numbers) => tensor(shape, numbers, 'float64'))
}
export const along: Examples<'max'> = withAxis().chain(([shape, axis]) =>
  distinct(shape).map((x) => ({ operands: [x], attributes: { axis } })),
)
const axesOf = (rank: number, most = rank): fc.Arbitrary<readonly number[]> =>
  fc.subarray(
    Array.from({ length: rank }, (_, i) => i - rank),
    { maxLength: most },
  )

const dim = fc.integer({ min: 1, max: 3 })
export const matmul: Examples<'matmul'> = fc
  .tuple(shapeOf(0, 1), dim, fc.integer({ min: 0, max: 3 }), dim)
  .chain(([lead, m, k, n]) => fc.tuple(tensorOf([...lead, m, k], moderate()), tensorOf([...lead, k, n], moderate())))
  .map((operands) => ({ operands, attributes: null }))

export const reshape: Examples<'reshape'> = shapes.chain((shape) =>
  tensorOf(shape, moderate()).chain((x) =>
    fc
      .constantFrom<Shape>(shape, [...shape].reverse(), [shape.reduce((a, b) => a * b, 1)], [1, ...shape])
      .map((to) => ({ operands: [x] as const, attributes: { shape: to } })),
  ),
)
export const transpose: Examples<'transpose'> = shapeOf(1, 3).chain((shape) =>
  fc
    .tuple(
      tensorOf(shape, moderate()),
      fc.integer({ min: 1, max: shape.length }).chain((n) =>
        fc.shuffledSubarray(
          Array.from({ length: n }, (_, i) => i - n),
          { minLength: n, maxLength: n },
        ),
      ),
    )
    .map(([x, axes]) => ({ operands: [x] as const, attributes: { axes } })),
)
export const slice: Examples<'slice'> = shapes.chain((shape) =>
  fc
    .tuple(
      tensorOf(shape, moderate()),
      fc.tuple(
        ...shape.map((d) =>
          fc.integer({ min: 0, max: d }).chain((start) => fc.tuple(fc.constant(start), fc.integer({ min: 0, max: d - start }))),
        ),
      ),
      fc.integer({ min: 0, max: shape.length }),
    )
    .map(([x, parts, from]) => ({
      operands: [x] as const,
      attributes: { starts: parts.slice(from).map(([start]) => start), sizes: parts.slice(from).map(([, size]) => size) },
    })),
)
export const pad: Examples<'pad'> = shapes.chain((shape) =>
  fc
    .tuple(
      tensorOf(shape, moderate()),
      fc.tuple(...shape.map(() => fc.tuple(fc.nat(2), fc.nat(2)))),
      fc.integer({ min: 0, max: shape.length }),
      fc.constantFrom(0, -1.5),
    )
    .map(([x, parts, from, value]) => ({
      operands: [x] as const,
      attributes: { low: parts.slice(from).map(([low]) => low), high: parts.slice(from).map(([, high]) => high), value },
    })),
)
export const concat: Examples<'concat'> = withAxis().chain(([shape, axis]) =>
  fc
    .array(fc.nat(3), { minLength: 1, maxLength: 3 })
    .chain((widths) =>
      fc.tuple(
        ...widths.map((width) =>
          tensorOf(
            shape.map((d, i) => (i === shape.length + axis ? width : d)),
            moderate(),
          ),
        ),
      ),
    )
    .map((operands) => ({ operands, attributes: { axis } })),
)
export const expand: Examples<'expand'> = shapeOf(0, 2).chain((shape) =>
  fc.integer({ min: 0, max: 2 }).chain((n) =>
    fc
      .tuple(
        tensorOf(shape, moderate()),
        fc.subarray(
          Array.from({ length: shape.length + n }, (_, i) => i - shape.length - n),
          { minLength: n, maxLength: n },
        ),
        fc.array(fc.nat(3), { minLength: n, maxLength: n }),
      )
      .map(([x, axes, sizes]) => ({ operands: [x] as const, attributes: { axes, sizes } })),
  ),
)
const rows = fc.tuple(shapeOf(0, 1), dim, fc.integer({ min: 0, max: 3 }), shapeOf(0, 1))
/** Some indices have no row. */
const indices = (shape: Shape, size: number): fc.Arbitrary<Tensor> => tensorOf(shape, fc.integer({ min: -1, max: size }), 'int32')
export const gather: Examples<'gather'> = rows.chain(([lead, size, count, rest]) =>
  fc
    .tuple(tensorOf([...lead, size, ...rest], moderate()), indices([...lead, count], size))
    .map((operands) => ({ operands, attributes: { axis: -(rest.length + 1) } })),
)
export const scatterAdd: Examples<'scatterAdd'> = rows.chain(([lead, size, count, rest]) =>
  fc
    .tuple(tensorOf([...lead, count, ...rest], moderate()), indices([...lead, count], size))
    .map((operands) => ({ operands, attributes: { axis: -(rest.length + 1), size } })),
)

const cuts = fc.tuple(dim, dim, dim, fc.nat(4), shapeOf(0, 1), shapeOf(0, 1)).map(([size, stride, dilation, more, lead, rest]) => ({
  lead,
  rest,
  length: (size - 1) * dilation + 1 + more,
  cut: { axis: -(rest.length + 1), size, stride, dilation },
}))
export const windows: Examples<'windows'> = cuts.chain(({ lead, rest, length, cut }) =>
  tensorOf([...lead, length, ...rest], moderate()).map((x) => ({ operands: [x] as const, attributes: cut })),
)
export const overlapAdd: Examples<'overlapAdd'> = cuts.chain(({ lead, rest, length, cut }) => {
  const count = Math.floor((length - (cut.size - 1) * cut.dilation - 1) / cut.stride) + 1
  return tensorOf([...lead, count, cut.size, ...rest], moderate()).map((x) => ({ operands: [x] as const, attributes: { ...cut, length } }))
})
export const cast: Examples<'cast'> = fc
  .tuple(
    shapes.chain((shape) => tensorOf(shape, moderate())),
    fc.constantFrom<Precision>('float64', 'int32', 'uint32', 'bool'),
  )
  .map(([x, to]) => ({ operands: [x], attributes: { to } }))
export const select: Examples<'select'> = shapes
  .chain((shape) => fc.tuple(tensorOf(shape, truth, 'bool'), tensorOf(shape, moderate()), tensorOf(shape, moderate())))
  .map((operands) => ({ operands, attributes: null }))
export const sum: Examples<'sum'> = shapeOf(0, 3, 0).chain((shape) =>
  fc.tuple(tensorOf(shape, moderate()), axesOf(shape.length)).map(([x, axes]) => ({ operands: [x] as const, attributes: { axes } })),
)
