/**
 * Networks of random type: on vectors and on images, from one to five layers, every element-wise activation, and blocks in
 * every combinator.
 */
import * as fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { Defect } from '../../src/error/index.js'
import { rebuild } from '../../src/layer/index.js'
import type { Description, NetworkDescription, SomeNetwork } from '../../src/network/index.js'
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
const times = fc.integer({ min: 0, max: 2 })

/** A layer on vectors of this size; a block keeps it. */
const onVector = (size: number): fc.Arbitrary<Description> => {
  const keeping = activation.map((a): Layers => [{ kind: 'dense', size }, a])
  const block = fc.oneof(
    keeping.map(residual),
    fc.tuple(times, keeping).map(repeat),
    keeping.map(named),
    fc.tuple(dense, dense).map(([left, right]): Description => ({ kind: 'parallel', left: [left], right: [right] })),
  )
  return fc.oneof(affine, activation, block)
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
