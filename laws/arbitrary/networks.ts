/**
 * Networks of random type: on vectors and on images, from one to five layers, every element-wise activation, and blocks in
 * every combinator.
 */
import * as fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Defect } from '../../src/error/index.js'
import { input, radialBasisFeatures, rebuild, scalingOf, standardise } from '../../src/layer/index.js'
import { type Description, descriptionOf, freeze, identity, type NetworkDescription, type SomeNetwork } from '../../src/network/index.js'
import { key, normal } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'

/** The network that a description describes. */
export const networkOf = (description: NetworkDescription): SomeNetwork => {
  const network = rebuild(description)
  if (isRight(network)) return network.right
  throw new Defect(network.left.message)
}

const width = fc.integer({ min: 1, max: 4 })
const dense = width.map((size): Description => ({ kind: 'dense', size }))
/** What takes a vector to another one. */
const affine = fc.oneof(
  dense,
  fc.tuple(width, width).map(([size, pieces]): Description => ({ kind: 'maxout', size, pieces })),
  width.map((size): Description => ({ kind: 'rbf', size })),
  fc
    .tuple(width, fc.tuple(fc.nat(9), fc.nat(9)))
    .map(([count, key]): Description => ({ kind: 'randomFourierFeatures', count, gamma: 0.3, key })),
)
/** Smooth ones, and piecewise linear ones whose kinks random numbers do not meet. */
export const activation: fc.Arbitrary<Description> = fc.oneof(
  fc.constantFrom<Description>(
    { kind: 'tanh' },
    { kind: 'sigmoid' },
    { kind: 'softplus' },
    { kind: 'relu' },
    { kind: 'absoluteValue' },
    { kind: 'hardTanh' },
    { kind: 'softmax' },
    { kind: 'logSoftmax' },
    { kind: 'selu' },
    { kind: 'silu' },
    { kind: 'gelu' },
    { kind: 'geluTanh' },
    { kind: 'clippedLinear' },
    { kind: 'relu6' },
    { kind: 'hardSigmoid' },
    { kind: 'parametricRelu', per: 'unit', initial: 0.25 },
    { kind: 'parametricRelu', per: 'channel', initial: 0.1 },
    { kind: 'parametricRelu', per: 'layer', initial: 0 },
    { kind: 'layerNorm', over: 'last', epsilon: 0.1 },
    { kind: 'layerNorm', over: 'all', epsilon: 0.1 },
    { kind: 'groupNorm', groups: 1, epsilon: 0.1 },
  ),
  fc.constant<Description>({ kind: 'leakyRelu', slope: 0.1 }),
  fc.constant<Description>({ kind: 'elu', alpha: 0.7 }),
)

type Layers = readonly Description[]
const residual = (layers: Layers): Description => ({ kind: 'residual', layers })
const repeat = ([times, layers]: readonly [number, Layers]): Description => ({ kind: 'repeat', times, layers })
const named = (layers: Layers): Description => ({ kind: 'named', name: 'block', layers })
/** Twice in a chain, with an activation between. */
const shared = (input: Shape, layers: Layers, between: Description): Description => ({
  kind: 'share',
  name: 'twice',
  shared: { input, layers },
  layers: [{ kind: 'shared', name: 'twice' }, between, { kind: 'shared', name: 'twice' }],
})
/** There and back by the same weights. */
const tied = (input: Shape, there: Description, between: Description): Description => ({
  kind: 'share',
  name: 'tied',
  shared: { input, layers: [there] },
  layers: [{ kind: 'shared', name: 'tied' }, between, { kind: 'transposed', name: 'tied' }],
})
/** The layers of a network, frozen under parameters of a key. */
const frozen = (input: Shape, layers: Layers): Description => {
  const network = networkOf({ input, layers })
  const description = descriptionOf(freeze(network)(network.init(key(3)))(identity(input) as never))
  return description.layers[0] as Description
}
const times = fc.integer({ min: 0, max: 2 })

/** What is fitted to examples: some of a key. */
const fitted = (size: number): fc.Arbitrary<Description> =>
  fc.nat(9).map((seed): Description => {
    const network = pipe(input(size), standardise(scalingOf(normal([4, size])(key(seed)))))
    return descriptionOf(network).layers[0] as Description
  })
const centred = (size: number): fc.Arbitrary<Description> =>
  fc.tuple(width, fc.nat(9)).map(([count, seed]): Description => {
    const network = pipe(input(size), radialBasisFeatures(normal([count, size])(key(seed)), { gamma: 0.2 }))
    return descriptionOf(network).layers[0] as Description
  })

/** Of few inputs: their terms grow with the square. */
const polynomial = fc.boolean().map((bias): Description => ({ kind: 'polynomialFeatures', degree: 2, bias }))

const cuts = fc.integer({ min: 1, max: 3 }).map((count): Description => ({ kind: 'cutPoints', cuts: count }))

