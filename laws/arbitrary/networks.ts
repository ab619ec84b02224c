/** Networks of random type: from one to five layers, every element-wise activation, and blocks in every combinator. */
import * as fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { Defect } from '../../src/error/index.js'
import { rebuild } from '../../src/layer/index.js'
import type { Description, NetworkDescription, SomeNetwork } from '../../src/network/index.js'

const width = fc.integer({ min: 1, max: 4 })
const dense = width.map((size): Description => ({ kind: 'dense', size }))
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
  ),
  fc.constant<Description>({ kind: 'leakyRelu', slope: 0.1 }),
)

/** A block that keeps a width. */
const keeping = (size: number): fc.Arbitrary<readonly Description[]> => activation.map((a) => [{ kind: 'dense', size }, a])
const block = (size: number): fc.Arbitrary<Description> =>
  fc.oneof(
    keeping(size).map((layers): Description => ({ kind: 'residual', layers })),
    fc.tuple(fc.integer({ min: 0, max: 2 }), keeping(size)).map(([times, layers]): Description => ({ kind: 'repeat', times, layers })),
    keeping(size).map((layers): Description => ({ kind: 'named', name: 'block', layers })),
    fc.tuple(dense, dense).map(([left, right]): Description => ({ kind: 'parallel', left: [left], right: [right] })),
  )

const after = (size: number, layer: Description): number => {
  if (layer.kind === 'dense') return Number(layer['size'])
  if (layer.kind !== 'parallel') return size
  const widthOf = (layers: unknown): number => Number((layers as readonly [Description])[0]['size'])
  return widthOf(layer['left']) + widthOf(layer['right'])
}

const layersFrom = (size: number, depth: number): fc.Arbitrary<readonly Description[]> =>
  depth === 0
    ? fc.constant([])
    : fc.oneof(dense, activation, block(size)).chain((layer) => layersFrom(after(size, layer), depth - 1).map((rest) => [layer, ...rest]))

/** Descriptions of networks on vectors. */
export const descriptions: fc.Arbitrary<NetworkDescription> = fc
  .tuple(width, fc.integer({ min: 1, max: 5 }))
  .chain(([size, depth]) => layersFrom(size, depth).map((layers) => ({ input: [size], layers })))

/** Descriptions of chains of dense layers, each followed by at most one element-wise activation. */
export const chains: fc.Arbitrary<NetworkDescription> = fc
  .tuple(width, fc.array(fc.tuple(dense, fc.option(activation.filter(({ kind }) => kind !== 'softmax'))), { minLength: 1, maxLength: 4 }))
  .map(([size, units]) => ({ input: [size], layers: units.flatMap(([d, f]) => (f === null ? [d] : [d, f])) }))

/** The network that a description describes. */
export const networkOf = (description: NetworkDescription): SomeNetwork => {
  const network = rebuild(description)
  if (isRight(network)) return network.right
  throw new Defect(network.left.message)
}
