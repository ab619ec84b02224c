/** Safetensors: what is written is read again, by us and by readers of others; what is broken is refused in a sentence that says where. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import { describe, expect, it, test } from 'vitest'
import { anyTensor } from '../../laws/codecs.js'
import { decodeSafetensors, encodeSafetensors, restore } from '../../src/codec/index.js'
import { orThrow } from '../../src/error/index.js'
import { dense, input, relu } from '../../src/layer/index.js'
import { sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { type Tensor, tensor, toArray, toNested, vector, zeros } from '../../src/tensor/index.js'

const net = pipe(input(3), dense(4), relu, dense(2))
const params = net.init(key(1))
const decode = decodeSafetensors('file')
const message = (file: Uint8Array): string => pipe(decode(file), (either) => (isRight(either) ? '' : either.left.message))

/** A file with this header over these bytes. */
const fileOf = (header: string | Uint8Array, data: ArrayLike<number> = [], length?: bigint): Uint8Array => {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const bytes = new Uint8Array(8 + json.length + data.length)
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true)
  bytes.set(json, 8)
  bytes.set(data, 8 + json.length)
  return bytes
}

describe('what is written', () => {
  it('is read again, bit for bit, with its names and texts', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), anyTensor), fc.dictionary(fc.string(), fc.string()), (tree, metadata) => {
        fc.pre(!Object.hasOwn(tree, '__metadata__'))
        const { tensors, metadata: texts } = orThrow(decode(encodeSafetensors(tree, metadata)))
        expect(tensors.map(({ name }) => name).sort()).toEqual(Object.keys(tree).sort())
        for (const { name, tensor: x } of tensors) expect(is(x, tree[name])).toBe(true)
        expect(Object.entries(texts)).toEqual(Object.entries(metadata))
      }),
    ))
  it('is a tree again, by one of its form', () => {
    const back = pipe(encodeSafetensors(params), decode, orThrow, restore(net.init(key(2))), orThrow)
    expect(sameTree(back, params)).toBe(true)
  })
  /** Written by the text of the format alone, and without a line of ours. */
  it('is as the format says: a length, JSON padded to eight bytes, and numbers aligned, without holes', () => {
    const file = encodeSafetensors({
      half: tensor([3], [0, 1, 1], 'bool'),
      '1.w': vector([0.5, -2], 'float64'),
      two: tensor([2, 1], [7, -7], 'int32'),
    })
    const view = new DataView(file.buffer)
    const length = Number(view.getBigUint64(0, true))
    expect(length % 8).toBe(0)
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))
    expect(header).toEqual({
      '1.w': { dtype: 'F64', shape: [2], data_offsets: [0, 16] },
      two: { dtype: 'I32', shape: [2, 1], data_offsets: [16, 24] },
      half: { dtype: 'BOOL', shape: [3], data_offsets: [24, 27] },
    })
    expect([view.getFloat64(8 + length, true), view.getFloat64(16 + length, true)]).toEqual([0.5, -2])
    expect([view.getInt32(24 + length, true), view.getInt32(28 + length, true)]).toEqual([7, -7])
    expect([...file.subarray(32 + length)]).toEqual([0, 1, 1])
    expect(file.length).toBe(35 + length)
  })
  const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', 'import safetensors, numpy']).status === 0)
  it.skipIf(python === undefined)("is read by Python's safetensors, where there is one", () => {
    const folder = mkdtempSync(join(tmpdir(), 'foldgrad-'))
    const path = join(folder, 'model.safetensors')
    writeFileSync(path, encodeSafetensors(params, { made: 'here' }))
    const script = `import json, sys\nfrom safetensors.numpy import load_file\nprint(json.dumps({k: v.tolist() for k, v in load_file(sys.argv[1]).items()}))`
    expect(JSON.parse(execFileSync(python ?? '', ['-c', script, path], { encoding: 'utf8' }))).toEqual({
      '0.weights': toNested(params[0].weights),
      '0.bias': toNested(params[0].bias),
      '2.weights': toNested(params[2].weights),
      '2.bias': toNested(params[2].bias),
    })
    rmSync(folder, { recursive: true })
  })
})

