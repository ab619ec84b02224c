/** The laws of networks: a category graded by parameter tuples, and back-propagation as its derivative. */
import * as fc from 'fast-check'
import { flow, pipe } from 'fp-ts/lib/function.js'
import type { Engine } from '../../src/engine/index.js'
import { batched, vjp } from '../../src/graph/index.js'
import { dense, input, tanh } from '../../src/layer/index.js'
import { gaussian, regularised, weightDecay } from '../../src/likelihood/index.js'
import {
  andThen,
  backprop,
  delta,
  identity,
  type NetworkDescription,
  noParameters,
  type SomeNetwork,
  share,
} from '../../src/network/index.js'
import { add, concat, matmul, permute, takeRows } from '../../src/ops/index.js'
import { zipTrees } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { type Matrix, type Tensor, tensor, toArray, vector } from '../../src/tensor/index.js'
import { directions } from '../arbitrary/directions.js'
import { chains, descriptions, imageDescriptions, networkOf } from '../arbitrary/networks.js'
import { moderate, tensorOf } from '../arbitrary/tensors.js'
import { nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'
import { type Composition, categoryLaws, evaluated } from './category.js'
import { stack, unstack } from './layer/structure.js'
import { inFloat64 } from './layer/tried.js'

const bound = 1e-10

interface Case {
  readonly description: NetworkDescription
  readonly params: readonly unknown[]
  readonly x: Tensor
}
const seeded = fc.nat(1000)
const caseOf = (examples: fc.Arbitrary<NetworkDescription>): fc.Arbitrary<Case> =>
  fc.tuple(examples, seeded, fc.integer({ min: 1, max: 4 })).chain(([description, seed, size]) =>
    tensorOf([size, ...description.input], moderate(1 / 128), 'float64').map((x) => ({
      description,
      params: inFloat64(networkOf(description).init(key(seed))),
      x,
    })),
  )

/** The back-propagation under test: the library's own, unless a mutant is planted. */
export type Backprop = typeof backprop

/** Networks on vectors and on images. */
const all = fc.oneof(descriptions, imageDescriptions)

const together = (lift: typeof batched): Law =>
  law(
    { name: 'network.batched', statement: 'batched(net)(x)[i] = net(x[i])', source: 'Frostig, Johnson, Leary (2018)' },
    caseOf(all),
    ({ description, params, x }) => {
      const network = networkOf(description)
      nearTrees('batched', stack(unstack(x).map((h) => network(params)(h))), lift((h: Tensor) => network(params)(h))(x as never), bound)
    },
  )

const folded = (fold: Backprop): Law =>
  law(
    {
      name: 'network.backprop',
      statement: 'the fold over the layers = differentiating the whole graph',
      source: 'Goodfellow et al. (2016) algorithms 6.3, 6.4',
    },
    caseOf(all).chain((c) => fc.tuple(fc.constant(c), directions(evaluated(networkOf(c.description), c.params)(c.x)))),
    ([{ description, params, x }, g]) => {
      const network = networkOf(description)
      const [y, back] = vjp(([theta, h]: readonly [readonly unknown[], Tensor]) => evaluated(network, theta)(h))([params, x])
      const { output, back: foldBack } = fold(network)(params)(x as never)
      nearTrees('output', y, output, bound)
      const { gradients, input: dx } = foldBack(g as never)
      nearTrees('gradients', back(g)[0], gradients, bound)
      nearTrees('∇x', back(g)[1], dx, bound)
    },
  )

const deltas = (form: typeof delta): Law =>
  law(
    {
      name: 'network.delta',
      statement: 'the δ recursion = the fold, weight decay and the mean over examples included',
      source: 'UFLDL tutorial',
    },
    caseOf(chains).chain((c) =>
      fc.tuple(fc.constant(c), fc.constantFrom(0, 0.1), directions(evaluated(networkOf(c.description), c.params)(c.x))),
    ),
    ([{ description, params, x }, decay, y]) => {
      const network = networkOf(description)
      const model = pipe(gaussian(network), regularised(weightDecay(decay)))
      const [, gradients] = model.gradient(params, key(0))(x as never, y as never)
      nearTrees('gradients', gradients, form(network, decay)(params)(x as never, y as never), bound)
    },
  )

/** The sharing under test: the library's own, unless a mutant is planted. */
export type Sharing = typeof share

const keeping: fc.Arbitrary<NetworkDescription> = descriptions.map(({ input: shape, layers }) => ({
  input: shape,
  layers: [...layers, { kind: 'dense', size: shape[0] ?? 1 }],
}))

const shared = (sharing: Sharing): Law =>
  law(
    {
      name: 'network.share',
      statement: 'a shared block is its copies with equal parameters, and its gradient is the sum of theirs',
      source: 'Goodfellow et al. (2016) §7.9',
    },
    caseOf(keeping).chain((c) => fc.tuple(fc.constant(c), directions(c.x))),
    ([{ description, params: theta, x }, g]) => {
      const network = networkOf(description)
      const between = andThen(pipe(identity(network.input), tanh))
      const once = pipe(
        identity(network.input),
        sharing('twice')(andThen(network), (use) => flow(use, between, use)),
      ) as unknown as SomeNetwork
      const copies = pipe(network, between, andThen(network)) as unknown as SomeNetwork
      const pulled = (net: SomeNetwork, params: readonly unknown[]) => {
        const [y, back] = vjp(([p, h]: readonly [readonly unknown[], Tensor]) => evaluated(net, p)(h))([params, x])
        return { y, gradients: back(g)[0] }
      }
      const none = noParameters
      const [one, two] = [pulled(once, [{ shared: theta, body: [none, none, none] }]), pulled(copies, [...theta, none, ...theta])]
      nearTrees('value', two.y, one.y, bound)
      const sum = zipTrees((a: Tensor, b: Tensor) => add(b)(a))(two.gradients.slice(0, theta.length), two.gradients.slice(theta.length + 1))
      nearTrees('gradients', sum, (one.gradients as readonly [{ readonly shared: readonly unknown[] }])[0].shared, bound)
    },
  )

const hidden: Law = law(
  {
    name: 'network.permutation',
    statement: 'hidden units in another order compute the same function',
    source: 'Goodfellow et al. (2016) §8.2.2',
  },
  fc.tuple(seeded, fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), tensorOf([3, 2] as const, moderate(), 'float64')),
  ([seed, order, x]) => {
    const network = pipe(input(2), dense(5), tanh, dense(3))
    const [first, none, second] = inFloat64(network.init(key(seed)))
    const rows = vector(order, 'int32')
    const columns = (w: Tensor): Tensor => permute([-1, -2])(takeRows(rows)(permute([-1, -2])(w) as Matrix<number, number>))
    const shuffled = [
      { weights: columns(first.weights), bias: takeRows(rows)(first.bias as never) },
      none,
      { ...second, weights: takeRows(rows)(second.weights) },
    ] as unknown as typeof network extends (p: infer P) => unknown ? P : never
    const some = network as unknown as SomeNetwork
    nearTrees('value', evaluated(some, [first, none, second])(x), evaluated(some, shuffled)(x), bound)
  },
)

