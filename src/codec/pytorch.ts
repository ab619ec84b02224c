/**
 * Weights that PyTorch saved, in a network of ours: other names, and other orders of axes.
 *
 *     Linear     weight [out, in]             → weights [in, out]
 *     Conv       weight [out, in, k…]         → kernel [k…, in, out]
 *     Norm       weight, running_mean, …      → gain, mean, …
 *     RNN        weight_ih_l0, weight_hh_l0   → weights, recurrent; the sum of both biases, of which a GRU keeps the second
 *     Embedding  weight [count, width]        → weights, as they are
 *
 * Images are [channels, height, width] there and [height, width, channels] here, so the rows of the layer behind a `flatten` change places.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError, wantsRecord } from '../error/index.js'
import { type Network, wantsNetwork } from '../network/network.js'
import { add, cast, permute, reshape, transpose } from '../ops/index.js'
import { leavesWithPaths, mapTree } from '../params/index.js'
import { type Shape, sameShape, show, sizeOf } from '../shape/index.js'
import type { Matrix, Tensor } from '../tensor/index.js'
import { type SafeTensors, storedTensors } from './safetensors/safetensors.js'

/** What came of the weights of a file. */
export interface Loaded<P> {
  readonly params: P
  /** The names that were looked for in vain: what they would have replaced is as it was. */
  readonly missing: readonly string[]
  /** The names that nothing of the network took. */
  readonly leftOver: readonly string[]
}

/** Where a parameter comes from: names behind that of its module, the shape that ours has there, and the way back; several are added. */
interface Source {
  readonly from: readonly string[]
  readonly there: (ours: Shape) => Shape
  readonly back: (x: Tensor) => Tensor
}
const moved =
  (there: (ours: Shape) => Shape, back: (x: Tensor) => Tensor) =>
  (...from: readonly string[]): Source => ({ from, there, back })
const as = moved(
  (ours) => ours,
  (x) => x,
)
const transposed = moved(
  (ours) => [...ours].reverse(),
  (x) => transpose(x as Matrix<number, number>) as Tensor,
)
/** One slope for a whole layer is a scalar here. */
const slopes = moved(
  (ours) => (ours.length === 0 ? [1] : ours),
  (x) => x,
)
/** Channels are first there, and last here. */
const channelsLast = moved(
  (ours) => [...ours.slice(-1), ...ours.slice(0, -1)],
  (x) => permute([...x.shape.slice(1).map((_, i) => i + 1 - x.shape.length), -x.shape.length])(x) as Tensor,
)
/** [out, in, k…] → [k…, in, out] */
const kernels = moved(
  (ours) => [...ours.slice(-2).reverse(), ...ours.slice(0, -2)],
  (x) => permute([...x.shape.slice(2).map((_, i) => i + 2 - x.shape.length), 1 - x.shape.length, -x.shape.length])(x) as Tensor,
)

type Sources = Readonly<Record<string, Source>>
interface Module {
  /** The parameters that tell it. */
  readonly has: readonly string[]
  readonly sources: Sources
}
const norm: Sources = { gain: channelsLast('weight'), bias: channelsLast('bias') }
const cell: Sources = {
  weights: transposed('weight_ih_l0'),
  recurrent: transposed('weight_hh_l0'),
  bias: as('bias_ih_l0', 'bias_hh_l0'),
}
/** The first whose parameters are there is the module. */
const modules: readonly Module[] = [
  { has: ['recurrent', 'recurrentBias'], sources: { ...cell, bias: as('bias_ih_l0'), recurrentBias: as('bias_hh_l0') } },
  { has: ['recurrent'], sources: cell },
  { has: ['gain', 'variance'], sources: { ...norm, mean: as('running_mean'), variance: as('running_var') } },
  { has: ['gain'], sources: norm },
  { has: ['kernel'], sources: { kernel: kernels('weight'), bias: as('bias') } },
  { has: ['slope'], sources: { slope: slopes('weight') } },
  { has: ['weights', 'bias'], sources: { weights: transposed('weight'), bias: as('bias') } },
  { has: ['weights'], sources: { weights: as('weight') } },
]
/** A buffer that counts batches, of which batch normalisation here has no need. */
const isCounter = (name: string): boolean => name.endsWith('.num_batches_tracked')

/** `[0].cell` and `weights`, of `[0].cell.weights`. */
const placeOf = (path: string): readonly [module: string, field: string] => {
  const at = path.lastIndexOf('.')
  return [path.slice(0, Math.max(at, 0)), path.slice(at + 1)]
}
/** The module's name there: what the user says, or the numbers on the way, as `Sequential` counts. */
const moduleName = (place: string, names: Readonly<Record<string, string>>): string =>
  names[place] ?? Array.from(place.matchAll(/\[(\d+)\]/g), ([, index]) => index).join('.')