it("reads what Python's safetensors writes: every number type", () => {
  const { tensors, metadata } = orThrow(decode(readFileSync(fileURLToPath(new URL('fixtures/python.safetensors', import.meta.url)))))
  expect(metadata).toEqual({ made: "by Python's safetensors 0.8.0" })
  const numbers = (x: Tensor): unknown => [x.precision, x.shape, Array.from(toArray(x))]
  expect(Object.fromEntries(tensors.map(({ name, tensor: x }) => [name, numbers(x)]))).toEqual({
    'net.weight': ['float32', [2, 3], [1.5, -0, 3.25, Number.NaN, Number.POSITIVE_INFINITY, 2 ** -149]],
    f64: ['float64', [2], [Math.PI, 5e-324]],
    half: ['float32', [7], [1, -2.5, 65504, 2 ** -24, Number.POSITIVE_INFINITY, Number.NaN, 0.333251953125]],
    bf: ['float32', [4], [1, -2.5, 3.140625, Number.POSITIVE_INFINITY]],
    i64: ['int32', [2], [-3, 2 ** 31 - 1]],
    u8: ['int32', [1, 2], [0, 255]],
    i8: ['int32', [1], [-128]],
    i16: ['int32', [2], [-32768, 7]],
    u16: ['int32', [1], [65535]],
    i32: ['int32', [1], [-5]],
    u32: ['uint32', [1], [2 ** 32 - 1]],
    bool: ['bool', [2], [1, 0]],
    empty: ['float32', [0, 3], []],
  })
})

