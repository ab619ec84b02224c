/** Programs and tensors as data that may go to another thread: no functions, no classes, numbers as typed arrays. */
import { type Program, pruned } from '../../../src/graph/index.js'
import { results } from '../../../src/graph/replay.js'
import { topological } from '../../../src/graph/walk.js'
import { apply } from '../../../src/ops/apply.js'
import type { OperandsOf, Precision, Prim } from '../../../src/prim/index.js'
import type { Shape } from '../../../src/shape/index.js'
import { type Node, nodeOf, placeholder, type Tensor, tensor, toArray } from '../../../src/tensor/index.js'
import { Loop } from '../../../src/tensor/node.js'

export interface WiredTensor {
  readonly shape: Shape
  readonly precision: Precision
  readonly numbers: ArrayLike<number>
}
/** Tensors by their place among the nodes, operands first. */
type Places = readonly number[]
interface WiredLoop {
  readonly length: number
  readonly reverse: boolean
  readonly carry: Places
  readonly xs: Places
  readonly constants: Places
  readonly body: WiredProgram
}
type WiredNode =
  | ({ readonly kind: 'literal' } & WiredTensor)
  | { readonly kind: 'placeholder'; readonly shape: Shape; readonly precision: Precision; readonly name: string }
  | { readonly kind: 'apply'; readonly prim: Prim; readonly operands: Places; readonly attributes: unknown }
  | { readonly kind: 'projection'; readonly loop: number; readonly index: number }
export interface WiredProgram {
  readonly nodes: readonly WiredNode[]
  readonly loops: readonly WiredLoop[]
  readonly inputs: Places
  readonly outputs: Places
}

export const toWire = (x: Tensor): WiredTensor => ({ shape: [...x.shape], precision: x.precision, numbers: toArray(x) })
export const fromWire = ({ shape, precision, numbers }: WiredTensor): Tensor => tensor(shape, numbers, precision)

/** A derivative of a loop's own is no part of what the loop computes, and stays behind. */
export const programToWire = ({ inputs, outputs }: Program): WiredProgram => {
  const nodes = topological([...inputs, ...outputs])
  const places = new Map(nodes.map((node, i) => [node, i]))
  const placesOf = (xs: readonly Tensor[]): Places => xs.map((x) => places.get(nodeOf(x)) ?? -1)
  const loops = [...new Set(nodes.flatMap((node) => (node.kind === 'projection' ? [node.loop] : [])))]
  const wired = (node: Node): WiredNode => {
    if (node.kind === 'literal') return { kind: 'literal', ...toWire(node as unknown as Tensor) }
    if (node.kind === 'placeholder') return { kind: 'placeholder', shape: [...node.shape], precision: node.precision, name: node.name }
    return node.kind === 'projection'
      ? { kind: 'projection', loop: loops.indexOf(node.loop), index: node.index }
      : { kind: 'apply', prim: node.prim, operands: placesOf(node.operands), attributes: node.attributes }
  }
  return {
    nodes: nodes.map(wired),
    loops: loops.map(({ length, reverse, carry, xs, constants, body }) => ({
      length,
      reverse,
      carry: placesOf(carry),
      xs: placesOf(xs),
      constants: placesOf(constants),
      body: programToWire({ inputs: [...body.carry, ...body.xs, ...body.constants], outputs: [...body.nextCarry, ...body.ys] }),
    })),
    inputs: placesOf(inputs),
    outputs: placesOf(outputs),
  }
}

export const programFromWire = ({ nodes, loops, inputs, outputs }: WiredProgram): Program => {
  const made: Tensor[] = []
  const madeLoops = new Map<number, readonly Tensor[]>()
  const of = (places: Places): readonly Tensor[] => places.map((i) => made[i] as Tensor)
  const loopOf = ({ length, reverse, carry, xs, constants, body }: WiredLoop): readonly Tensor[] => {
    const inside = programFromWire(body)
    const [first, second, count] = [carry.length, carry.length + xs.length, carry.length]
    return results(
      new Loop(
        { length, reverse, carry: of(carry), xs: of(xs), constants: of(constants) },
        {
          carry: inside.inputs.slice(0, first),
          xs: inside.inputs.slice(first, second),
          constants: inside.inputs.slice(second),
          nextCarry: inside.outputs.slice(0, count),
          ys: inside.outputs.slice(count),
        },
      ),
    )
  }
  for (const node of nodes) {
    if (node.kind === 'literal') made.push(fromWire(node))
    else if (node.kind === 'placeholder') made.push(placeholder(node.shape, node.precision, node.name))
    else if (node.kind === 'apply') made.push(apply(node.prim, of(node.operands) as OperandsOf<Prim, Tensor>, node.attributes as never))
    else {
      const given = madeLoops.get(node.loop) ?? loopOf(loops[node.loop] as WiredLoop)
      madeLoops.set(node.loop, given)
      made.push(given[node.index] as Tensor)
    }
  }
  return pruned({ inputs: of(inputs), outputs: of(outputs) })
}
