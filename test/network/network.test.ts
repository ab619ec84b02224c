/** Networks as data: descriptions, tables, and what is refused, word for word. */
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { conv2d, dense, flatten, input, leakyRelu, rebuild, relu, tanh } from '../../src/layer/index.js'
import {
  delta,
  describe as described,
  layer,
  type NetworkDescription,
  named,
  parallel,
  rebuildWith,
  repeat,
  residual,
  summary,
} from '../../src/network/index.js'
import { mul } from '../../src/ops/index.js'
import { key } from '../../src/random/index.js'
import { matrix, ones, type Vector, vector } from '../../src/tensor/index.js'

const scale = <N extends number>(n: N) =>
  layer({
    name: 'scale',
    input: [n],
    output: [n],
    init: () => ({ factor: ones([n]) }),
    apply: ({ factor }) => mul(factor),
    attributes: { size: n },
  })

describe('a description', () => {
  it('is plain data, blocks within blocks', () =>
    expect(
      described(pipe(input(4), dense(3), residual(flow(dense(3), tanh)), parallel(dense(1), leakyRelu(0.5)), named('end')(scale(4)))),
    ).toStrictEqual({
      input: [4],
      layers: [
        { kind: 'dense', size: 3 },
        { kind: 'residual', layers: [{ kind: 'dense', size: 3 }, { kind: 'tanh' }] },
        { kind: 'parallel', left: [{ kind: 'dense', size: 1 }], right: [{ kind: 'leakyRelu', slope: 0.5 }] },
        { kind: 'named', name: 'end', layers: [{ kind: 'scale', size: 4 }] },
      ],
    }))

  it('is rebuilt by the builders that know its kinds, yours among them', () => {
    const net = pipe(input(2), scale(2))
    const ours = rebuildWith({ scale: (d) => scale(Number(d['size'])) as never })(described(net))
    expect(isRight(ours) && described(ours.right)).toStrictEqual(described(net))
  })

  const saying = (description: unknown): string => {
    const network = rebuild(description as NetworkDescription)
    return isLeft(network) ? network.left.message : 'a network'
  }
  it.each([
    [{ input: 3, layers: [] }, 'rebuild expects an input shape, receives 3'],
    [{ input: [3], layers: 'dense' }, 'rebuild expects a list of layers, receives "dense"'],
    [{ input: [3], layers: [{ kind: 'relu' }, 7] }, 'rebuild expects a layer with a kind, receives 7 (layer 1)'],
    [{ input: [3], layers: [null] }, 'rebuild expects a layer with a kind, receives null (layer 0)'],
    [{ input: [3], layers: [['dense']] }, 'rebuild expects a layer with a kind, receives ["dense"] (layer 0)'],
    [{ input: [3], layers: [{ kind: 3 }] }, 'rebuild expects a layer with a kind, receives { kind: 3 } (layer 0)'],
    [{ input: [3], layers: [{ size: 3 }] }, 'rebuild expects a layer with a kind, receives { size: 3 } (layer 0)'],
    [{ input: [3], layers: [{ kind: 'dense' }] }, 'rebuild expects a number as size, receives nothing (dense)'],
    [{ input: [3], layers: [{ kind: 'named', name: 1, layers: [] }] }, 'rebuild expects a text as name, receives 1 (named)'],
    [{ input: [3], layers: [{ kind: 'residual', layers: [5] }] }, 'rebuild expects a layer with a kind, receives 5 (layer 0)'],
    [
      { input: [3], layers: [{ kind: 'dense', size: 0 }] },
      'rebuild expects a network, receives dense expects whole sizes of at least 1, receives [0] (layer 0)',
    ],
    [{ input: [0], layers: [] }, 'rebuild expects a network, receives input expects whole sizes of at least 1, receives [0] (input)'],
  ])('%j is refused in one sentence', (description, message) => expect(saying(description)).toBe(message))
  it('an unknown kind is told which ones there are', () =>
    expect(saying({ input: [3], layers: [{ kind: 'toString' }] })).toMatch(
      /^rebuild expects one of dense, relu, .*, receives toString; add a builder for it \(layer 0\)$/,
    ))
})

describe('a summary', () => {
  it('lists layers, shapes and parameters, right-aligned, with their total', () =>
    expect(summary(pipe(input(28, 28, 1), conv2d({ filters: 6, kernel: 5 }), flatten, dense(100), relu))).toBe(
      [
        'layer    output       parameters',
        'input    [28, 28, 1]           0',
        'conv2d   [24, 24, 6]         156',
        'flatten  [3456]                0',
        'dense    [100]           345,700',
        'relu     [100]                 0',
        'total                    345,856',
      ].join('\n'),
    ))
})

describe('what does not fit', () => {
  const x = matrix([[1, 2]])
  it('δ is for dense layers, each with at most one activation', () => {
    const twice = pipe(input(2), dense(2), tanh, tanh)
    expect(() => delta(twice)(twice.init(key(1)))(x, x)).toThrow(
      'delta expects dense layers, each followed by at most one activation, receives tanh (layer 2)',
    )
    const first = pipe(input(2), tanh)
    expect(() => delta(first)(first.init(key(1)))(x, x)).toThrow('receives tanh (layer 0)')
  })
  it('parameters of another layer are refused', () => {
    const net = pipe(input(2), scale(2))
    const others = [{ factor: vector([1, 2, 3]) }] as never
    expect(() => net(others)(vector([1, 2]))).toThrow()
    const longer = layer({
      name: 'longer',
      input: [2],
      output: [2],
      init: () => ({}),
      apply: () => () => vector([1, 2, 3]) as unknown as Vector<2>,
    })
    expect(() => pipe(input(2), longer)([{}])(vector([1, 2]))).toThrow(
      'longer expects parameters that give [2], receives some that give [3]',
    )
  })
  it('an input of another shape is refused', () =>
    expect(() => pipe(input(2), relu)([{}])(vector([1, 2, 3]) as never)).toThrow('network expects [2], receives [3]'))
  it('sizes are whole, and at least 1', () => {
    expect(() => input(0)).toThrow('input expects whole sizes of at least 1, receives [0]')
    expect(() => scale(0.5)).toThrow('scale expects whole sizes of at least 1, receives [0.5, 0.5]')
    expect(() => pipe(input(2), repeat(-1)(relu))).toThrow('repeat expects whole sizes of at least 0, receives [-1]')
    expect(() => pipe(input(2), repeat(1.5)(relu))).toThrow('repeat expects whole sizes of at least 0, receives [1.5]')
  })
  it('blocks beside each other are vectors', () => {
    expect(() => pipe(input(2, 2, 1), parallel(flatten as never, relu) as never)).toThrow('parallel expects a vector, receives [2, 2, 1]')
    expect(() => pipe(input(2, 2, 1), parallel(relu, flatten as never) as never)).toThrow('parallel expects a vector, receives [2, 2, 1]')
  })
  it('a block that is repeated keeps its shape', () =>
    expect(() => pipe(input(2), repeat(2)(dense(3) as never) as never)).toThrow('repeat: block maps [2] to [3], but must keep its shape'))
})