describe('what is no safetensors file', () => {
  const one = (offsets: string, shape = '[1]', dtype = 'F32'): string => `"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}`
  test.each<readonly [string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'eight bytes with the length of the header, receives 0 bytes (file, byte 0)'],
    ['a length that lies', fileOf('{}', [], 2n ** 63n), 'a header of at most 2 bytes, receives one of 9223372036854775808 (file, byte 0)'],
    ['no JSON', fileOf('{'), 'a header of JSON in UTF-8, every key once, receives'],
    ['deep JSON', fileOf('['.repeat(1e5)), 'a header of JSON in UTF-8, every key once, receives'],
    ['a list', fileOf('[]'), 'a header that is an object of JSON, receives [] (file, byte 8)'],
    [
      'bytes that are no UTF-8',
      fileOf(Uint8Array.of(123, 34, 255, 34, 58, 49, 125)),
      'a header of JSON in UTF-8, every key once, receives',
    ],
    ['a key that stands twice', fileOf(`{"a":{${one('[0,4]')}},"a":{${one('[0,4]')}}}`, [0, 0, 0, 0]), 'the key "a" twice'],
    ['the same in other letters', fileOf(`{"a":{${one('[0,4]')}},"\\u0061":{${one('[0,4]')}}}`, [0, 0, 0, 0]), 'the key "a" twice'],
    ['metadata that are no texts', fileOf('{"__metadata__":{"a":1}}'), '__metadata__ with a a of string, receives 1'],
    ['no data_offsets', fileOf('{"a":{"dtype":"F32","shape":[1]}}', [0, 0, 0, 0]), 'the tensor "a" with a data_offsets of'],
    [
      'a size that is none',
      fileOf(`{"a":{${one('[0,4]', '[-1]')}}}`, [0, 0, 0, 0]),
      'the tensor "a" with a shape/0 of whole size, receives -1',
    ],
    ['a type that nobody knows', fileOf(`{"a":{${one('[0,4]', '[1]', 'F4')}}}`, [0, 0, 0, 0]), 'BOOL, F16'],
    [
      'a huge shape',
      fileOf(`{"a":{${one('[0,4]', '[4294967295,4294967295]')}}}`, [0, 0, 0, 0]),
      'bytes for "a" of F32 [4294967295, 4294967295], receives 4',
    ],
    [
      'a hole',
      fileOf(`{"a":{${one('[4,8]')}}}`, [0, 0, 0, 0, 0, 0, 0, 0]),
      'the numbers of "a" from byte 0 of the data on, receives [4, 8]',
    ],
    [
      'an overlap',
      fileOf(`{"a":{${one('[0,4]')}},"b":{${one('[2,6]')}}}`, [0, 0, 0, 0, 0, 0]),
      'the numbers of "b" from byte 4 of the data on, receives [2, 6]',
    ],
    ['a negative length', fileOf(`{"a":{${one('[0,4]')}},"b":{${one('[4,0]')}}}`, [0, 0, 0, 0]), 'from byte'],
    ['more bytes', fileOf(`{"a":{${one('[0,4]')}}}`, [0, 0, 0, 0, 0]), '4 bytes of numbers, receives 5'],
    ['fewer bytes', fileOf(`{"a":{${one('[0,4]')}}}`, [0, 0]), '4 bytes of numbers, receives 2'],
    ['a bool of 2', fileOf(`{"a":{${one('[0,1]', '[1]', 'BOOL')}}}`, [2]), 'bytes of 0 and 1 expected'],
    [
      'a large integer',
      fileOf(`{"a":{${one('[0,8]', '[1]', 'I64')}}}`, [0, 0, 0, 0, 1, 0, 0, 0]),
      'that fit into int32 expected, 4294967296 found',
    ],
    [
      '65 axes',
      fileOf(`{"a":{${one('[0,4]', `[${Array.from({ length: 65 }, () => 1)}]`)}}}`, [0, 0, 0, 0]),
      'at most 64 axes expected, 65 found',
    ],
  ])('%s', (_, file, said) => expect(message(file)).toContain(said))

  it('a name from the prototype is a name', () => {
    const { tensors } = orThrow(decode(fileOf(`{"__proto__":{${one('[0,4]')}}}`, [0, 0, 128, 63])))
    expect(tensors.map(({ name, tensor: x }) => [name, toNested(x)])).toEqual([['__proto__', [1]]])
    expect(Object.hasOwn(Object.prototype, 'dtype')).toBe(false)
  })
})

describe('what cannot be written', () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      'two tensors of one name',
      () => encodeSafetensors({ 'a.b': zeros([1]), a: { b: zeros([1]) } }),
      'every tensor has a name of its own, receives "a.b" as a name',
    ],
    ['a tensor alone', () => encodeSafetensors(zeros([1])), 'every tensor has a name of its own, receives "" as a name'],
    ['no tree', () => encodeSafetensors('x'), 'encodeSafetensors expects a tree of tensors'],
    [
      'metadata that are no texts',
      () => encodeSafetensors(params, { epoch: 1 } as never),
      'encodeSafetensors expects metadata of texts, receives 1 (epoch)',
    ],
  ])('%s', (_, write, said) => expect(write).toThrow(said))
})

describe('restore', () => {
  const like = { a: zeros([2]), b: zeros([1], 'int32') }
  test.each<readonly [string, Readonly<Record<string, Tensor>>, string]>([
    [
      'lists what is missing and left over',
      { a: zeros([2]), c: zeros([2]) },
      'restore expects 2 tensors, receives 2: 1 missing (b), 1 left over (c)',
    ],
    ['names another shape', { a: zeros([3]), b: zeros([1], 'int32') }, 'restore expects a of float32 [2], receives float32 [3]'],
    ['names another precision', { a: zeros([2]), b: zeros([1]) }, 'restore expects b of int32 [1], receives float32 [1]'],
  ])('%s', (_, tree, said) =>
    expect(pipe(encodeSafetensors(tree), decode, orThrow, restore(like))).toMatchObject({ left: { message: said } }),
  )
})
