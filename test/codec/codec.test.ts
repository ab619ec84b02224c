/** What is encoded is decoded to the same bits; anything else is refused in one sentence. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { isLeft, isRight, right } from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { describe, expect, it, test } from 'vitest'
import { readFile, readMnist, writeFile } from '../../src/codec/files/index.js'
import { decodeModel, encodeModel, paramsFor, TensorCodec } from '../../src/codec/index.js'
import { orThrow } from '../../src/error/index.js'
import { conv2d, dense, flatten, glorot, input, layerEntry, leakyRelu, relu, tanh } from '../../src/layer/index.js'
import { bernoulli, gaussian, likelihood, likelihoodEntry, modelOf } from '../../src/likelihood/index.js'
import { descriptionOf as described, named, parallel, pointwise, repeat, residual } from '../../src/network/index.js'
import { log1p, mul, sigmoid, square, sub, sumAll } from '../../src/ops/index.js'
import { sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { literalOf, rounded } from '../../src/tensor/buffer.js'
import { matrix, type Tensor, tensor, toNested } from '../../src/tensor/index.js'

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

it('JSON.stringify writes what TensorCodec reads', () => {
  const x = tensor([2, 2], [1, -0, Number.NaN, 2 ** -149])
  const back = TensorCodec.decode(JSON.parse(JSON.stringify({ x })).x)
  expect(isRight(back) && is(back.right, x)).toBe(true)
})

describe('TensorCodec', () => {
  it('gives back the same bits, −0, NaN and infinities included', () =>
    fc.assert(
      fc.property(fc.array(fc.double()), fc.constantFrom('float32', 'float64', 'int32', 'uint32', 'bool'), (numbers, precision) => {
        const x = literalOf([numbers.length], precision, rounded(precision, numbers))
        const decoded = TensorCodec.decode(JSON.parse(JSON.stringify(TensorCodec.encode(x))))
        return isRight(decoded) && is(decoded.right, x)
      }),
    ))
  it('refuses numbers that are too few, and text that is not base 64', () => {
    const good = TensorCodec.encode(tensor([2], [1, 2]))
    expect(isLeft(TensorCodec.decode({ ...good, shape: [3] }))).toBe(true)
    expect(isLeft(TensorCodec.decode({ ...good, data: '*' }))).toBe(true)
    expect(isLeft(TensorCodec.decode({ ...good, shape: [-1] }))).toBe(true)
  })
  it('never throws, on any JSON', () =>
    fc.assert(fc.property(fc.jsonValue(), (json) => ['Left', 'Right'].includes(TensorCodec.decode(json)._tag))))

  it('takes no more axes than anybody computes with', () => {
    const shape = Array.from({ length: 65 }, () => 1)
    const many = { shape, precision: 'float32', data: 'AACAPw==' }
    expect(PathReporter.report(TensorCodec.decode(many))).toEqual(['data: at most 64 axes expected, 65 found'])
    expect(isRight(TensorCodec.decode({ ...many, shape: shape.slice(1) }))).toBe(true)
    expect(() => TensorCodec.encode(tensor(shape, [1]))).toThrow('TensorCodec expects at most 64 axes, receives 65')
  })
})

describe('a model file', () => {
  const params = net.init(key(1))
  const text = encodeModel(gaussian(net), params)
  it('gives back the network and its parameters', () => {
    const decoded = decodeModel('file')(text)
    expect(isRight(decoded) && sameTree(decoded.right.params, params)).toBe(true)
    expect(isRight(decoded) && described(decoded.right.model.network)).toEqual(described(net))
    expect(isRight(decoded) && decoded.right.model.likelihood.name).toBe('gaussian')
  })
  it('refuses what is no JSON, no model, and parameters that do not fit', () => {
    const message = (broken: string): string =>
      pipe(decodeModel('m.json')(broken), (result) => (isLeft(result) ? result.left.message : 'no error'))
    expect(message('{')).toMatch(/^decodeModel expects JSON, receives .* \(m\.json\)$/)
    expect(message('{}')).toMatch(/^decodeModel expects a model file, receives .* \(m\.json\)$/)
    expect(message(text.replace('"kind":"dense","size":8', '"kind":"dense","size":9'))).toMatch(/m\.json|residual/)
    expect(message(text.replace('"kind":"relu"', '"kind":"swoosh"'))).toBe(
      'rebuild expects a known layer, receives "swoosh"; hand in an entry for the layer (m.json, layer 1)',
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
  const text = encodeModel(mine, params)
  const registries = {
    layers: { swish: layerEntry(t.type({}), () => right(swish)) },
    likelihoods: { cauchy: likelihoodEntry(t.type({ width: t.number }), ({ width }) => cauchy(width)) },
  }
  const x = matrix([
    [0.5, -1],
    [2, 3],
  ])
  it('is read with entries for them, predicts the same, and is typed again', () => {
    const stored = orThrow(decodeModel('m.json', registries)(text))
    expect(toNested(stored.model.predict(stored.params)(x))).toEqual(toNested(mine.predict(params)(x)))
    const typed: typeof params = orThrow(paramsFor(mine)(stored))
    expect(sameTree(typed, params)).toBe(true)
    const other = modelOf(cauchy(3))(pipe(input(2), dense(3), swish, dense(1)))
    const said = paramsFor(other)(stored)
    expect(isLeft(said) && said.left.message).toContain('paramsFor expects a model of')
  })
  it('without them says which is unknown', () => {
    const said = (r: Parameters<typeof decodeModel>[1]) =>
      pipe(decodeModel('m.json', r)(text), (result) => (isLeft(result) ? result.left.message : 'no error'))
    expect(said({})).toBe('rebuild expects a known layer, receives "swish"; hand in an entry for the layer (m.json, layer 1)')
    expect(said({ layers: registries.layers })).toBe(
      'likelihoodFrom expects a known likelihood, receives "cauchy"; hand in an entry for the likelihood (m.json)',
    )
  })
  it('of version 1, the likelihood a name, is read as before', () => {
    const { model, params: old } = orThrow(decodeModel('model-1.json')(readFileSync('test/codec/fixtures/model-1.json', 'utf8')))
    const same = bernoulli(pipe(input(2), dense(3, { weights: glorot }), tanh, dense(1)))
    const typed = orThrow(paramsFor(same)({ model, params: old }))
    expect(sameTree(typed, same.init(key(7)))).toBe(true)
  })
  it('a likelihood that does not fit its network is refused', () => {
    const said = pipe(
      decodeModel('m.json')(text.replace(/"likelihood":\{[^}]*\}/, '"likelihood":{"name":"gaussianLogVariance"}').replace('swish', 'tanh')),
      (result) => (isLeft(result) ? result.left.message : 'no error'),
    )
    expect(said).toContain('gaussianLogVariance expects a vector of an even size, receives [1]')
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
      /at most 1\d\d layers, as many as the file has characters, receives 4000000/,
    ],
    ['copies of copies', file([nested(30)]), 'layers, as many as the file has characters'],
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

describe('files', () => {
  it('are written whole, aside first, and read back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foldgrad-files-'))
    expect(isRight(await writeFile(join(folder, 'deep', 'a.txt'))('hello')())).toBe(true)
    expect(readdirSync(join(folder, 'deep'))).toEqual(['a.txt'])
    expect(readFileSync(join(folder, 'deep', 'a.txt'), 'utf8')).toBe('hello')
    expect(isLeft(await readFile(join(folder, 'none'))())).toBe(true)
    rmSync(folder, { recursive: true })
  })
  it('hold the real MNIST', async () => {
    const mnist = await readMnist()()
    expect(isRight(mnist) && [mnist.right.train.x.shape, mnist.right.test.y.shape]).toEqual([
      [60000, 784],
      [10000, 10],
    ])
  })
})
