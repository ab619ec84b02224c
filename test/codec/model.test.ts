/** Model files: a model is what it was, in every version that there was; anything else is refused in one sentence, before work is done for it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { chain, type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, it, test } from 'vitest'
import { anyModel, modelCodec } from '../../laws/codecs.js'
import {
  decodeModel,
  decodeSafetensors,
  encodeModel,
  encodeModelJson,
  encodeSafetensors,
  type ModelRegistries,
  paramsFor,
} from '../../src/codec/index.js'
import { orThrow } from '../../src/error/index.js'
import { conv2d, dense, flatten, glorot, input, layerEntry, leakyRelu, relu, tanh } from '../../src/layer/index.js'
import { bernoulli, gaussian, laplace, likelihood, likelihoodEntry, modelOf } from '../../src/likelihood/index.js'
import { descriptionOf as described, layer, named, parallel, pointwise, repeat, residual } from '../../src/network/index.js'
import { log1p, mul, sigmoid, square, sub, sumAll } from '../../src/ops/index.js'
import { leavesWithPaths, sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { matrix, placeholder, scalar, type Tensor, toArray, toNested, vector, zeros } from '../../src/tensor/index.js'

const net = pipe(
  input(6, 6, 1),
  conv2d({ filters: 2, kernel: 3 }),
  relu,
  flatten,
  dense(8),
  residual(flow(dense(8), leakyRelu(0.1))),
  repeat(2)(flow(dense(8), relu)),
  parallel(dense(2), dense(3)),
  named('head')(dense(2)),
)

const sentence = (result: Either<Error, unknown>): string => (isLeft(result) ? result.left.message : 'no error')
const fixture = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url))
const format = 'foldgrad-model'

describe('a model file', () => {
  const params = net.init(key(1))
  const file = encodeModel(gaussian(net), params)
  it('gives back the network, its likelihood and its parameters', () => {
    const decoded = orThrow(decodeModel('file')(file))
    expect(sameTree(decoded.params, params)).toBe(true)
    expect(described(decoded.model.network)).toEqual(described(net))
    expect(decoded.model.likelihood.name).toBe('gaussian')
  })
  it('gives back any model, to the bit', () =>
    fc.assert(
      fc.property(anyModel, (stored) => {
        const again = orThrow(decodeModel('file')(encodeModel(stored.model, stored.params)))
        expect(modelCodec.same?.(again, stored)).toBe(true)
      }),
      { numRuns: 50 },
    ))
  it('is a safetensors file, with the description of the model among its texts', () => {
    const small = laplace(pipe(input(2), dense(3), tanh, dense(1)), { scale: 0.5 })
    const { tensors, metadata } = orThrow(decodeSafetensors('file')(encodeModel(small, small.init(key(1)))))
    expect(tensors.map(({ name }) => name)).toEqual(['0.weights', '0.bias', '2.weights', '2.bias'])
    expect(Object.keys(metadata)).toEqual([format])
    expect(JSON.parse(metadata[format] ?? '')).toEqual({
      format,
      version: 3,
      likelihood: { name: 'laplace', scale: 0.5 },
      network: described(small.network),
    })
  })
  it('has parameters of any precision, wherever they stand in it, or none', () => {
    const counted = layer({
      name: 'counted',
      input: [2],
      output: [2],
      init: () => ({
        half: vector([1.5, -0]),
        count: scalar(7, 'int32'),
        exact: vector([1 / 3, Number.NaN], 'float64'),
        is: scalar(1, 'bool'),
      }),
      apply: ({ half }) => mul(half),
    })
    const registries = { layers: { counted: layerEntry(t.type({}), () => right(counted)) } }
    const model = gaussian(pipe(input(2), counted, relu))
    const own = model.init(key(1))
    const written = encodeModel(model, own)
    expect(orThrow(decodeSafetensors('file')(written)).tensors.map(({ name }) => name)).toEqual(['0.exact', '0.half', '0.count', '0.is'])
    expect(sameTree(orThrow(pipe(written, decodeModel('file', registries), chain(paramsFor(model)))), own)).toBe(true)
    const none = gaussian(pipe(input(2), relu))
    expect(orThrow(decodeModel('file')(encodeModel(none, none.init(key(1))))).params).toEqual([{}])
  })
  it('is written of a model and numbers alone', () => {
    const model = gaussian(pipe(input(1), dense(1)))
    const [{ bias }] = model.init(key(1))
    expect(() => encodeModel(undefined as never, [])).toThrow('encodeModel expects a model, receives undefined')
    expect(() => encodeModelJson(undefined as never, [])).toThrow('encodeModelJson expects a model, receives undefined')
    expect(() => encodeModel(model, 'x' as never)).toThrow('encodeModel expects a tree of tensors')
    expect(() => encodeModel(model, [{ weights: placeholder([1, 1]), bias }])).toThrow(/^encodeModel expects/)
  })
  const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', 'import safetensors, numpy']).status === 0)
  it.skipIf(python === undefined)("is read by Python's safetensors, where there is one: parameters and description", () => {
    const script = [
      'import json, sys',
      'from safetensors import safe_open',
      "file = safe_open(sys.argv[1], 'numpy')",
      `layers = json.loads(file.metadata()['${format}'])['network']['layers']`,
      'tensors = {name: file.get_tensor(name).flatten().tolist() for name in file.keys()}',
      "print(json.dumps([[layer['kind'] for layer in layers], tensors]))",
    ].join('\n')
    const path = new URL('fixtures/model-3.safetensors', import.meta.url).pathname
    const [kinds, tensors] = JSON.parse(execFileSync(python ?? '', ['-c', script, path], { encoding: 'utf8' }))
    const { model, params: own } = orThrow(decodeModel(path)(fixture('model-3.safetensors')))
    expect(kinds).toEqual(model.network.layers.toArray().map(({ description }) => description.kind))
    const leaves = leavesWithPaths(own)
    const nameOf = (at: string): string => at.replaceAll(/[[\].]+/g, '.').replaceAll(/^\.|\.$/g, '')
    expect(tensors).toEqual(Object.fromEntries(leaves.map(({ path: at, tensor: x }) => [nameOf(at), Array.from(toArray(x))])))
    expect(leaves).toHaveLength(8)
  })
})

describe('a model file of every version is read', () => {
  it('version 1, JSON, the likelihood a name', () => {
    const model = bernoulli(pipe(input(2), dense(3, { weights: glorot }), tanh, dense(1)))
    const typed = orThrow(pipe(fixture('model-1.json'), decodeModel('model-1.json'), chain(paramsFor(model))))
    expect(sameTree(typed, model.init(key(7)))).toBe(true)
  })
  const model = laplace(
    pipe(
      input(4, 4, 1),
      conv2d({ filters: 2, kernel: 3 }),
      relu,
      flatten,
      residual(repeat(2)(flow(dense(8), relu))),
      named('head')(dense(1)),
    ),
    { scale: 0.5 },
  )
  test.each(['model-2.json', 'model-3.safetensors'])('%s', (name) => {
    const typed = orThrow(pipe(fixture(name), decodeModel(name), chain(paramsFor(model))))
    expect(sameTree(typed, model.init(key(7)))).toBe(true)
  })
  it('version 2, JSON, as a text, too, with white space and a mark before it', () => {
    const text = new TextDecoder().decode(fixture('model-2.json'))
    for (const file of [
      text,
      new TextEncoder().encode(`\ufeff \n${text}`),
      new TextEncoder().encode(JSON.stringify(JSON.parse(text), null, 2)),
    ])
      expect(sameTree(orThrow(pipe(file, decodeModel('m'), chain(paramsFor(model)))), model.init(key(7)))).toBe(true)
  })
  it('a short one of many layers', () => {
    const many = gaussian(pipe(input(3), repeat(500)(relu)))
    const stored = pipe(encodeModel(many, many.init(key(1))), decodeModel('m'), chain(paramsFor(many)))
    expect(orThrow(stored)).toEqual(many.init(key(1)))
  })
  it('what is written today is the file of version 3, byte for byte', () => {
    const { model: stored, params } = orThrow(decodeModel('m')(fixture('model-2.json')))
    expect(Buffer.compare(encodeModel(stored, params), fixture('model-3.safetensors'))).toBe(0)
    expect(JSON.parse(encodeModelJson(stored, params))).toEqual(JSON.parse(new TextDecoder().decode(fixture('model-2.json'))))
  })
})

describe('what is no model file', () => {
  const small = gaussian(pipe(input(2), dense(1)))
  const { weights, bias } = small.init(key(1))[0]
  const description = { format, version: 3, likelihood: { name: 'gaussian' }, network: described(small.network) }
  /** A file of these tensors, with what is said of their model. */
  const file = (tensors: unknown, said: unknown = description): Uint8Array =>
    encodeSafetensors(tensors, said === undefined ? {} : { [format]: typeof said === 'string' ? said : JSON.stringify(said) })
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  const whole = file([{ weights, bias }])
  it('(and one is)', () => expect(sentence(decodeModel('m')(whole))).toBe('no error'))
  it('(and one whose header has 635 bytes, so that it begins with a bracket as JSON does)', () => {
    const start = 8 + Number(new DataView(whole.buffer).getBigUint64(0, true))
    const header = new TextDecoder().decode(whole.subarray(8, start)).padEnd(635)
    const other = Uint8Array.of(0x7b, 2, 0, 0, 0, 0, 0, 0, ...bytes(header), ...whole.subarray(start))
    expect(orThrow(decodeModel('m')(other)).params).toEqual(orThrow(decodeModel('m')(whole)).params)
  })
  test.each<readonly [string, unknown, string | RegExp]>([
    ['nothing', new Uint8Array(0), 'decodeSafetensors expects eight bytes with the length of the header, receives 0 bytes (m, byte 0)'],
    ['no bytes', undefined, 'decodeModel expects a model file, bytes or text, receives undefined (m)'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), 'decodeModel expects a model file, safetensors or JSON, receives bytes that begin with 89 50 4e 47 (m, byte 0)'],
    ['a text that is no JSON', 'PK', 'decodeModel expects JSON, receives "PK" in place of a value (m, line 1, column 1)'],
    ['a torn text', bytes('{"format":"foldgrad-mo'), 'decodeModel expects JSON, receives a text that is not whole in place of a value (m, line 1, column 11)'],
    ['a text with a byte that is none', Uint8Array.of(...bytes('{"format":"'), 255), 'decodeModel expects JSON in UTF-8, receives the byte 255 (m, byte 11)'],
    ['JSON of something else', bytes('{}'), /^decodeModel expects a model file, receives undefined for format: .* \(m\)$/],
    ['a file without its end', whole.subarray(0, -1), 'decodeSafetensors expects 12 bytes of numbers, receives 11 (m, byte '],
    ['weights alone', file([{ weights, bias }], null).subarray(), 'decodeModel expects the description of a model, receives null for the file: description of a model (m, foldgrad-model)'],
    ['no description', encodeSafetensors([{ weights, bias }], { made: 'here' }), 'decodeModel expects the description of a model in the metadata, as foldgrad-model, receives metadata of ["made"] (m, byte 8)'],
    ['a description that is no JSON', file([{ weights, bias }], '{'), 'decodeModel expects JSON, receives its end in place of a key or } (m, foldgrad-model, line 1, column 2)'],
    ['another version', file([{ weights, bias }], { ...description, version: 4 }), 'decodeModel expects the description of a model, receives 4 for version: 3 (m, foldgrad-model)'],
    ['a layer that nobody knows', file([{ weights, bias }], { ...description, network: { input: [2], layers: [{ kind: 'swoosh' }] } }), 'rebuild expects a known layer, receives "swoosh"; hand in an entry for the layer (m, layer 0)'],
    ['a parameter that is missing', file([{ weights }]), 'restore expects 2 tensors, receives 1: 1 missing (0.bias), 0 left over (m)'],
    ['one that is left over', file([{ weights, bias, gain: bias }]), 'restore expects 2 tensors, receives 3: 0 missing, 1 left over (0.gain) (m)'],
    ['one of another shape', file([{ weights: zeros([1, 2]), bias }]), 'restore expects 0.weights of float32 [2, 1], receives float32 [1, 2] (m)'],
    ['whole numbers', file([{ weights, bias: zeros([1], 'int32') }]), 'restore expects 0.bias of float32 [1], receives int32 [1] (m)'],
    ['a layer of more units than memory has', file([], { ...description, network: { input: [4], layers: [{ kind: 'dense', size: 5e8 }] } }), 'restore expects 2 tensors, receives 0: 2 missing (0.weights, 0.bias), 0 left over (m)'],
    ['millions of copies', file([], { ...description, network: { input: [4], layers: [{ kind: 'repeat', times: 2e6, layers: [{ kind: 'relu' }] }] } }), /^decodeModel expects at most 10000 layers, receives 4000000 \(m, network\/layers\)$/],
  ])('%s', (_, given, said) => expect(sentence(decodeModel('m')(given as never))).toMatch(said)) // biome-ignore format: a table
  it('of JSON says which layer', () => {
    const text = encodeModelJson(gaussian(net), net.init(key(1)))
    expect(sentence(decodeModel('m.json')(text.replace('"kind":"relu"', '"kind":"swoosh"')))).toBe(
      'rebuild expects a known layer, receives "swoosh"; hand in an entry for the layer (m.json, layer 1)',
    )
    expect(sentence(decodeModel('m.json')(text.replace('"kind":"dense","size":8', '"kind":"dense","size":9')))).toMatch(/m\.json|residual/)
  })
  it('with a layer of your own that has two parameters of one name', () => {
    const twice = layer({
      name: 'twice',
      input: [2],
      output: [2],
      init: () => ({ 'a.b': vector([1, 2]), a: { b: vector([1, 2]) } }),
      apply: () => mul(2),
    })
    const registries = { layers: { twice: layerEntry(t.type({}), () => right(twice)) } }
    const model = gaussian(pipe(input(2), twice))
    expect(() => encodeModel(model, model.init(key(1)))).toThrow(
      'encodeModel expects a tree in which every tensor has a name of its own, receives "0.a.b" as a name',
    )
    const stored = file([{ 'a.b': vector([1, 2]) }], { ...description, network: described(model.network) })
    expect(sentence(decodeModel('m', registries)(stored))).toMatch(
      /^decodeModel expects parameters with names of their own, receives .* \(m\)$/,
    )
  })
})

