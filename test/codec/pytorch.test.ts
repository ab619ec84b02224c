/** Weights that PyTorch 1.13 saved, through Python's safetensors: our networks give its outputs. The files hold inputs and outputs, too. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it, test } from 'vitest'
import { decodeSafetensors, encodeSafetensors, fromPyTorch, type SafeTensors } from '../../src/codec/index.js'
import { orThrow } from '../../src/error/index.js'
import { batched } from '../../src/graph/index.js'
import {
  batchNorm,
  conv1d,
  conv2d,
  dense,
  embedding,
  flatten,
  gru,
  input,
  layerNorm,
  lstm,
  maxPool2d,
  parametricRelu,
  recurrent,
  tanh,
} from '../../src/layer/index.js'
import type { SomeNetwork } from '../../src/network/index.js'
import { abs, cast, max, reshape, sub } from '../../src/ops/index.js'
import { mapTree, sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { sizeOf } from '../../src/shape/index.js'
import { type Tensor, toNumber, zeros } from '../../src/tensor/index.js'

const stored = (name: string): SafeTensors =>
  orThrow(decodeSafetensors(name)(readFileSync(fileURLToPath(new URL(`fixtures/${name}.safetensors`, import.meta.url)))))
const tensorIn = ({ tensors }: SafeTensors, name: string): Tensor => tensors.find((one) => one.name === name)?.tensor ?? zeros([0])
/** The weights without the inputs and outputs beside them. */
const weightsOf = ({ tensors, metadata }: SafeTensors): SafeTensors => ({
  tensors: tensors.filter(({ name }) => name !== 'x' && name !== 'y'),
  metadata,
})
const doubles = <P>(params: P): P => mapTree((x) => cast('float64')(x))(params)

const images = pipe(
  input(7, 5, 2),
  conv2d({ filters: 3, kernel: [3, 2] }),
  batchNorm(),
  tanh,
  conv2d({ filters: 4, kernel: 2, bias: false }),
  maxPool2d({ size: 2 }),
  flatten,
  dense(5),
  layerNorm(),
  parametricRelu({ per: 'layer' }),
  dense(3),
)
const imageNames = { '[0]': 'conv1', '[1]': 'bn', '[3]': 'conv2', '[6]': 'fc1', '[7]': 'ln', '[8]': 'act', '[9]': 'fc2' }
const sequences = pipe(input(4), embedding(6, 4), recurrent(gru(3), { returns: 'sequence' }), recurrent(lstm(2)), dense(2))
const sequenceNames = { '[0]': 'emb', '[1].cell': 'gru', '[2].cell': 'lstm', '[3]': 'fc' }
const sequential = pipe(input(5, 2), conv1d({ filters: 3, kernel: 3 }), tanh, flatten, dense(2))

describe('weights that PyTorch saved', () => {
  test.each<readonly [string, SomeNetwork, Readonly<Record<string, string>>]>([
    ['pytorch-images', images as unknown as SomeNetwork, imageNames],
    ['pytorch-sequences', sequences as unknown as SomeNetwork, sequenceNames],
    ['pytorch-sequential', sequential as unknown as SomeNetwork, {}],
  ])('%s', (name, net, names) => {
    const file = stored(name)
    const { params, missing, leftOver } = orThrow(fromPyTorch(net, names)(doubles(net.init(key(1))))(weightsOf(file)))
    expect([missing, leftOver]).toEqual([[], []])
    const y = batched((x: Tensor) => net(params as never)(x as never) as Tensor)(tensorIn(file, 'x') as never) as unknown as Tensor
    const gap = abs(sub(y)(tensorIn(file, 'y')))
    expect(toNumber(max(0)(reshape([sizeOf(y.shape)])(gap)))).toBeLessThan(1e-12)
  })

  it('what is missing stays as it was, and what is left over is listed', () => {
    const [net, file] = [pipe(input(2), dense(3), tanh, dense(1)), { '2.weight': zeros([1, 3]), 'head.weight': zeros([1]) }]
    const start = net.init(key(1))
    const loaded = orThrow(fromPyTorch(net)(start)(orThrow(decodeSafetensors('file')(encodeSafetensors(file)))))
    expect(loaded.missing).toEqual(['0.bias', '0.weight', '2.bias'].sort((a, b) => loaded.missing.indexOf(a) - loaded.missing.indexOf(b)))
    expect(loaded.leftOver).toEqual(['head.weight'])
    expect(sameTree(loaded.params[0], start[0])).toBe(true)
    expect(sameTree(loaded.params[2].weights, zeros([3, 1]))).toBe(true)
  })

  it('a tensor of another shape is refused by its name', () => {
    const net = pipe(input(2), dense(3))
    const file = orThrow(decodeSafetensors('file')(encodeSafetensors({ '0.weight': zeros([2, 3]), '0.bias': zeros([3]) })))
    expect(fromPyTorch(net)(net.init(key(1)))(file)).toMatchObject({
      left: { message: 'fromPyTorch expects 0.weight of [3, 2], receives [2, 3]' },
    })
  })
})
