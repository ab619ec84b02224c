/** A program: the graph of a function with its inputs named, ready for an engine, a check or a printer. */
import type { Apply, Node } from '../tensor/node.js'
import { nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { topological } from './walk.js'

export interface Program {
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
}

/** The nodes of a program, operands first. */
export const nodesOf = ({ outputs }: Program): readonly Node[] => topological(outputs)

/** The placeholders that a program uses without naming them as inputs; a well-formed program has none. */
export const freePlaceholders = (program: Program): readonly Node[] => {
  const bound = new Set(program.inputs.map(nodeOf))
  return nodesOf(program).filter((node) => node.kind === 'placeholder' && !bound.has(node))
}

const attributesText = (node: Apply): string => (node.attributes === null ? '' : ` ${JSON.stringify(node.attributes).replaceAll('"', '')}`)

/**
 * The program as text, a line for every node.
 *
 *     %2 = matmul %0 %1 : float32 [128, 10]
 */
export const printProgram = (program: Program): string => {
  const nodes = nodesOf(program)
  const names = new Map(nodes.map((node, i) => [node, `%${i}`]))
  const nameOf = (x: Tensor): string => names.get(nodeOf(x)) ?? '?'
  const lineOf = (node: Node): string =>
    node.kind === 'apply'
      ? `${node.prim} ${node.operands.map(nameOf).join(' ')}${attributesText(node)}`
      : node.kind === 'placeholder'
        ? `input ${node.name}`
        : node.kind
  return [
    ...nodes.map((node) => `${names.get(node)} = ${lineOf(node)} : ${node.type}`),
    `return ${program.outputs.map(nameOf).join(' ')}`,
  ].join('\n')
}