describe('a model file of your own parts', () => {
  const swish = pointwise('swish', <S extends Shape>(x: Tensor<S>): Tensor<S> => mul(sigmoid(x) as never)(x))
  const cauchy = (width: number) =>
    likelihood({
      name: 'cauchy',
      attributes: { width },
      output: [1],
      target: [1],
      mean: (z) => z,
      negativeLogLikelihood: (z, y) => sumAll(log1p(square(mul(1 / width)(sub(z)(y))))),
    })
  const mine = modelOf(cauchy(2))(pipe(input(2), dense(3), swish, dense(1)))
  const params = mine.init(key(4))
  const file = encodeModel(mine, params)
  const text = encodeModelJson(mine, params)
  const registries = {
    layers: { swish: layerEntry(t.type({}), () => right(swish)) },
    likelihoods: { cauchy: likelihoodEntry(t.type({ width: t.number }), ({ width }) => cauchy(width)) },
  }
  const x = matrix([
    [0.5, -1],
    [2, 3],
  ])
  it('is read with entries for them, predicts the same, and is typed again', () => {
    const stored = orThrow(decodeModel('m.safetensors', registries)(file))
    expect(toNested(stored.model.predict(stored.params)(x))).toEqual(toNested(mine.predict(params)(x)))
    for (const form of [file, text]) {
      const typed: typeof params = orThrow(pipe(form, decodeModel('m', registries), chain(paramsFor(mine))))
      expect(sameTree(typed, params)).toBe(true)
    }
    const other = modelOf(cauchy(3))(pipe(input(2), dense(3), swish, dense(1)))
    const said = paramsFor(other)(stored)
    expect(isLeft(said) && said.left.message).toContain('paramsFor expects a model of')
  })
  it('without them says which is unknown', () => {
    const said = (r: ModelRegistries) => sentence(decodeModel('m.safetensors', r)(file))
    expect(said({})).toBe('rebuild expects a known layer, receives "swish"; hand in an entry for the layer (m.safetensors, layer 1)')
    expect(said({ layers: registries.layers })).toBe(
      'likelihoodFrom expects a known likelihood, receives "cauchy"; hand in an entry for the likelihood (m.safetensors, likelihood)',
    )
  })
  it('a likelihood that does not fit its network is refused', () => {
    const other = text.replace(/"likelihood":\{[^}]*\}/, '"likelihood":{"name":"gaussianLogVariance"}').replace('swish', 'tanh')
    expect(sentence(decodeModel('m.json')(other))).toContain('gaussianLogVariance expects a vector of an even size, receives [1]')
  })
})

