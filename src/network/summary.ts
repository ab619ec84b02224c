/** A network as a table: layer, output shape, parameters. */
import { wantsRecord } from '../error/index.js'
import { count } from '../params/index.js'
import { key } from '../random/index.js'
import { type Shape, show } from '../shape/index.js'
import type { Sequence } from './sequence.js'
import type { SomeLayer } from './some-layer.js'

const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) => row.map((cell, i) => (i === row.length - 1 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  '))
    .join('\n')
}

/**
 * The layers of a network, with their output shapes and how many parameters each has.
 *
 *     layer  output  parameters
 *     input  [784]            0
 *     dense  [128]      100,480
 */
export const summary = (network: { readonly input: Shape; readonly layers: Sequence<SomeLayer> }): string => {
  const counts = wantsRecord('summary', 'a network', network).layers.map((layer) => count(layer.init(key(0))))
  const total = counts.reduce((sum, n) => sum + n, 0)
  const number = (n: number): string => n.toLocaleString('en-US')
  return columns([
    ['layer', 'output', 'parameters'],
    ['input', show(network.input), '0'],
    ...network.layers.map((layer, i) => [layer.kind, show(layer.output), number(counts.get(i) ?? 0)]),
    ['total', '', number(total)],
  ])
}
