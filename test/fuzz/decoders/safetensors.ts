/** Safetensors and checkpoints: headers whose lengths and offsets lie, tensors that overlap, huge shapes, keys that stand twice. */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import { checksum } from '../../../src/codec/checksum.js'
import { decodeSafetensors, decodeState, encodeSafetensors, encodeState, type SafeTensors } from '../../../src/codec/index.js'
import { orThrow } from '../../../src/error/index.js'
import { dense, input, relu } from '../../../src/layer/index.js'
import { bernoulli } from '../../../src/likelihood/index.js'
import { adam } from '../../../src/optimise/index.js'
import { leavesWithPaths, sameTree } from '../../../src/params/index.js'
import { key } from '../../../src/random/index.js'
import { sizeOf } from '../../../src/shape/index.js'
import { tensor, vector, zeros } from '../../../src/tensor/index.js'
import { train } from '../../../src/train/index.js'
import type { Edit } from '../edits/bytes.js'
import { encoded, type Fuzzed, wants, where } from '../fuzzed.js'

/** A file with this header over these bytes. */
export const fileOf = (header: Uint8Array, data: Uint8Array): Uint8Array => {
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true)
  return Buffer.concat([length, header, data])
}

/** Where the first record of a text of JSON ends, from a place on. */
const endOfRecord = (text: string, from: number): number => {
  const tokens = text.slice(from).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)
  let open = 0
  for (const { 0: token, index } of tokens) {
    open += token === '{' ? 1 : token === '}' ? -1 : 0
    if (open === 0) return from + index + token.length
  }
  return text.length
}
/** The length of the header put right. */
export const withLength: Edit = (file) => {
  const end = endOfRecord(Buffer.from(file).toString('latin1'), 8)
  return fileOf(file.subarray(8, end), file.subarray(end))
}
const withoutPadding = (file: Uint8Array): Uint8Array => {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))
  return fileOf(encoded(new TextDecoder().decode(file.subarray(8, 8 + length)).trimEnd()), file.subarray(8 + length))
}

const size = fc.oneof(fc.nat(4), fc.constantFrom(-1, 0.5, 2 ** 16, 2 ** 31, 2 ** 32 - 1, 2 ** 53, 1e308))
const offset = fc.oneof(fc.nat(12), fc.constantFrom(-1, 0.5, 2 ** 31, 2 ** 53, 2 ** 53 - 1, 1e308))
const dtype = fc.constantFrom('F32', 'F32', 'F64', 'F16', 'BF16', 'I64', 'I32', 'I16', 'I8', 'U32', 'U16', 'U8', 'BOOL', 'F8_E4M3', '')
const name = fc.constantFrom('a', 'b', 'a.b', '', '__metadata__', '__proto__', 'constructor', '\\u0061', '\\ud800')
/** Headers of entries that each look like one, and seldom fit together. */
const made: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.array(fc.tuple(name, dtype, fc.array(size, { maxLength: 3 }), fc.tuple(offset, offset)), { maxLength: 4 }),
    fc.uint8Array({ maxLength: 16 }),
  )
  .map(([entries, data]) => {
    const members = entries.map(([own, type, shape, ends]) => `"${own}":${JSON.stringify({ dtype: type, shape, data_offsets: ends })}`)
    return fileOf(encoded(`{${members.join(',')}}`), data)
  })

const net = pipe(input(2), dense(2), relu, dense(1))
const fixture = (file: string): Uint8Array => readFileSync(new URL(`../../codec/fixtures/${file}`, import.meta.url))
const strange = {
  'a.b': vector([Number.NaN, -0, Number.POSITIVE_INFINITY], 'float64'),
  c: { d: tensor([2], [0, 1], 'bool'), e: zeros([0, 3]) },
}

const safetensors: Fuzzed<SafeTensors> = {
  name: 'decodeSafetensors',
  seeds: [
    encodeSafetensors({ a: vector([1.5]) }),
    encodeSafetensors(strange, { made: 'here' }),
    withoutPadding(encodeSafetensors(net.init(key(1)))),
    fixture('python.safetensors'),
  ],
  made,
  mend: withLength,
  decode: (file) => decodeSafetensors(where)(file),
  check: ({ tensors, metadata }, file) => {
    wants(tensors.reduce((sum, one) => sum + sizeOf(one.tensor.shape), 0) <= file.length, 'more numbers than there are bytes')
    wants(!('admin' in metadata), 'texts with something behind them')
    if (tensors.some((one) => one.name === '')) return
    const tree = Object.fromEntries(tensors.map((one) => [one.name, one.tensor]))
    const again = orThrow(decodeSafetensors('again')(encodeSafetensors(tree, metadata)))
    const byName = new Map(again.tensors.map((one) => [one.name, one.tensor]))
    wants(byName.size === tensors.length && tensors.every((one) => is(byName.get(one.name), one.tensor)), 'other tensors when they are read again') // biome-ignore format: one rule
    wants(JSON.stringify(again.metadata) === JSON.stringify(metadata), 'other texts when they are read again')
  },
}

const { init } = train(bernoulli(net), adam({ learningRate: 0.1 }))
const like = init(key(1))
/** Where a checksum stands, and what stands there while it is computed. */
const opening = '{"__metadata__":{"checksum":"'
/** The checksum put right, behind the length. */
const resealed: Edit = (file) => {
  const bytes = Buffer.from(withLength(file))
  const at = 8 + opening.length
  if (bytes.length < at + 8) return file
  bytes.write('00000000', at, 'latin1')
  bytes.write(checksum(bytes).toString(16).padStart(8, '0'), at, 'latin1')
  return bytes
}
const checkpoint: Fuzzed<typeof like> = {
  name: 'decodeState',
  seeds: [encodeState(init(key(2))), encodeState(init(key(3))), encodeState({ a: zeros([1]) })],
  mend: resealed,
  decode: (file) => decodeState(where)(like)(file),
  check: (state) => {
    wants(leavesWithPaths(state).length === leavesWithPaths(like).length, 'a state of another form')
    wants(sameTree(orThrow(decodeState('again')(like)(encodeState(state))), state), 'another state when it is read again')
  },
}
export const safetensorsDecoders: readonly Fuzzed[] = [safetensors, checkpoint]
