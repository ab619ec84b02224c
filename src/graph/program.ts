/** A program: the graph of a function with its inputs named, ready for an engine, a check or a printer. */
import { type Apply, Loop, type Node, nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { topological } from './walk.js'

export interface Program {
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
}

/** The nodes of a program, operands first. */
export const nodesOf = ({ outputs }: Program): readonly Node[] => topological(outputs)

/** The loops of a program, not those inside their bodies. */
const loopsOf = (nodes: readonly Node[]): readonly Loop[] => [
  ...new Set(nodes.flatMap((node) => (node.kind === 'projection' ? [node.loop] : []))),
]

/** The body of a loop, and a derivative of its own, as programs of their own. */
const insideOf = ({ body, rule }: Loop): readonly Program[] => [
  { inputs: [...body.carry, ...body.xs, ...body.constants], outputs: [...body.nextCarry, ...body.ys] },
  ...(rule === undefined ? [] : [{ inputs: [...rule.constants, ...rule.seeds], outputs: rule.cotangents }]),
]

/** The placeholders that a program uses without naming them as inputs; a well-formed program has none, nor has any body of its loops. */
export const freePlaceholders = (program: Program): readonly Node[] => {
  const bound = new Set(program.inputs.map(nodeOf))
  const nodes = nodesOf(program)
  const free = nodes.filter((node) => node.kind === 'placeholder' && !bound.has(node))
  return [...free, ...loopsOf(nodes).flatMap(insideOf).flatMap(freePlaceholders)]
}

const attributesText = (node: Apply): string => (node.attributes === null ? '' : ` ${JSON.stringify(node.attributes).replaceAll('"', '')}`)

/** Nodes with every loop before the first of its results. */
const entriesOf = (nodes: readonly Node[]): readonly (Node | Loop)[] => [
  ...new Set(nodes.flatMap((node): readonly (Node | Loop)[] => (node.kind === 'projection' ? [node.loop, node] : [node]))),
]

const linesOf = (
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  last: (nameOf: (x: Tensor) => string) => string,
): readonly string[] => {
  const entries = entriesOf(topological([...inputs, ...outputs]))
  const names = new Map(entries.map((entry, i) => [entry, `%${i}`]))
  const nameOf = (x: Tensor): string => names.get(nodeOf(x)) ?? '?'
  const list = (word: string, xs: readonly Tensor[]): string => (xs.length === 0 ? '' : `, ${word} ${xs.map(nameOf).join(' ')}`)
  const lineOf = (node: Node): string =>
    node.kind === 'apply'
      ? `${node.prim} ${node.operands.map(nameOf).join(' ')}${attributesText(node)}`
      : node.kind === 'placeholder'
        ? `input ${node.name}`
        : node.kind === 'projection'
          ? `result ${node.index} of ${names.get(node.loop)}`
          : node.kind
  const loopLines = (loop: Loop): readonly string[] => {
    const { carry, xs, constants, nextCarry, ys } = loop.body
    const operands = `${list('from', loop.carry)}${list(loop.reverse ? 'back along' : 'along', loop.xs)}${list('with', loop.constants)}`
    const body = linesOf(
      [...carry, ...xs, ...constants],
      [...nextCarry, ...ys],
      (of) => `next ${nextCarry.map(of).join(' ')}${ys.length === 0 ? '' : `, give ${ys.map(of).join(' ')}`}`,
    )
    return [`${names.get(loop)} = loop ${loop.length}${operands}`, ...body.map((line) => `  ${line}`)]
  }
  return [
    ...entries.flatMap((entry) => (entry instanceof Loop ? loopLines(entry) : [`${names.get(entry)} = ${lineOf(entry)} : ${entry.type}`])),
    last(nameOf),
  ]
}

/**
 * The program as text, a line for every node; the body of a loop is indented.
 *
 *     %2 = matmul %0 %1 : float32 [128, 10]
 */
export const printProgram = ({ outputs }: Program): string =>
  linesOf([], outputs, (nameOf) => `return ${outputs.map(nameOf).join(' ')}`).join('\n')
