/** Ways to break an op, or all that an engine gives back: each takes the right numbers to wrong ones. */
import type { Engine } from '../../../src/engine/index.js'
import { reference } from '../../../src/engine/reference/index.js'
import type { ApplyTo } from '../../../src/ops/algebra.js'
import { apply } from '../../../src/ops/apply.js'
import type { Prim } from '../../../src/prim/index.js'
import type { Shape } from '../../../src/shape/index.js'
import { type Tensor, tensor, toArray } from '../../../src/tensor/index.js'

export interface Mutation {
  readonly what: string
  readonly change: (
    y: Tensor,
    xs: readonly Tensor[],
    again: (xs: readonly Tensor[], attributes: unknown) => Tensor,
    attributes: unknown,
  ) => Tensor
}

/** The numbers of a tensor changed one by one, in its shape and precision. */
export const numbers = (y: Tensor, f: (value: number, i: number) => number): Tensor =>
  tensor(y.shape, Array.from(toArray(y), f), y.precision)
const first = (xs: readonly Tensor[]) => {
  const [x] = xs
  const values = x === undefined ? [] : Array.from(toArray(x))
  return (i: number): number => values[i] ?? 0
}

export const oneMinus: Mutation = {
  what: 'answers 1 less its first operand',
  change: (y, xs) => numbers(y, (_, i) => 1 - first(xs)(i)),
}
export const answersFirst: Mutation = { what: 'answers its first operand', change: (y, xs) => numbers(y, (_, i) => first(xs)(i)) }
export const answersSecond: Mutation = {
  what: 'answers its second operand',
  change: (y, xs) => numbers(y, (_, i) => first(xs.slice(1))(i)),
}
export const plusFirst: Mutation = { what: 'adds its first operand once more', change: (y, xs) => numbers(y, (v, i) => v + first(xs)(i)) }
export const negated: Mutation = { what: 'has its sign flipped', change: (y) => numbers(y, (v) => -v) }
export const lastOff: Mutation = {
  what: 'is off by one in its last number',
  change: (y) => {
    const { length } = toArray(y)
    return numbers(y, (v, i) => (i === length - 1 ? v + 1 : v))
  },
}
export const secondOff: Mutation = {
  what: 'is off by one in its second number',
  change: (y) => numbers(y, (v, i) => (i === 1 ? v + 1 : v)),
}
export const oneBitMore: Mutation = {
  what: 'moves by one bit more',
  change: (_, xs, again, attributes) => again(xs, { bits: (attributes as { readonly bits: number }).bits + 1 }),
}
export const lastOfSeveral: Mutation = {
  what: 'finds the last of several equal maxima',
  change: (y, xs, again, attributes) => {
    const [x] = xs
    const size = x?.shape.at(-1) ?? 0
    return x === undefined || x.shape.length !== 1
      ? y
      : numbers(again([tensor(x.shape, Array.from(toArray(x)).reverse(), x.precision)], attributes), (at) => size - 1 - at)
  },
}

/** The library's ops, one of them broken. */
export const breaking =
  (broken: Prim, { change }: Mutation): ApplyTo<Tensor> =>
  (prim, operands, attributes) => {
    const y = apply(prim, operands, attributes)
    const again = (xs: readonly Tensor[], a: unknown): Tensor => apply(prim, xs as unknown as typeof operands, a as typeof attributes)
    return prim === broken ? change(y, operands as readonly Tensor[], again, attributes) : y
  }

/** The reference engine, giving back something else. */
export const giving = (name: string, change: (y: Tensor) => Tensor): Engine => ({
  name,
  prepare: (program) => {
    const run = reference.prepare(program)
    return (inputs) => run(inputs).map(change)
  },
})
export const reshaped = (y: Tensor): Tensor => tensor([1, ...y.shape] as Shape, toArray(y), y.precision)
