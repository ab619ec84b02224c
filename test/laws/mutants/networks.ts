/** Mutants of networks: of composition and its unit, of batching, of convolution and pooling, and of engines that run them. */
import { categoryLaws, engineLaws, imageLaws, randomNetworkLaws } from '../../../laws/index.js'
import type { Engine } from '../../../src/engine/index.js'
import { reference } from '../../../src/engine/reference/index.js'
import { batched } from '../../../src/graph/index.js'
import { avgPool2d, conv2d, maxPool2d } from '../../../src/layer/index.js'
import { andThen, pointwise, type SomeBuilder, type SomeNetwork, share } from '../../../src/network/index.js'
import { add, mul, permute, stopGradient, takeRows } from '../../../src/ops/index.js'
import { mapTree } from '../../../src/params/index.js'
import { isFloat } from '../../../src/prim/index.js'
import { type Tensor, tensor, toArray } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

const joined = (g: SomeNetwork, f: SomeNetwork): SomeNetwork => andThen(g)(f as never) as unknown as SomeNetwork
/** A network with some parts of another. */
const changed = (network: SomeNetwork, part: Partial<Pick<SomeNetwork, 'init' | 'output'>>): SomeNetwork =>
  Object.assign((params: readonly unknown[]) => network(params), network, part)

/** Composition with the identity does something to what comes in. */
const unitThat =
  (f: (x: Tensor) => Tensor) =>
  (g: SomeNetwork) =>
  (h: SomeNetwork): SomeNetwork => {
    const network = joined(g, h)
    if (!g.layers.isEmpty() && !h.layers.isEmpty()) return network
    return Object.assign((params: readonly unknown[]) => (x: Tensor) => network(params)(f(x)), network)
  }

const category: readonly Mutant[] = [
  {
    name: 'compose: parameters dropped',
    what: 'a composite that has the parameters of its first network alone',
    laws: () => categoryLaws({ compose: (g) => (f) => changed(joined(g, f), { init: f.init }) }),
    killer: 'category.grading',
  },
  {
    name: 'identity: doubled',
    what: 'an identity that doubles',
    laws: () => categoryLaws({ compose: unitThat(mul(2)) }),
    killer: 'category.values',
  },
  {
    name: 'identity: gradient stopped',
    what: 'an identity that lets values through, and no gradient',
    laws: () => categoryLaws({ compose: unitThat(stopGradient) }),
    killer: 'category.gradients',
  },
]

/** The reference, with something done to what it puts out. */
const engine = (name: string, change: (y: Tensor) => Tensor): Engine => ({
  name,
  prepare: (program) => {
    const run = reference.prepare(program)
    return (values) => run(values).map((y) => (isFloat(y.precision) ? change(y) : y))
  },
})
/** Numbers with 9 bits, as in bfloat16. */
const rough = engine('rough', (y) =>
  tensor(
    y.shape,
    Array.from(toArray(y), (v) => {
      const unitInTheLastPlace = 2 ** (Math.floor(Math.log2(Math.abs(v))) - 8)
      return v === 0 || !Number.isFinite(v) ? v : Math.round(v / unitInTheLastPlace) * unitInTheLastPlace
    }),
    y.precision,
  ),
)
const unsigned = engine('unsigned', (y) => add(0)(y))
const engines: readonly Mutant[] = [
  {
    name: 'engine: rough where programs meet',
    what: 'an engine that rounds its results to 9 bits',
    laws: () => categoryLaws({ engine: rough }),
    killer: 'category.programs.rough',
  },
  {
    name: 'engine: −0 lost',
    what: 'an engine that puts out 0 for −0',
    laws: () => categoryLaws({ engine: unsigned }),
    killer: 'category.identity.unsigned',
  },
  {
    name: 'engine: rough vectors',
    what: 'an engine that rounds to 9 bits',
    laws: () => engineLaws(rough),
    killer: 'engine.rough.network',
    runs: 20,
  },
  {
    name: 'engine: rough images',
    what: 'an engine that rounds to 9 bits',
    laws: () => engineLaws(rough),
    killer: 'engine.rough.image',
    runs: 20,
  },
]

/** Every example is the first. */
const lazy: typeof batched = ((f: (x: Tensor) => Tensor) => (x: Tensor) => {
  const y = (batched as unknown as (g: typeof f) => typeof f)(f)(x)
  return takeRows(
    tensor(
      [y.shape[0] ?? 0],
      Array.from({ length: y.shape[0] ?? 0 }, () => 0),
      'int32',
    ),
  )(y as never)
}) as unknown as typeof batched
const batching: Mutant = {
  name: 'batched: the first example for all',
  what: 'a batch whose results are all that of its first example',
  laws: () => randomNetworkLaws({ lift: lazy }),
  killer: 'network.batched',
}

