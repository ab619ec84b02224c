/** Networks as data: descriptions, tables, and what is refused, word for word. */
import { isLeft, isRight, right } from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { orThrow } from '../../src/error/index.js'
import {
  absoluteValue,
  avgPool2d,
  batchNorm,
  bidirectional,
  clippedLinear,
  constant,
  conv1d,
  conv2d,
  dense,
  dropout,
  elman,
  elu,
  embedding,
  flatten,
  gelu,
  geluTanh,
  globalAvgPool2d,
  globalMaxPool2d,
  glorot,
  groupNorm,
  gru,
  hardSigmoid,
  hardTanh,
  initialiser,
  initialiserEntry,
  initialisers,
  input,
  layerEntry,
  layerNorm,
  layers,
  leakyRelu,
  lecun,
  locallyConnected1d,
  locallyConnected2d,
  logSoftmax,
  lstm,
  maxout,
  maxPool2d,
  parametricRelu,
  rbf,
  rebuild,
  rebuildWith,
  recurrent,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  small,
  softmax,
  softplus,
  tanh,
} from '../../src/layer/index.js'
import {
  delta,
  descriptionOf,
  layer,
  type NetworkDescription,
  named,
  parallel,
  repeat,
  residual,
  type SomeNetwork,
  summary,
} from '../../src/network/index.js'
import { mul } from '../../src/ops/index.js'
import { sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { full, matrix, ones, type Vector, vector } from '../../src/tensor/index.js'

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
      descriptionOf(pipe(input(4), dense(3), residual(flow(dense(3), tanh)), parallel(dense(1), leakyRelu(0.5)), named('end')(scale(4)))),
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
    const ours = rebuildWith({ layers: { scale: layerEntry(t.type({ size: t.number }), ({ size }) => right(scale(size))) } })(
      descriptionOf(net),
    )
    expect(isRight(ours) && descriptionOf(ours.right)).toStrictEqual(descriptionOf(net))
  })

  const everything = [
    pipe(input(3), dense(2), relu, absoluteValue, leakyRelu(0.3), sigmoid, tanh, softplus, hardTanh, softmax, dropout(0.5)),
    pipe(
      input(3),
      elu(0.7),
      selu,
      silu,
      gelu,
      geluTanh,
      clippedLinear,
      relu6,
      hardSigmoid,
      logSoftmax,
      parametricRelu({ per: 'layer', initial: 0.1 }),
    ),
    pipe(
      input(3),
      maxout(2, { pieces: 3, weights: glorot }),
      maxout(2, { pieces: 2 }),
      rbf(4, { widths: constant(2) }),
      rbf(2, { centres: small(3) }),
      parametricRelu(),
      layerNorm({ over: 'all', epsilon: 0.1 }),
      layerNorm(),
      groupNorm(2, { epsilon: 0.1 }),
      batchNorm({ epsilon: 0.1 }),
    ),
    pipe(input(5, 4, 2), conv2d({ filters: 2, kernel: 2, padding: 1, stride: 2 }), maxPool2d(2), avgPool2d(1), flatten),
    pipe(
      input(9, 2),
      conv1d({ filters: 4, kernel: 3, dilation: 2, padding: 'same', groups: 2, bias: constant(1) }),
      conv1d({ filters: 1, kernel: 2, padding: [[1, 0]] }),
    ),
    pipe(
      input(9, 8, 2),
      conv2d({
        filters: 4,
        kernel: [2, 3],
        stride: [1, 2],
        padding: [
          [1, 0],
          [2, 1],
        ],
        groups: 2,
        weights: glorot,
        bias: false,
      }),
      maxPool2d({ size: [2, 1], stride: 1, padding: 'same' }),
      avgPool2d({ size: 2, padding: 1, countPadding: false }),
      globalAvgPool2d,
    ),
    pipe(input(9, 2), locallyConnected1d({ filters: 2, kernel: 3, stride: 2, padding: 1, bias: small(1) })),
    pipe(input(4, 5, 2), locallyConnected2d({ filters: 3, kernel: [2, 3], dilation: 2, weights: glorot, bias: false })),
    pipe(input(2, 2, 3), globalMaxPool2d),
    pipe(
      input(4, 3),
      recurrent(elman(2, { weights: small(1) }), { returns: 'sequence', learnStart: true }),
      recurrent(lstm(3, { forgetBias: 0, recurrent: lecun }), { returns: 'sequence', reversed: true, mask: 0 }),
      bidirectional(gru(2, { reset: 'before' }), { returns: 'sequence' }),
      bidirectional(gru(2), { mask: 1 }),
    ),
    pipe(input(3), embedding(5, 2, { weights: glorot }), flatten, dense(2)),
    pipe(
      input(3),
      dense(3, { weights: glorot }),
      dense(3, { weights: lecun, bias: constant(0.1) }),
      dense(3, { weights: small(0.01), bias: small(2) }),
      dense(3),
      residual(flow(dense(3, { weights: glorot }), dropout(0.1))),
      repeat(2)(dense(3, { weights: lecun })),
      named('end')(parallel(dense(1, { weights: glorot }), dense(2))),
    ),
  ] as unknown as readonly SomeNetwork[]
  it.each(everything)('made again from its description, a network draws the same weights and computes the same: %#', (net) => {
    const again = orThrow(rebuild(JSON.parse(JSON.stringify(descriptionOf(net)))))
    expect(descriptionOf(again)).toStrictEqual(descriptionOf(net))
    const x = ones(net.input, net.layers.first()?.kind === 'embedding' ? 'int32' : 'float32')
    for (const seed of [1, 2]) {
      const [params, same] = [net.init(key(seed)), again.init(key(seed))]
      expect(sameTree(params, same)).toBe(true)
      expect(is(again.sampled(key(3))(same)(x), net.sampled(key(3))(params)(x))).toBe(true)
    }
  })
  it('every kind of layer and of initialiser is among them', () => {
    const kindsIn = (json: unknown): readonly string[] =>
      typeof json !== 'object' || json === null
        ? []
        : [...('kind' in json ? [String(json.kind)] : []), ...Object.values(json).flatMap(kindsIn)]
    const kinds = new Set(everything.flatMap((net) => kindsIn(descriptionOf(net))))
    expect([...Object.keys(layers), ...Object.keys(initialisers)].filter((kind) => !kinds.has(kind) && kind !== 'he')).toEqual([])
  })
  it('an initialiser of your own is handed in, by its name', () => {
    const mine = initialiser({ kind: 'mine', by: 2 }, (shape) => () => full(shape, 2))
    const net = pipe(input(2), dense(2, { weights: mine }))
    const description = descriptionOf(net)
    expect(description.layers).toStrictEqual([{ kind: 'dense', size: 2, weights: { kind: 'mine', by: 2 } }])
    expect(saying(description)).toBe(
      'rebuild expects a known initialiser, receives "mine"; hand in an entry for the initialiser (initialiser)',
    )
    const own = { initialisers: { mine: initialiserEntry(t.type({ by: t.number }), () => mine) } }
    expect(sameTree(orThrow(rebuildWith(own)(description)).init(key(1)), net.init(key(1)))).toBe(true)
    expect(saying(descriptionOf(pipe(input(2), dense(2, { weights: (shape) => () => full(shape, 3) }))))).toContain('receives "unnamed"')
  })
  it('blocks nest so deep and no deeper', () => {
    const nested = (depth: number): unknown => (depth === 0 ? { kind: 'relu' } : { kind: 'residual', layers: [nested(depth - 1)] })
    expect(saying({ input: [2], layers: [nested(60)] })).toBe('a network')
    expect(saying({ input: [2], layers: [nested(5000)] })).toBe('rebuild expects at most 64 blocks inside of each other, receives more')
  })

  const saying = (description: unknown): string => {
    const network = rebuild(description as NetworkDescription)
    return isLeft(network) ? network.left.message : 'a network'
  }
  it.each([
    [{ input: 3, layers: [] }, 'rebuild expects an input shape, receives 3'],
    [{ input: [3], layers: 'dense' }, 'rebuild expects a list of layers, receives "dense" (layers)'],
    [{ input: [3], layers: [{ kind: 'relu' }, 7] }, 'rebuild expects a layer with a kind, receives 7 (layer 1)'],
    [{ input: [3], layers: [null] }, 'rebuild expects a layer with a kind, receives null (layer 0)'],
    [{ input: [3], layers: [['dense']] }, 'rebuild expects a layer with a kind, receives ["dense"] (layer 0)'],
    [{ input: [3], layers: [{ kind: 3 }] }, 'rebuild expects a layer with a kind, receives { kind: 3 } (layer 0)'],
    [{ input: [3], layers: [{ size: 3 }] }, 'rebuild expects a layer with a kind, receives { size: 3 } (layer 0)'],
    [{ input: [3], layers: [{ kind: 'dense' }] }, 'rebuild expects number as size, receives nothing (dense)'],
    [{ input: [3], layers: [{ kind: 'named', name: 1, layers: [] }] }, 'rebuild expects string as name, receives 1 (named)'],
    [{ input: [3], layers: [{ kind: 'residual', layers: [5] }] }, 'rebuild expects a layer with a kind, receives 5 (layer 0)'],
    [
      { input: [3], layers: [{ kind: 'dense', size: 0 }] },
      'rebuild expects a network, receives dense expects whole sizes of at least 1, receives [0] (layer 0)',
    ],
    [{ input: [0], layers: [] }, 'rebuild expects a network, receives input expects whole sizes of at least 1, receives [0] (input)'],
  ])('%j is refused in one sentence', (description, message) => expect(saying(description)).toBe(message))
  it('an unknown kind is told which ones there are', () =>
    expect(saying({ input: [3], layers: [{ kind: 'toString' }] })).toMatch(
      /^rebuild expects a known layer, receives "toString"; hand in an entry for the layer \(layer 0\)$/,
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
