/**
 * Batching is a transformation: a function of one example is traced on its own shapes, and its graph replayed with a
 * leading axis by each row's rule. Nothing broadcasts by itself, so `x − mean(x)` means the same for any number of examples.
 *
 *     batched(f)(x)[i] = f(x[i])
 */
import { ShapeError } from '../error/index.js'
import { apply, tensors } from '../ops/apply.js'
import type { Lifted, Row, TensorType } from '../ops/row.js'
import { table } from '../ops/table.js'
import { leavesWithPaths, mapTree } from '../params/index.js'
import { mapOperands, operandsFor, type Prim } from '../prim/index.js'
import { type Shape, show } from '../shape/index.js'
import { tensorOf } from '../tensor/expression.js'
import { type Apply, type Node, nodeOf, placeholder } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { lead } from './lead.js'
import { liftLoop } from './loop-batched.js'
import { again } from './replay.js'
import { trace } from './trace.js'
import { eachLoop, foldUp } from './walk.js'

/** Every tensor with a leading axis of examples. */
export type BatchOf<T, N extends number = number> =
  T extends Tensor<infer S> ? Tensor<readonly [N, ...S]> : { readonly [K in keyof T]: BatchOf<T[K], N> }

const lift = <K extends Prim>(node: Apply<K>, of: (x: Tensor) => Lifted<Tensor>, size: number): Lifted<Tensor> => {
  const operands = node.operands.map(of)
  if (!operands.some((x) => x.batched)) return { value: again(node, (x) => of(x).value), batched: false }
  const row: Row<K> = table[node.prim]
  const types = operandsFor<K, TensorType>(node.prim, node.operands)
  const value = row.batch
    ? row.batch(tensors, operandsFor(node.prim, operands), size, node.attributes, types)
    : apply(
        node.prim,
        mapOperands(node.prim, operands, (x) => lead(x, size)),
        node.attributes,
      )
  return { value, batched: true }
}

/** The tensors of a graph under batching, when some of its nodes are given. */
const liftAll =
  (size: number) =>
  (given: ReadonlyMap<Node, Lifted<Tensor>>): ((x: Tensor) => Lifted<Tensor>) => {
    const projected = eachLoop(liftLoop(size, liftAll(size)))
    return foldUp<Lifted<Tensor>>((node, of) => {
      if (node.kind === 'projection') return projected(node, of)
      return node.kind === 'apply' ? lift(node, of, size) : { value: tensorOf(node), batched: false }
    }, given)
  }

const batchSize = (args: unknown): number => {
  const all = leavesWithPaths(args, 'batched')
  const [first] = all
  if (first === undefined) throw new ShapeError('batched expects at least one tensor, receives none')
  const size = first.tensor.shape[0]
  const odd = all.find(({ tensor }) => tensor.shape.length === 0 || tensor.shape[0] !== size)
  if (odd !== undefined || size === undefined)
    throw new ShapeError(
      `batched expects one number of examples along every first axis, receives ${all.map(({ tensor }) => show(tensor.shape)).join(' and ')}`,
    )
  return size
}

/**
 * `f` over many examples at once: every tensor of its arguments and of its result has a leading axis.
 *
 * @shape  f: [...S] → [...T]; batched(f): [B, ...S] → [B, ...T]
 * @error  `ShapeError` if the arguments do not agree in B
 * @example
 * batched((x: Vector<3>) => sub(mean(-1)(x))(x))
 */
export const batched =
  <A extends readonly unknown[], R>(f: (...args: A) => R) =>
  <N extends number>(...args: BatchOf<A, N>): BatchOf<R, N> => {
    const size = batchSize(args)
    const unbatched = mapTree((x, path) => placeholder(x.shape.slice(1) as Shape, x.precision, path))(args) as unknown as A
    const { inputs, outputs, rebuild } = trace((a: A) => f(...a), 'batched')(unbatched)
    const given = new Map(leavesWithPaths(args).map(({ tensor }, i) => [nodeOf(inputs[i] as Tensor), { value: tensor, batched: true }]))
    const lifted = liftAll(size)(given)
    return rebuild(outputs.map((output) => lead(lifted(output), size))) as unknown as BatchOf<R, N>
  }