/** Of the layer of this number, what a `flatten` before it has flattened, if there is one with nothing but functions of numbers between. */
const flattened = (net: Network<readonly unknown[], Shape, Shape>, i: number): Shape | undefined => {
  const before = net.layers.get(i - 1)
  const input = i > 1 ? (net.layers.get(i - 2)?.output ?? []) : net.input
  if (i < 1 || before === undefined) return undefined
  if (before.kind !== 'flatten') return sameShape(before.output, input) ? flattened(net, i - 1) : undefined
  const hasChannels = input.length === 3 || (input.length === 2 && net.layers.toArray().some(({ kind }) => kind === 'conv1d'))
  return hasChannels ? input : undefined
}
/** The rows for [channels, place] as those for [place, channels]. */
const rowsReordered = (shape: Shape, weights: Tensor): Tensor => {
  const [channels, places, out] = [shape.at(-1) ?? 1, sizeOf(shape.slice(0, -1)), weights.shape[1] ?? 1]
  return pipe(weights, reshape([channels, places, out]), permute([-2, -3, -1]), reshape([channels * places, out])) as Tensor
}

/**
 * The parameters of a network with weights that PyTorch saved in the place of its own: what is missing or left over is listed.
 *
 * Modules are found by number, as `nn.Sequential` counts them; others by `names`, from a place among the parameters to the module's name.
 *
 * @error  `DecodeError` for a tensor of another shape; `ValueError` for anything but a network, parameters and stored tensors
 * @source https://docs.pytorch.org/docs/stable/nn.html, the shapes of each module's parameters
 * @example
 * const loaded = pipe(
 *   decodeSafetensors('le-net.safetensors')(bytes),
 *   chain(fromPyTorch(net, { '[0]': 'conv1', '[3]': 'conv2', '[7]': 'fc1' })(net.init(key(0)))),
 * )
 */
export const fromPyTorch =
  <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
    network: Network<Ps, I, O>,
    names: Readonly<Record<string, string>> = {},
  ): ((start: Ps) => (stored: SafeTensors) => Either<DecodeError, Loaded<Ps>>) =>
  (start) =>
  (file) => {
    const tensors = storedTensors('fromPyTorch', file)
    const net = wantsNetwork('fromPyTorch', network) as unknown as Network<readonly unknown[], Shape, Shape>
    wantsRecord('fromPyTorch', 'names of modules, a record', names)
    const stored = new Map(tensors.map(({ name, tensor }) => [name, tensor]))
    const own = leavesWithPaths(start, 'fromPyTorch').map(({ path, tensor }) => ({ path, tensor, place: placeOf(path) }))
    const fieldsOf = (place: string): readonly string[] =>
      own.filter(({ place: [at] }) => at === place).map(({ place: [, field] }) => field)
    /** What each parameter is made of: the names it is looked for under, and what is there. */
    const wanted = own.map(({ path, tensor, place: [place, field] }) => {
      const fields = fieldsOf(place)
      const source = modules.find(({ has }) => has.every((one) => fields.includes(one)))?.sources[field] ?? as(field)
      const parts = source.from.map((one) => pipe(`${moduleName(place, names)}.${one}`, (name) => ({ name, found: stored.get(name) })))
      const flat = field === 'weights' && /^\[\d+\]$/.test(place) ? flattened(net, Number(place.slice(1, -1))) : undefined
      return { path, tensor, source, parts, there: source.there(tensor.shape), flat }
    })
    const odd = wanted.flatMap(({ parts, there }) =>
      parts.flatMap(({ name, found }) => (found === undefined || sameShape(found.shape, there) ? [] : [{ name, found, there }])),
    )[0]
    if (odd !== undefined)
      return left(new DecodeError({ who: 'fromPyTorch', expected: `${odd.name} of ${show(odd.there)}`, received: show(odd.found.shape) }))
    const madeOf = new Map(
      wanted.map(({ path, tensor, source, parts, flat }) => {
        const found = parts.flatMap((part) => part.found ?? []).map(source.back)
        const sum = found.length < parts.length ? tensor : found.map(cast(tensor.precision)).reduce((a, b) => add(b)(a))
        return [path, flat === undefined || sum === tensor ? reshape(tensor.shape)(sum) : rowsReordered(flat, sum)] as const
      }),
    )
    const parts = wanted.flatMap((one) => one.parts)
    const taken = new Set(parts.map(({ name }) => name))
    return right({
      params: mapTree((tensor, path) => madeOf.get(path) ?? tensor)(start),
      missing: parts.filter(({ found }) => found === undefined).map(({ name }) => name),
      leftOver: tensors.map(({ name }) => name).filter((name) => !taken.has(name) && !isCounter(name)),
    })
  }