describe('a hostile model file', () => {
  const file = (layers: unknown, parameters: unknown = []): string =>
    JSON.stringify({ format: 'foldgrad-model', version: 1, likelihood: 'gaussian', network: { input: [4], layers }, parameters })
  const nested = (depth: number): unknown => (depth === 0 ? { kind: 'relu' } : { kind: 'repeat', times: 2, layers: [nested(depth - 1)] })
  test.each<readonly [string, string, string | RegExp]>([
    ['a layer of more units than memory has', file([{ kind: 'dense', size: 5e8 }]), 'decodeModel expects 2 parameters'],
    [
      'millions of copies',
      file([{ kind: 'repeat', times: 2e6, layers: [{ kind: 'relu' }] }]),
      'decodeModel expects at most 10000 layers, receives 4000000',
    ],
    ['copies of copies', file([nested(30)]), 'decodeModel expects at most 10000 layers, receives 3221225470'],
    ['brackets without end', '['.repeat(10_000), 'decodeModel expects JSON'],
    [
      'brackets with an end',
      '['.repeat(10_000) + ']'.repeat(10_000),
      'decodeModel expects a model file, receives [[…]] for the file: model',
    ],
    [
      'a name that Immutable knows',
      file([{ kind: 'named', name: '@@__IMMUTABLE_LIST__@@', layers: [] }]),
      'named expects a text for its name',
    ],
    ['many wrong parameters', file([], Array(20_000).fill({ path: 1 })), 'receives 1 for parameters/0/path: string'],
    ['a long wrong value', file('x'.repeat(1e6)), /receives "x{39}…" for network\/layers/],
  ])('%s', (_, text, sentence) => {
    const result = decodeModel('m.json')(text)
    const said = isLeft(result) ? result.left.message : 'no error'
    expect(said).toMatch(sentence)
    expect(said.length).toBeLessThanOrEqual(300)
  })
})
