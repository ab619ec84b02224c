/** The layers and initialisers of this library by the kind in their descriptions, and networks from descriptions. */
import { chain, type Either, map, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { type DecodeError, orThrow, ValueError, wantsRecord } from '../error/index.js'
import { blankLike } from '../network/blank.js'
import {
  type Description,
  freeze,
  input,
  type NetworkDescription,
  named,
  parallel,
  repeat,
  residual,
  type SomeNetwork,
  share,
  split,
} from '../network/index.js'
import { leaves, withLeaves } from '../params/index.js'
import { fixed, show } from '../shape/index.js'
import { TensorCodec } from '../tensor/codec.js'
import { vector } from '../tensor/create.js'
import type { Matrix, Tensor } from '../tensor/tensor.js'
import {
  absoluteValue,
  clippedLinear,
  elu,
  gelu,
  geluTanh,
  hardSigmoid,
  hardTanh,
  leakyRelu,
  logSoftmax,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
} from './activation.js'
import { batchNorm } from './batch-norm.js'
import { type Cell, type CellF, type CellOptions, cellDefaults, elman, gru, lstm, type Reset } from './cell.js'
import { type ConvolutionOptions, conv1d, conv2d, convolutionDefaults } from './convolution.js'
import { cutPoints } from './cut-points.js'
import { dense, denseDefaults } from './dense.js'
import { dropout } from './dropout.js'
import { embedding, embeddingDefaults } from './embedding.js'
import { flatten } from './flatten.js'
import { groupNorm } from './group-norm.js'
import { constant, glorot, he, lecun, small } from './initialiser.js'
import { layerNorm } from './layer-norm.js'
import { learnedLogScale } from './learned-log-scale.js'
import { type LocallyConnectedOptions, locallyConnected1d, locallyConnected2d } from './locally-connected.js'
import { maxout } from './maxout.js'
import { parametricRelu } from './parametric-relu.js'
import { polynomialFeatures } from './polynomial-features.js'
import { avgPool2d, globalAvgPool2d, globalMaxPool2d, maxPool2d } from './pooling.js'
import { radialBasisFeatures } from './radial-basis-features.js'
import { randomFourierFeatures } from './random-fourier-features.js'
import { rbf, rbfDefaults } from './rbf.js'
import { bidirectional, recurrent } from './recurrent.js'
import { attributesOf, type Inside, initialiserEntry, type LayerEntry, layerEntry, type Registry, rebuildFrom } from './registry.js'
import { standardise } from './standardise.js'
import { transposed, transposedDefaults } from './transposed.js'

const size = t.type({ size: t.number })
/** A layer without attributes. */
const plain = (builder: unknown): LayerEntry => layerEntry(t.type({}), () => right(builder))
const pair = t.union([t.number, t.tuple([t.number, t.number])])
const padding = t.union([t.literal('valid'), t.literal('same'), t.number, t.array(t.tuple([t.number, t.number]))])
const windowed = { stride: pair, padding, dilation: pair, groups: t.number, bias: t.unknown }
const convolution = t.intersection([t.type({ filters: t.number, kernel: pair }), t.partial(windowed)])
const pooled = t.intersection([t.strict({ size: pair }), t.exact(t.partial({ stride: pair, padding, countPadding: t.boolean }))])
/** A convolution of this many axes: its windows, and its initialisers. */
const convolved = (build: (options: ConvolutionOptions<never>) => unknown): LayerEntry =>
  layerEntry(convolution, ({ filters, kernel, stride, padding: around, dilation, groups, bias }, { described }) =>
    pipe(
      described(bias === false ? ['weights'] : ['weights', 'bias'], { weights: convolutionDefaults.weights, bias: constant(0) }),
      map((initial) => {
        const given = Object.entries({ stride, padding: around, dilation, groups }).filter(([, value]) => value !== undefined)
        return build({ ...Object.fromEntries(given), ...initial, filters, kernel: kernel as never, ...(bias === false ? { bias } : {}) })
      }),
    ),
  )

const returns = t.keyof({ sequence: null, last: null })
const along = t.intersection([
  t.strict({ cell: t.UnknownRecord, returns }),
  t.exact(t.partial({ reversed: t.boolean, learnStart: t.boolean, mask: t.number })),
])
/** The options that are given. */
const stated = <T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never
const cells = {
  elman: (hidden: number, options: CellOptions) => elman(hidden, options),
  lstm: (hidden: number, options: CellOptions & { readonly forgetBias?: number }) => lstm(hidden, options),
  gru: (hidden: number, options: CellOptions & { readonly reset?: Reset }) => gru(hidden, options),
}
const cellCodec = t.intersection([
  t.type({ kind: t.keyof({ elman: null, lstm: null, gru: null }), hidden: t.number }),
  t.partial({ forgetBias: t.number, reset: t.keyof({ before: null, after: null }) }),
])
/** The described cell. */
const cellOf = (json: object, inside: Inside): Either<DecodeError, Cell<CellF, number>> =>
  pipe(
    attributesOf(cellCodec)(json as Description),
    chain(({ kind, hidden, forgetBias, reset }) =>
      pipe(
        inside.within(json as Description)(['weights', 'recurrent'], cellDefaults),
        map((initial) => cells[kind](hidden, { ...initial, ...stated({ forgetBias, reset }) } as never) as unknown as Cell<CellF, number>),
      ),
    ),
  )

/** Two blocks beside each other. */
const branched =
  <A>(attributes: t.Decoder<unknown, A>, build: (attributes: A, left: never, right: never) => unknown): LayerEntry =>
  (description, inside) =>
    pipe(
      attributesOf(attributes)(description),
      chain((a) =>
        pipe(
          inside.layers(description['left']),
          chain((left) =>
            pipe(
              inside.layers(description['right']),
              map((right) => build(a, left as never, right as never) as never),
            ),
          ),
        ),
      ),
    )

/** The parameters of a network out of their tensors, one after the other. */
const filledWith = (network: SomeNetwork, tensors: readonly Tensor[]): readonly unknown[] => {
  const blank = blankLike(network, 'rebuild')
  const shapes = [leaves(blank), tensors].map((of) => of.map(({ shape }) => show(shape)).join(', ') || 'none')
  if (shapes[0] === shapes[1]) return withLeaves(blank, tensors)
  throw new ValueError({ who: 'freeze', expected: `parameters of shapes ${shapes[0]}`, received: `${shapes[1]}` })
}

/** The layers of this library. */
export const layers: Registry['layers'] = fixed({
  dense: layerEntry(size, ({ size: units }, { described }) =>
    pipe(
      described(['weights', 'bias'], denseDefaults),
      map((options) => dense(units, options)),
    ),
  ),
  maxout: layerEntry(t.type({ size: t.number, pieces: t.number }), ({ size: units, pieces }, { described }) =>
    pipe(
      described(['weights', 'bias'], denseDefaults),
      map((options) => maxout(units, { pieces, ...options })),
    ),
  ),
  rbf: layerEntry(size, ({ size: units }, { described }) =>
    pipe(
      described(['centres', 'widths'], rbfDefaults),
      map((options) => rbf(units, options)),
    ),
  ),
  parametricRelu: layerEntry(t.type({ per: t.keyof({ unit: null, channel: null, layer: null }), initial: t.number }), ({ per, initial }) =>
    right(parametricRelu({ per, initial })),
  ),
  layerNorm: layerEntry(t.type({ over: t.keyof({ last: null, all: null }), epsilon: t.number }), ({ over, epsilon }) =>
    right(layerNorm({ over, epsilon })),
  ),
  learnedLogScale: layerEntry(t.type({ initial: t.number }), ({ initial }) => right(learnedLogScale({ initial }))),
  cutPoints: layerEntry(t.type({ cuts: t.number }), ({ cuts }) => right(cutPoints(cuts))),
  polynomialFeatures: layerEntry(t.type({ degree: t.number, bias: t.boolean }), ({ degree, bias }) =>
    right(polynomialFeatures(degree, { bias })),
  ),
  radialBasisFeatures: layerEntry(t.type({ centres: TensorCodec, gamma: t.number }), ({ centres, gamma }) =>
    right(radialBasisFeatures(centres as Matrix<number, number>, { gamma })),
  ),
  randomFourierFeatures: layerEntry(
    t.type({ count: t.number, gamma: t.number, key: t.tuple([t.number, t.number]) }),
    ({ count, gamma, key }) => right(randomFourierFeatures(count, { gamma, key: vector(key, 'uint32') })),
  ),
  standardise: layerEntry(t.type({ mean: TensorCodec, deviation: TensorCodec }), (scaling) => right(standardise(scaling))),
  groupNorm: layerEntry(t.type({ groups: t.number, epsilon: t.number }), ({ groups, epsilon }) => right(groupNorm(groups, { epsilon }))),
  batchNorm: layerEntry(t.type({ epsilon: t.number }), ({ epsilon }) => right(batchNorm({ epsilon }))),
  relu: plain(relu),
  absoluteValue: plain(absoluteValue),
  leakyRelu: layerEntry(t.type({ slope: t.number }), ({ slope }) => right(leakyRelu(slope))),
  sigmoid: plain(sigmoid),
  tanh: plain(tanh),
  softplus: plain(softplus),
  hardTanh: plain(hardTanh),
  softmax: plain(softmax),
  logSoftmax: plain(logSoftmax),
  elu: layerEntry(t.type({ alpha: t.number }), ({ alpha }) => right(elu(alpha))),
  selu: plain(selu),
  silu: plain(silu),
  gelu: plain(gelu),
  geluTanh: plain(geluTanh),
  clippedLinear: plain(clippedLinear),
  relu6: plain(relu6),
  hardSigmoid: plain(hardSigmoid),
  flatten: plain(flatten),
  embedding: layerEntry(t.type({ count: t.number, width: t.number }), ({ count, width }, { described }) =>
    pipe(
      described(['weights'], embeddingDefaults),
      map((options) => embedding(count, width, options)),
    ),
  ),
  recurrent: layerEntry(along, ({ cell, returns, ...options }, inside) =>
    pipe(
      cellOf(cell, inside),
      map((c) => recurrent(c, { returns, ...stated(options) })),
    ),
  ),
  bidirectional: layerEntry(along, ({ cell, returns, mask }, inside) =>
    pipe(
      cellOf(cell, inside),
      map((c) => bidirectional(c, { returns, ...stated({ mask }) })),
    ),
  ),
  conv1d: convolved(conv1d),
  conv2d: convolved(conv2d as (options: ConvolutionOptions<never>) => unknown),
  locallyConnected1d: convolved(locallyConnected1d),
  locallyConnected2d: convolved(locallyConnected2d as (options: LocallyConnectedOptions<never>) => unknown),
  avgPool2d: layerEntry(pooled, (options) => right(avgPool2d(options as never))),
  maxPool2d: layerEntry(pooled, (options) => right(maxPool2d(options as never))),
  globalAvgPool2d: plain(globalAvgPool2d),
  globalMaxPool2d: plain(globalMaxPool2d),
  dropout: layerEntry(t.type({ rate: t.number }), ({ rate }) => right(dropout(rate))),
  residual: (d, inside) =>
    pipe(
      inside.layers(d['layers']),
      map((block) => residual(block as never) as never),
    ),
  repeat: layerEntry(t.type({ times: t.number, layers: t.unknown }), ({ times, layers: json }, inside) =>
    pipe(
      inside.layers(json as never),
      map((block) => repeat(times)(block as never)),
    ),
  ),
  parallel: branched(t.partial({ axis: t.number }), ({ axis }, f, g) => parallel(f, g, stated({ axis }))),
  split: branched(t.intersection([t.type({ size: t.number }), t.partial({ axis: t.number })]), ({ size: first, axis }, f, g) =>
    split(first, stated({ axis }))(f, g),
  ),
  freeze: layerEntry(t.type({ layers: t.unknown, parameters: t.readonlyArray(TensorCodec) }), ({ layers: json, parameters }, inside) =>
    pipe(
      inside.layers(json as never),
      map((block) => (before: SomeNetwork) => {
        const network = block(input(...before.output) as unknown as SomeNetwork)
        return freeze(network)(filledWith(network, parameters))(before)
      }),
    ),
  ),
  share: layerEntry(
    t.type({ name: t.string, shared: t.type({ input: t.array(t.number), layers: t.unknown }), layers: t.unknown }),
    ({ name, shared, layers: json }, inside) =>
      pipe(
        inside.layers(shared.layers as never),
        map((block) =>
          share(name)(
            () => block(input(...shared.input) as unknown as SomeNetwork),
            (use) => orThrow(inside.sharing(use, json as never)) as never,
          ),
        ),
      ),
  ),
  shared: layerEntry(t.type({ name: t.string }), ({ name }, inside) => inside.shared(name)),
  transposed: layerEntry(t.type({ name: t.string }), ({ name }, { shared, described }) =>
    pipe(
      shared(name),
      chain((use) =>
        pipe(
          described(['bias'], transposedDefaults),
          map((options) => transposed(use as never, options)),
        ),
      ),
    ),
  ),
  named: layerEntry(t.type({ name: t.string, layers: t.unknown }), ({ name, layers: json }, inside) =>
    pipe(
      inside.layers(json as never),
      map((block) => named(name)(block as never)),
    ),
  ),
})

/** The initialisers of this library. */
export const initialisers: Registry['initialisers'] = fixed({
  he: initialiserEntry(t.type({}), () => he),
  glorot: initialiserEntry(t.type({}), () => glorot),
  lecun: initialiserEntry(t.type({}), () => lecun),
  small: initialiserEntry(t.type({ standardDeviation: t.number }), ({ standardDeviation }) => small(standardDeviation)),
  constant: initialiserEntry(t.type({ value: t.number }), ({ value }) => constant(value)),
})

const merged = (own: Partial<Registry>): Registry =>
  fixed({ layers: { ...layers, ...own.layers }, initialisers: { ...initialisers, ...own.initialisers } })

/**
 * The described network, of this library's layers and initialisers and of your own.
 *
 * @error `DecodeError` for a kind without an entry, or attributes that make no layer
 * @example
 * const own = { layers: { scale: layerEntry(t.type({ size: t.number }), ({ size }) => right(scale(size))) } }
 * rebuildWith(own)(descriptionOf(net))
 */
export const rebuildWith = (own: Partial<Registry>): ((description: NetworkDescription) => Either<DecodeError, SomeNetwork>) =>
  rebuildFrom(merged(wantsRecord('rebuildWith', 'a record of layers and initialisers', own)))

/** The described network, of this library's layers and initialisers. @error as `rebuildWith` */
export const rebuild = rebuildWith({})
