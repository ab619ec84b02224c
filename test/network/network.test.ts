/** Networks as data: descriptions, tables, and what is refused, word for word. */
import { readdirSync, readFileSync } from 'node:fs'
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
  cutPoints,
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
  learnedLogScale,
  lecun,
  locallyConnected1d,
  locallyConnected2d,
  logSoftmax,
  lstm,
  maxout,
  maxPool2d,
  parametricRelu,
  polynomialFeatures,
  radialBasisFeatures,
  randomFourierFeatures,
  rbf,
  rebuild,
  rebuildWith,
  recurrent,
  relu,
  relu6,
  scalingOf,
  selu,
  sigmoid,
  silu,
  small,
  softmax,
  softplus,
  standardise,
  tanh,
  transposed,
} from '../../src/layer/index.js'
import {
  delta,
  descriptionOf,
  freeze,
  layer,
  type NetworkDescription,
  named,
  noParameters,
  parallel,
  pointwise,
  repeat,
  residual,
  type SomeNetwork,
  share,
  split,
  summary,
} from '../../src/network/index.js'
import { mul } from '../../src/ops/index.js'
import { leavesWithPaths, sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { full, matrix, ones, type Tensor, tensor, toArray, type Vector, vector } from '../../src/tensor/index.js'

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

  const pretrained = pipe(input(2), dense(3), tanh, dropout(0.1))
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
      learnedLogScale({ initial: 2 }),
      dense(1),
      cutPoints(3),
    ),
    pipe(
      input(3),
      standardise(
        scalingOf(
          matrix([
            [1, 2, 0.1],
            [3, 2, 0.7],
          ]),
        ),
      ),
      polynomialFeatures(2, { bias: false }),
      randomFourierFeatures(2, { gamma: 0.3, key: key(2 ** 40 + 3) }),
      radialBasisFeatures(
        matrix([
          [1, 2],
          [3, 4],
          [0.1, 0.7],
        ]),
        { gamma: 0.2 },
      ),
      polynomialFeatures(2),
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
      input(2, 4, 1),
      parallel(relu, conv2d({ filters: 2, kernel: 1 })),
      parallel(tanh, dropout(0.5), { axis: -3 }),
      split(1, { axis: -2 })(relu, tanh),
      split(1)(
        relu,
        parallel((from) => from, tanh),
      ),
    ),
    pipe(input(3), dense(2), freeze(pretrained)(pretrained.init(key(7))), dense(1)),
    pipe(
      input(3),
      share('out')(
        () => pipe(input(2), dense(2, { weights: glorot })),
        (outer) =>
          flow(
            dense(2),
            outer,
            share('in')(dense(4), (inner) => flow(inner, tanh, transposed(inner, { bias: constant(1) }), outer)),
            residual(flow(outer, dropout(0.5))),
          ),
      ),
    ),
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
  it('every kind that a file of layers or combinators describes has an entry', () => {
    const files = ['src/layer', 'src/network'].flatMap((folder) =>
      readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8').replaceAll(/^ \*.*$/gm, '')),
    )
    const described = files.flatMap((text) => [...text.matchAll(/(?:kind: |pointwise\()'(\w+)'/g)].map(([, kind]) => kind ?? ''))
    const cells = ['elman', 'lstm', 'gru']
    const known = new Set([...Object.keys(layers), ...Object.keys(initialisers), ...cells, 'unnamed', 'shared'])
    expect(described.length).toBeGreaterThan(40)
    expect(described.filter((kind) => !known.has(kind))).toEqual([])
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
    [
      { input: [3], layers: [{ kind: 'freeze', layers: [{ kind: 'dense', size: 2 }], parameters: [] }] },
      'rebuild expects a network, receives freeze expects parameters of shapes [3, 2], [2], receives none (layer 0)',
    ],
    [{ input: [3], layers: [{ kind: 'shared', name: 'e' }] }, 'rebuild expects a name of what is shared around it, receives "e" (shared)'],
    [
      {
        input: [3],
        layers: [{ kind: 'share', name: 'e', shared: { input: [3], layers: [{ kind: 'relu' }] }, layers: [{ kind: 'cube' }] }],
      },
      'rebuild expects a known layer, receives "cube"; hand in an entry for the layer (layer 0)',
    ],
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
  it('blocks beside each other give what can be joined', () => {
    expect(() => pipe(input(2, 2, 1), parallel(flatten, relu) as never)).toThrow(
      'parallel expects shapes that differ only along axis -1, receives [4] and [2, 2, 1]',
    )
    expect(() => pipe(input(4), parallel(relu, tanh, { axis: -2 }) as never)).toThrow(
      'parallel expects distinct axes from -1 to -1, receives [-2]; its operand is [4]',
    )
    expect(() => parallel(relu, tanh, { axes: -2 } as never)).toThrow('parallel expects axis, receives the option axes; did you mean axis?')
  })
  it('a part is less than all, and at least 1', () => {
    expect(() => pipe(input(4), split(4)(relu, relu) as never)).toThrow('split expects fewer than all along axis -1 of [4], receives 4')
    expect(() => split(0)).toThrow('split expects whole sizes of at least 1, receives [0]')
    expect(() => split('1' as never)).toThrow('split expects whole sizes of at least 1, receives ["1"]')
    expect(() => split(1, 7 as never)).toThrow('split expects a record of options, axis')
    expect(() => pipe(input(4), split(1, { axis: 0 })(relu, relu) as never)).toThrow(
      'split expects distinct axes from -1 to -1, receives [0]',
    )
  })
  it('a block that is repeated keeps its shape', () =>
    expect(() => pipe(input(2), repeat(2)(dense(3) as never) as never)).toThrow('repeat: block maps [2] to [3], but must keep its shape'))
})

describe('what is shared', () => {
  const tied = pipe(
    input(4),
    share('encoder')(dense(2), (encode) => flow(encode, tanh, transposed(encode))),
  )
  it('has its parameters once', () => {
    expect(leavesWithPaths(tied.init(key(1))).map(({ path, tensor: { shape } }) => [path, shape])).toEqual([
      ['[0].shared[0].weights', [4, 2]],
      ['[0].shared[0].bias', [2]],
      ['[0].body[2].bias', [4]],
    ])
    expect(summary(tied)).toBe(
      ['layer  output  parameters', 'input  [4]              0', 'share  [4]             14', 'total                  14'].join('\n'),
    )
  })
  it('is described once, and its places by its name', () =>
    expect(descriptionOf(tied).layers).toStrictEqual([
      {
        kind: 'share',
        name: 'encoder',
        shared: { input: [4], layers: [{ kind: 'dense', size: 2 }] },
        layers: [{ kind: 'shared', name: 'encoder' }, { kind: 'tanh' }, { kind: 'transposed', name: 'encoder' }],
      },
    ]))
  it('of a tied autoencoder is x̂ = tanh(xW + b)Wᵀ + c, by hand', () => {
    const [w, b, c] = [tensor([4, 2], [1, 2, 0, 1, 0, 0, 3, 0]), vector([0.5, 0]), vector([0, 0, 1, 0])]
    const code = [Math.tanh(1.5), Math.tanh(2)] as const
    const back = tied([{ shared: [{ weights: w, bias: b }], body: [noParameters, noParameters, { bias: c }] }])(vector([1, 0, 7, 0]))
    Array.from(toArray(back)).forEach((y, i) => {
      expect(y).toBeCloseTo([code[0] + 2 * code[1], code[1], 1, 3 * code[0]][i] as number, 5)
    })
  })
  it('stays inside of its body, under a name of its own', () => {
    const leaked: unknown[] = []
    const net = pipe(
      input(2),
      share('a')(dense(2), (a) => {
        leaked.push(a)
        return a
      }),
    )
    expect(net.output).toEqual([2])
    const outside = pipe(input(2), leaked[0] as typeof tanh)
    expect(() => outside(outside.init(key(1)))(vector([1, 2]))).toThrow('share expects a inside of its body, receives it outside')
    expect(() =>
      pipe(
        input(2),
        share('a')(dense(2), (a) =>
          flow(
            a,
            share('a')(dense(2), (b) => flow(b, a)),
          ),
        ),
      ),
    ).toThrow('share expects another name than those around it, receives a inside of a')
    expect(() =>
      pipe(
        input(2),
        share(3 as never)(relu, (a) => a),
      ),
    ).toThrow('share expects a text for its name, receives 3')
    expect(() => pipe(input(2), named(3 as never)(relu))).toThrow('named expects a text for its name, receives 3')
    expect(() => pipe(input(2), share('a')(relu, 'body' as never))).toThrow(
      'share expects a body, a function of what is shared, receives "body"',
    )
    expect(() =>
      pipe(
        input(2),
        share('a')(relu, (a) => (() => a) as never),
      ),
    ).toThrow('share expects a network, receives')
  })
  it('is transposed where it is dense, and only that', () => {
    const wrong = (of: unknown): unknown => transposed(of as never)
    expect(() => wrong(relu)).toThrow('transposed expects a dense layer that is shared, receives a function')
    expect(() => wrong(undefined)).toThrow('transposed expects a dense layer that is shared, receives undefined')
    expect(() =>
      pipe(
        input(2),
        share('a')(flow(dense(2), relu), (a) => flow(a, transposed(a as never) as never) as never),
      ),
    ).toThrow('transposed expects a dense layer that is shared, receives a of dense, relu; share it alone, without its activation')
  })
})

describe('branches', () => {
  const image = tensor([2, 2, 1], [1, 2, 3, 4])
  const numbers = (x: Tensor): readonly number[] => Array.from(toArray(x))
  const same = pointwise('same', (x) => x)
  const tenfold = pointwise('tenfold', mul(10))
  it('are joined along the axis that is said', () => {
    const on = (axis: -1 | -2 | -3) => pipe(input(2, 2, 1), parallel(same, tenfold, { axis }))
    const none = [[[noParameters], [noParameters]]] as const
    expect(numbers(on(-1)(none)(image))).toEqual([1, 10, 2, 20, 3, 30, 4, 40])
    expect(numbers(on(-2)(none)(image))).toEqual([1, 2, 10, 20, 3, 4, 30, 40])
    expect(numbers(on(-3)(none)(image))).toEqual([1, 2, 3, 4, 10, 20, 30, 40])
    expect([on(-1), on(-2), on(-3)].map(({ output }) => output)).toEqual([
      [2, 2, 2],
      [2, 4, 1],
      [4, 2, 1],
    ])
  })
  it('each have their part', () => {
    const none = [[[noParameters], [noParameters]]] as const
    expect(numbers(pipe(input(4), split(3)(same, tenfold))(none)(vector([1, 2, 3, 4])))).toEqual([1, 2, 3, 40])
    expect(numbers(pipe(input(2, 2, 1), split(1, { axis: -2 })(same, tenfold))(none)(image))).toEqual([1, 20, 3, 40])
    expect(numbers(pipe(input(2, 2, 1), split(1, { axis: -3 })(same, tenfold))(none)(image))).toEqual([1, 2, 30, 40])
  })
})
