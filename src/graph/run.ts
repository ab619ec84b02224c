/**
 * A loop over literals, computed: its body evaluated once for every slice, bit for bit what the same loop by hand would give.
 */
import { tensors } from '../ops/apply.js'
import { uniform } from '../tensor/buffer.js'
import { type Loop, type Node, nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { mapAccumulate } from './walk.js'

export type Bindings = ReadonlyMap<Node, Tensor>

/** Placeholders bound to tensors, in order. */
export const bind = (placeholders: readonly Tensor[], values: readonly Tensor[]): Bindings =>
  new Map(placeholders.map((p, i) => [nodeOf(p), values[i] as Tensor]))

/** The slice at a position along the first axis. */
const sliceAt =
  (position: number) =>
  (x: Tensor): Tensor => {
    const shape = x.shape.slice(1)
    const row = tensors.slice(x, { starts: [position, ...shape.map(() => 0)], sizes: [1, ...shape] })
    return tensors.reshape(row, { shape })
  }

/** Slices like `y`, side by side along a new first axis. */
const stacked = (y: Tensor, slices: readonly Tensor[]): Tensor =>
  slices.length === 0
    ? uniform([0, ...y.shape], y.precision, 0)
    : tensors.concat(
        slices.map((x) => tensors.reshape(x, { shape: [1, ...x.shape] })),
        { axis: -(y.shape.length + 1) },
      )

/** The results of a loop, given how a graph is evaluated when its placeholders are bound. */
export const run =
  (evaluate: (bindings: Bindings) => (x: Tensor) => Tensor) =>
  ({ length, reverse, carry, xs, constants, body }: Loop): readonly Tensor[] => {
    const inputs = [...body.constants, ...body.carry, ...body.xs]
    const [last, slices] = mapAccumulate(length, reverse, carry, (now, position) => {
      const of = evaluate(bind(inputs, [...constants, ...now, ...xs.map(sliceAt(position))]))
      return [body.nextCarry.map(of), body.ys.map(of)] as const
    })
    return [
      ...last,
      ...body.ys.map((y, i) =>
        stacked(
          y,
          slices.map((row) => row[i] as Tensor),
        ),
      ),
    ]
  }