type Convolved = Parameters<typeof conv2d>[0] & {
  readonly kernel: number
  readonly padding: number
  readonly stride: number
  readonly filters: number
}
/** A convolution whose kernel, image or result is changed. */
const convolving =
  (change: {
    readonly options?: (o: Convolved) => Convolved
    readonly kernel?: (w: Tensor) => Tensor
    readonly image?: (x: Tensor) => Tensor
  }) =>
  (options: unknown): SomeBuilder =>
  (before) => {
    const given = options as Convolved
    const network = conv2d(change.options?.(given) ?? given)(before as never) as unknown as SomeNetwork
    const kernels = (params: readonly unknown[]): readonly unknown[] =>
      mapTree((t, path) => (path.endsWith('kernel') ? (change.kernel?.(t) ?? t) : t))(params)
    return Object.assign((params: readonly unknown[]) => (x: Tensor) => network(kernels(params))(change.image?.(x) ?? x), {
      input: network.input,
      output: network.output,
      sampled: network.sampled,
      layers: network.layers,
      init: network.init,
    })
  }
const flipped =
  (axis: -3 | -4) =>
  (w: Tensor): Tensor => {
    const swap = axis === -4 ? [-4, -3, -2, -1] : [-3, -4, -2, -1]
    const size = w.shape.at(axis) ?? 0
    const order = tensor(
      [size],
      Array.from({ length: size }, (_, i) => size - 1 - i),
      'int32',
    )
    return permute(swap)(takeRows(order)(permute(swap)(w) as never) as Tensor)
  }
const convolution = (what: string, change: Parameters<typeof convolving>[0]): Mutant => ({
  name: `conv2d: ${what}`,
  what,
  laws: () => imageLaws({ conv2d: convolving(change) }),
  killer: 'image.conv2d',
})

const images: readonly Mutant[] = [
  convolution('its kernel turned on its diagonal', { kernel: permute([-3, -4, -2, -1]) }),
  convolution('its kernel upside down', { kernel: flipped(-4) }),
  convolution('its kernel flipped left to right', { kernel: flipped(-3) }),
  convolution('no padding', { options: (o) => ({ ...o, padding: 0 }) }),
  convolution('a stride of 1', { options: (o) => ({ ...o, stride: 1 }) }),
  {
    name: 'avgPool2d: wrong count',
    what: 'a sum divided by the side of the window, not by its numbers',
    laws: () =>
      imageLaws({
        avgPool2d: (size) => (before) => pointwise('times', mul(size))(avgPool2d(size)(before as never)) as unknown as SomeNetwork,
      }),
    killer: 'image.avgPool2d',
  },
  {
    name: 'maxPool2d: mean',
    what: 'the mean of a window, not its largest number',
    laws: () => imageLaws({ maxPool2d: (size) => avgPool2d(size) as unknown as SomeBuilder }),
    killer: 'image.maxPool2d',
  },
  {
    name: 'avgPool2d: largest',
    what: 'the largest number of a window, not its mean',
    laws: () => imageLaws({ avgPool2d: (size) => maxPool2d(size) as unknown as SomeBuilder }),
    killer: 'image.avgPool2d',
  },
]

/** Sharing, with something done to the parameters on their way to each place. */
const sharing = (f: (theta: Tensor) => Tensor): typeof share => {
  type Loose = (name: string) => (block: (from: SomeNetwork) => SomeNetwork, body: never) => unknown
  const mutant: Loose = (name) => (block, body) =>
    (share as unknown as Loose)(name)((from) => {
      const network = block(from)
      return Object.assign((params: readonly unknown[]) => network(mapTree(f)(params)), network)
    }, body)
  return mutant as unknown as typeof share
}
const shared: readonly Mutant[] = [
  {
    name: 'share: gradient stopped',
    what: 'places that use the parameters, and give no gradient back',
    laws: () => randomNetworkLaws({ sharing: sharing(stopGradient) }),
    killer: 'network.share',
  },
  {
    name: 'share: one place of two',
    what: 'places whose gradients are not added up',
    laws: () => randomNetworkLaws({ sharing: sharing((x) => add(mul(0.5)(x))(stopGradient(mul(0.5)(x)))) }),
    killer: 'network.share',
  },
]

export const networkMutants: readonly Mutant[] = [...category, ...engines, batching, ...images, ...shared]
