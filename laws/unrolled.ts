/** The loop by hand, on slices and stacks: the specification of `scan`. */
import { concat, reshape, slice } from '../src/ops/index.js'
import { leaves, mapTree, withLeaves } from '../src/params/index.js'
import { type Tensor, zeros } from '../src/tensor/index.js'
import type { Scan } from './arbitrary/loops.js'

/** The slices of a tensor along its first axis. */
export const slicesOf = (x: Tensor): readonly Tensor[] => {
  const shape = x.shape.slice(1)
  return Array.from({ length: x.shape[0] ?? 0 }, (_, i) =>
    reshape(shape)(slice({ starts: [i, ...shape.map(() => 0)], sizes: [1, ...shape] })(x)),
  )
}
/** Slices like `y`, one behind the other. */
export const stack = (y: Tensor, slices: readonly Tensor[]): Tensor =>
  slices.length === 0
    ? zeros([0, ...y.shape], y.precision)
    : concat({ axis: -(y.shape.length + 1) })(slices.map((x) => reshape([1, ...x.shape])(x)))

const unroll = (
  f: (carry: unknown, x: unknown) => readonly [unknown, unknown],
  reverse: boolean,
  carry: unknown,
  xs: unknown,
): readonly [unknown, unknown] => {
  const rows = leaves(xs).map(slicesOf)
  const length = rows[0]?.length ?? 0
  const order = Array.from({ length }, (_, i) => (reverse ? length - 1 - i : i))
  const at = (i: number): unknown =>
    withLeaves(
      xs,
      rows.map((row) => row[i] as Tensor),
    )
  const [last, made] = order.reduce<readonly [unknown, readonly (readonly [number, unknown])[]]>(
    ([state, ys], i) => {
      const [next, y] = f(state, at(i))
      return [next, [...ys, [i, y]]]
    },
    [carry, []],
  )
  const sample = f(carry, mapTree((x) => zeros(x.shape.slice(1), x.precision))(xs))[1]
  const inOrder = [...made].sort(([i], [j]) => i - j).map(([, y]) => leaves(y))
  return [
    last,
    withLeaves(
      sample,
      leaves(sample).map((y, j) =>
        stack(
          y,
          inOrder.map((row) => row[j] as Tensor),
        ),
      ),
    ),
  ]
}

/** The loop by hand, which is what `scan` means. */
export const unrolled = ((f: never, options: { readonly reverse?: boolean } = {}) =>
  (carry: unknown, xs: unknown) =>
    unroll(f, options.reverse === true, carry, xs)) as unknown as Scan
