/**
 * The linear ops and their adjoints: ⟨A x, y⟩ = ⟨x, Aᵀ y⟩, on whole numbers, so that both sides are the same number. What a
 * pullback sends back is Aᵀ; here the pairs are declared, and asked of the ops themselves.
 */
import { type Attributes, type AxesAttributes, type Prim, sizeAt } from '../../src/prim/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import * as examples from '../arbitrary/operands.js'
import { near } from '../compare.js'
import { law } from '../law.js'
import type { Evaluation } from './evaluation.js'
import { innerProduct, type Linear, whole } from './examples.js'
import type { Property } from './properties.js'

/** The permutation that undoes one, both counted from the end. */
export const inversePermutation = ({ axes }: AxesAttributes): AxesAttributes => ({
  axes: axes.map((_, i) => axes.indexOf(i - axes.length) - axes.length),
})

type Transposed<K extends Prim> = (o: Evaluation['o'], example: Linear<K> & { readonly x: Tensor }) => readonly Tensor[]

/** Over all operands through which the op is linear: as many as `transposed` answers. */
const adjoint = <K extends Prim>(name: K, tried: examples.Examples<K>, to: string, transposed: Transposed<K>): Property => {
  const property: Property = (prim, by) =>
    law(
      { name: `algebra.${prim}.adjoint`, statement: `⟨${name} x, y⟩ = ⟨x, ${to} y⟩`, source: 'Goodfellow et al. (2016) §6.5.2' },
      whole(name, tried, by.float),
      ({ operands, attributes, y }) => {
        const [x] = operands
        if (x === undefined) return
        const back = transposed(by.o, { operands, attributes, y, x })
        const left = innerProduct(by.run(prim, operands, attributes), y)
        const right = back.reduce((sum, dx, i) => sum + innerProduct(operands[i] ?? x, dx), 0)
        near('⟨A x, y⟩ against ⟨x, Aᵀ y⟩', left, right, 0)
      },
    )
  return property
}

const trailing = ({ shape }: Tensor, count: number): readonly number[] => shape.slice(shape.length - count)

export const adjoints = {
  reshape: adjoint('reshape', examples.reshape, 'reshape back', (o, { y, x }) => [o.reshape(y, { shape: x.shape })]),
  transpose: adjoint('transpose', examples.transpose, 'transpose back', (o, { y, attributes }) => [
    o.transpose(y, inversePermutation(attributes)),
  ]),
  slice: adjoint('slice', examples.slice, 'pad', (o, { y, x, attributes: { starts, sizes } }) => {
    const high = trailing(x, sizes.length).map((d, i) => d - (starts[i] ?? 0) - (sizes[i] ?? 0))
    return [o.pad(y, { low: starts, high, value: 0 })]
  }),
  concat: adjoint('concat', examples.concat, 'slices', (o, { operands, y, attributes: { axis } }) =>
    operands.map(({ shape }, which) => {
      const before = operands.slice(0, which).reduce((sum, other) => sum + sizeAt(other.shape, axis), 0)
      const sizes = shape.slice(axis)
      return o.slice(y, { starts: sizes.map((_, i) => (i === 0 ? before : 0)), sizes })
    }),
  ),
  expand: adjoint('expand', examples.expand, 'sum', (o, { y, attributes: { axes } }) => [o.sum(y, { axes })]),
  sum: adjoint('sum', examples.sum, 'expand', (o, { y, x, attributes: { axes } }) => [
    o.expand(y, { axes, sizes: axes.map((axis) => sizeAt(x.shape, axis)) }),
  ]),
  gather: adjoint('gather', examples.gather, 'scatterAdd', (o, { operands: [, at], y, x, attributes: { axis } }) => [
    o.scatterAdd(y, at ?? x, { axis, size: sizeAt(x.shape, axis) }),
  ]),
  scatterAdd: adjoint('scatterAdd', examples.scatterAdd, 'gather', (o, { operands: [, at], y, x, attributes: { axis } }) => [
    o.gather(y, at ?? x, { axis }),
  ]),
  windows: adjoint('windows', examples.windows, 'overlapAdd', (o, { y, x, attributes }) => [
    o.overlapAdd(y, { ...attributes, length: sizeAt(x.shape, attributes.axis) }),
  ]),
  overlapAdd: adjoint('overlapAdd', examples.overlapAdd, 'windows', (o, { y, attributes: { length: _, ...cut } }) => [
    o.windows(y, cut satisfies Attributes<'windows'>),
  ]),
  matmul: adjoint('matmul', examples.matmul, 'matmul by the transposed', (o, { operands: [, w], y, x }) => [
    o.matmul(y, o.transpose(w ?? x, { axes: [-1, -2] })),
  ]),
}
