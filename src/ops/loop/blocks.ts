// mutates: the output array it is given, and arrays of its own, escapes: nothing
/** A line of element-wise ops, run block by block in the same rooms: what a step gives is in the cache for those that take it. */
import type { Precision } from '../../prim/index.js'
import { allocate, type Numbers } from '../../tensor/buffer.js'
import type { Apply, Node } from '../../tensor/node.js'
import { nodeOf } from '../../tensor/node.js'

/** One op: its operands by their numbers in a line of inputs, constants, and results of the steps before. */
export interface Step {
  readonly precision: Precision
  readonly operands: readonly number[]
  readonly run: (out: Numbers, operands: readonly Numbers[]) => void
}

/** The ops of a graph without loops, each once, behind those that it is computed from. */
export const inOrder = (root: Node): readonly Apply[] => {
  const done = new Set<Node>()
  const stack: Node[] = [root]
  const order: Apply[] = []
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    const op = node.kind === 'apply' && !done.has(node) ? node : undefined
    const waiting = op?.operands.map(nodeOf).filter((x) => x.kind === 'apply' && !done.has(x)) ?? []
    if (waiting.length > 0) stack.push(...waiting)
    else {
      stack.pop()
      done.add(node)
      if (op !== undefined) order.push(op)
    }
  }
  return order
}

/** The result of the last step for all of the inputs, `block` numbers at a time. */
export const runBlocks = (
  out: Numbers,
  inputs: readonly Numbers[],
  constants: readonly Numbers[],
  steps: readonly Step[],
  block: number,
): void => {
  const rooms = steps.map(({ precision }) => allocate(precision, block))
  for (let start = 0; start < out.length; start += block) {
    const end = Math.min(start + block, out.length)
    const line: Numbers[] = [...inputs.map((x) => x.subarray(start, end)), ...constants]
    for (const [i, { operands, run }] of steps.entries()) {
      const room = i === steps.length - 1 ? out.subarray(start, end) : (rooms[i] as Numbers)
      const own = room.length === end - start ? room : room.subarray(0, end - start)
      run(
        own,
        operands.map((at) => line[at] as Numbers),
      )
      line.push(own)
    }
  }
}
