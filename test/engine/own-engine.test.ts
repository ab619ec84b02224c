/** An engine of one's own is made of what is public: nodes, the fold over a graph, and the tabulated meanings of ops. */
import { describe, it } from 'vitest'
import { check, engineLaws } from '../../laws/index.js'
import type { Engine } from '../../src/engine/index.js'
import { tabulate } from '../../src/engine/reference/index.js'
import { foldUp } from '../../src/graph/index.js'
import { at, stack } from '../../src/ops/index.js'
import { type Node, nodeOf, type Tensor, zeros } from '../../src/tensor/index.js'

type Loop = Extract<Node, { kind: 'projection' }>['loop']
type Values = ReadonlyMap<Node, Tensor>

const bound = (names: readonly Tensor[], values: readonly Tensor[]): Values =>
  new Map(names.map((name, i) => [nodeOf(name), values[i] as Tensor]))

const evaluate = (given: Values): ((x: Tensor) => Tensor) => {
  const loops = new Map<Loop, readonly Tensor[]>()
  return foldUp<Tensor>((node, of) => {
    if (node.kind === 'apply') return tabulate(node.prim, node.operands.map(of) as never, node.attributes, node)
    if (node.kind !== 'projection') return node as unknown as Tensor
    const results = loops.get(node.loop) ?? run(node.loop, of)
    loops.set(node.loop, results)
    return results[node.index] as Tensor
  }, given)
}

const run = ({ length, reverse, carry, xs, constants, body }: Loop, of: (x: Tensor) => Tensor): readonly Tensor[] => {
  const rows: Tensor[][] = body.ys.map(() => [])
  let now = carry.map(of)
  for (let i = 0; i < length; i++) {
    const position = reverse ? length - 1 - i : i
    const slices = xs.map((x) => at(position)(of(x) as never) as Tensor)
    const inside = evaluate(bound([...body.constants, ...body.carry, ...body.xs], [...constants.map(of), ...now, ...slices]))
    now = body.nextCarry.map(inside)
    for (const [j, y] of body.ys.entries()) (rows[j] as Tensor[])[position] = inside(y)
  }
  const stacked = body.ys.map((y, j) => (length === 0 ? zeros([0, ...y.shape], y.precision) : (stack(rows[j] as Tensor[]) as Tensor)))
  return [...now, ...stacked]
}

const mine: Engine = {
  name: 'mine',
  prepare:
    ({ inputs, outputs }) =>
    (values) =>
      outputs.map(evaluate(bound(inputs, values))),
}

describe('an engine made of what is public obeys the laws of engines', () => {
  for (const law of engineLaws(mine)) it(law.name, () => check(law, { runs: 5, strict: true }))
})