const linear: Law = law(
  {
    name: 'network.linear',
    statement: 'a linear network of any depth is one affine map: W′ = W₁W₂…, b′ = (b₁W₂ + b₂)…',
    source: 'Goodfellow et al. (2016) §6.1',
  },
  fc.tuple(
    seeded,
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
    tensorOf([3, 2] as const, moderate(), 'float64'),
  ),
  ([seed, sizes, x]) => {
    const network = networkOf({ input: [2], layers: sizes.map((size) => ({ kind: 'dense', size })) })
    const params = inFloat64(network.init(key(seed))) as unknown as readonly {
      readonly weights: Matrix<number, number>
      readonly bias: Tensor<readonly [number]>
    }[]
    const [first, ...rest] = params
    if (first === undefined) return
    const row = (b: Tensor): Matrix<number, number> => tensor([1, b.shape[0] ?? 0], toArray(b), 'float64')
    const whole = rest.reduce(
      (w, layer) => ({
        weights: matmul(layer.weights)(w.weights),
        bias: add(row(layer.bias))(matmul(layer.weights)(w.bias)) as Matrix<number, number>,
      }),
      { weights: first.weights, bias: row(first.bias) },
    )
    const affine = add(concat({ axis: -2 })([whole.bias, whole.bias, whole.bias]) as Matrix<number, number>)(
      matmul(whole.weights)(x as Matrix<number, number>) as Matrix<number, number>,
    )
    nearTrees('value', affine, evaluated(network, params)(x), bound)
  },
)

export interface RandomNetworkLawOptions extends Composition {
  readonly fold: Backprop
  readonly form: typeof delta
  readonly sharing: Sharing
  readonly lift: typeof batched
  /** Whose programs obey the laws of the category: the reference, if nothing else is said. */
  readonly engine: Engine
}

/**
 * Every law of networks, over networks of random type.
 *
 * @example
 * for (const law of randomNetworkLaws({ engine: wasm })) it(law.name, () => check(law))
 */
export const randomNetworkLaws = ({
  fold = backprop,
  form = delta,
  sharing = share,
  lift = batched,
  ...options
}: Partial<RandomNetworkLawOptions> = {}): readonly Law[] => [
  ...categoryLaws(options),
  together(lift),
  folded(fold),
  deltas(form),
  shared(sharing),
  hidden,
  linear,
]
