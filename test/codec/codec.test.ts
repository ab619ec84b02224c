/** What is encoded is decoded to the same bits; anything else is refused in one sentence. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { is } from 'immutable'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { describe, expect, it } from 'vitest'
import { readFile, readMnist, writeFile } from '../../src/codec/files/index.js'
import { TensorCodec } from '../../src/codec/index.js'
import { literalOf, rounded } from '../../src/tensor/buffer.js'
import { tensor } from '../../src/tensor/index.js'

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