/** A layer on vectors of this size; a block keeps it. */
const onVector = (size: number): fc.Arbitrary<Description> => {
  const keeping = activation.map((a): Layers => [{ kind: 'dense', size }, a])
  const block = fc.oneof(
    keeping.map(residual),
    fc.tuple(times, keeping).map(repeat),
    keeping.map(named),
    fc.tuple(keeping, activation).map(([layers, between]) => shared([size], layers, between)),
    keeping.map((layers) => frozen([size], layers)),
    fc.tuple(dense, activation).map(([there, between]) => tied([size], there, between)),
    fc.tuple(dense, dense).map(([left, right]): Description => ({ kind: 'parallel', left: [left], right: [right] })),
    ...(size > 1
      ? [
          fc
            .tuple(fc.integer({ min: 1, max: size - 1 }), affine, activation)
            .map(([first, left, right]): Description => ({ kind: 'split', size: first, left: [left], right: [right] })),
        ]
      : []),
  )
  const last = size === 1 ? cuts : fc.constant<Description>({ kind: 'learnedLogScale', initial: 0.3 })
  return fc.oneof(
    { weight: 4, arbitrary: fc.oneof(affine, activation, block) },
    { weight: 1, arbitrary: fc.oneof(fitted(size), centred(size), ...(size <= 4 ? [polynomial] : []), last) },
  )
}

/** A layer on images of this size: windows fit, and a block keeps the image. */
const onImage = ([height = 1, across = 1, depth = 1]: Shape): fc.Arbitrary<Description> => {
  const side = Math.min(height, across)
  const convolution = fc
    .record({
      filters: fc.integer({ min: 1, max: 2 }),
      kernel: fc.integer({ min: 1, max: 3 }),
      padding: fc.integer({ min: 0, max: 1 }),
      stride: fc.integer({ min: 1, max: 2 }),
    })
    .filter(({ kernel, padding }) => kernel <= side + 2 * padding)
    .chain((attributes) => fc.constantFrom('conv2d', 'locallyConnected2d').map((kind): Description => ({ kind, ...attributes })))
  const same = fc
    .record({
      kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
      stride: fc.integer({ min: 1, max: 2 }),
      dilation: fc.integer({ min: 1, max: 2 }),
      groups: fc.constantFrom(1, depth),
    })
    .map(
      ({ groups, ...attributes }): Description => ({
        kind: 'conv2d',
        ...attributes,
        groups,
        filters: groups,
        padding: 'same',
        bias: false,
      }),
    )
  const pooling = fc
    .record({
      kind: fc.constantFrom('avgPool2d', 'maxPool2d'),
      size: fc.integer({ min: 1, max: Math.min(side, 2) }),
      stride: fc.integer({ min: 1, max: 3 }),
      padding: fc.constantFrom('valid', 'same'),
    })
    .map((attributes): Description => attributes)
  const keeping = fc
    .tuple(fc.constantFrom(0, 1), activation)
    .map(([padding, a]): Layers => [{ kind: 'conv2d', filters: depth, kernel: 2 * padding + 1, padding, stride: 1 }, a])
  const block = fc.oneof(
    keeping.map(residual),
    fc.tuple(times, keeping).map(repeat),
    convolution.map((c) => named([c])),
    fc
      .tuple(fc.constantFrom(-1, -2, -3), activation, keeping)
      .map(([axis, left, right]): Description => ({ kind: 'parallel', left: [left], right, axis })),
    ...(height > 1 ? [activation.map((a): Description => ({ kind: 'split', size: 1, left: [a], right: [], axis: -3 }))] : []),
    fc.tuple(keeping, activation).map(([layers, between]) => shared([height, across, depth], layers, between)),
  )
  return fc.oneof(
    { weight: 3, arbitrary: fc.oneof(convolution, same) },
    { weight: 2, arbitrary: pooling },
    activation,
    block,
    fc.constantFrom<Description>({ kind: 'flatten' }, { kind: 'groupNorm', groups: depth, epsilon: 0.1 }),
  )
}

const layersFrom = (shape: Shape, depth: number): fc.Arbitrary<Layers> =>
  depth === 0
    ? fc.constant([])
    : (shape.length === 1 ? onVector(shape[0] ?? 1) : onImage(shape)).chain((layer) =>
        layersFrom(networkOf({ input: shape, layers: [layer] }).output, depth - 1).map((rest) => [layer, ...rest]),
      )

/** Descriptions of networks that begin with this shape. */
export const descriptionsFrom = (input: Shape): fc.Arbitrary<NetworkDescription> =>
  fc.integer({ min: 1, max: 5 }).chain((depth) => layersFrom(input, depth).map((layers) => ({ input, layers })))

/** Descriptions of networks on vectors. */
export const descriptions: fc.Arbitrary<NetworkDescription> = width.chain((size) => descriptionsFrom([size]))

/** Descriptions of networks on images: convolutions of every padding and stride, pooling, blocks; flat and dense after that. */
export const imageDescriptions: fc.Arbitrary<NetworkDescription> = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 2 }))
  .chain(descriptionsFrom)

/** Descriptions of chains of dense layers, each followed by at most one element-wise activation. */
export const chains: fc.Arbitrary<NetworkDescription> = fc
  .tuple(
    width,
    fc.array(
      fc.tuple(
        dense,
        fc.option(activation.filter(({ kind }) => !['softmax', 'logSoftmax', 'parametricRelu', 'layerNorm', 'groupNorm'].includes(kind))),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  )
  .map(([size, units]) => ({ input: [size], layers: units.flatMap(([d, f]) => (f === null ? [d] : [d, f])) }))
