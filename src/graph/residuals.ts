/**
 * What the way back of a loop uses of its way forward: kept as further stacked results, so that none of it is computed twice.
 * Values that the way forward does not compute are not kept, however often the way back uses them; nor are mere views.
 */
import { signatures } from '../prim/index.js'
import { tensorOf } from '../tensor/expression.js'
import { type Body, Loop, type Node, nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { dependsOn } from './loop.js'
import { operandsOf, topological } from './walk.js'

/** What costs nothing to look at again is not kept, but what it looks at. */
const isLook = (node: Node): boolean => node.kind === 'apply' && signatures[node.prim].look !== 'none'

/** The values of the way forward that the way back uses. */
export const residuals = (
  body: Body,
  forward: readonly Tensor[],
  backward: readonly Tensor[],
  seeds: readonly Tensor[],
): readonly Tensor[] => {
  const later = dependsOn(new Set(seeds.map(nodeOf)))
  const nodes = topological(forward)
  const computed = new Set(nodes)
  const loops = new Set(nodes.flatMap((node) => (node.kind === 'projection' ? [node.loop] : [])))
  const carry = new Set(body.carry.map(nodeOf))
  const isKept = (node: Node): boolean => {
    if (node.kind === 'literal' || later(tensorOf(node))) return false
    if (node.kind === 'placeholder') return carry.has(node)
    return node.kind === 'projection' ? loops.has(node.loop) : computed.has(node) && !isLook(node)
  }
  const used = [...backward, ...topological(backward, isKept).flatMap(operandsOf)].map(nodeOf)
  return [...new Set(used)].filter(isKept).map((node) => tensorOf(node))
}

/** The loop that keeps `more` besides what it gives, and the stacks of it; what it gives anyway is not kept twice. */
export const widen = (
  loop: Loop,
  forward: readonly Tensor[],
  more: readonly Tensor[],
): { readonly wide: Loop; readonly stacks: readonly Tensor[] } => {
  const nextCarry = forward.slice(0, loop.carry.length)
  const before = forward.slice(loop.carry.length)
  const given = [...before, ...more.filter((x) => !before.includes(x))]
  const wide = new Loop(loop, { ...loop.body, nextCarry, ys: given })
  return { wide, stacks: more.map((x) => wide.results[loop.carry.length + given.indexOf(x)] as Tensor) }
}
