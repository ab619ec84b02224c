/**
 * A rectifier network as an ONNX file: `Gemm` and `Relu` in turn, over a batch of any size.
 *
 * @source ONNX, onnx.proto3; Protocol Buffers, the encoding of messages
 */
import { type Bytes, flattened, sized, text, unsigned } from '../../../src/engine/wasm/emit/bytes.js'
import { pairsOf, weights } from '../numbers.js'

const whole = (field: number, value: number): Bytes => [unsigned(field * 8), unsigned(value)]
const part = (field: number, bytes: Bytes): Bytes => [unsigned(field * 8 + 2), sized(bytes)]
const words = (field: number, value: string): Bytes => [unsigned(field * 8 + 2), text(value)]

const float = 1
const tensor = (name: string, dims: readonly number[], data: Float32Array): Bytes => [
  dims.map((size) => whole(1, size)),
  whole(2, float),
  words(8, name),
  part(9, [...new Uint8Array(data.buffer)]),
]
const node = (kind: string, inputs: readonly string[], output: string): Bytes => [
  inputs.map((name) => words(1, name)),
  words(2, output),
  words(4, kind),
]
/** A matrix of any number of rows. */
const value = (name: string, columns: number): Bytes => [
  words(1, name),
  part(2, part(1, [whole(1, float), part(2, [part(1, words(2, 'batch')), part(1, whole(1, columns))])])),
]

export const onnxModel = (sizes: readonly number[]): Uint8Array => {
  const layers = pairsOf(sizes)
  const last = layers.length - 1
  const nodes = layers.flatMap((_, i) => [
    part(1, node('Gemm', [i === 0 ? 'x' : `h${i - 1}`, `w${i}`, `b${i}`], i === last ? 'y' : `z${i}`)),
    ...(i === last ? [] : [part(1, node('Relu', [`z${i}`], `h${i}`))]),
  ])
  const initialisers = layers.flatMap(([rows, columns], i) => [
    part(5, tensor(`w${i}`, [rows, columns], weights(rows, columns))),
    part(5, tensor(`b${i}`, [columns], new Float32Array(columns))),
  ])
  const graph = [nodes, words(2, 'mlp'), initialisers, part(11, value('x', sizes[0] ?? 1)), part(12, value('y', sizes.at(-1) ?? 1))]
  return Uint8Array.from(flattened([whole(1, 8), part(7, graph), part(8, whole(2, 13))]))
}
