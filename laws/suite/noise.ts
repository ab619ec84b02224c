/**
 * The laws of noise as an argument: a key gives a network its noise, every layer a noise of its own, and a network that is given
 * none is the mean over all keys.
 *
 *     composed(…).sampled(k) = its layers, layer i sampled under foldIn(i)(k)
 */
import * as fc from 'fast-check'
import { flow, pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import { batched } from '../../src/graph/index.js'
import { dense, input, tanh } from '../../src/layer/index.js'
import {
  andThen,
  compose,
  identity,
  isNoisy,
  type Network,
  named,
  type Pointwise,
  parallel,
  pointwise,
  repeat,
  residual,
  type SomeNetwork,
  share,
  split,
} from '../../src/network/index.js'
import { add } from '../../src/ops/index.js'
import { foldIn, type Key, key, uniformIn } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { range, type Scalar, type Tensor, toArray, zeros } from '../../src/tensor/index.js'
import { moderate, tensorOf } from '../arbitrary/tensors.js'
import { atMost } from '../at-most.js'
import { differs } from '../compare.js'
import { type Law, law } from '../law.js'

/** A noisy layer that tells under which key it was sampled. */
type Spy = (heard: (key: Key) => void) => Pointwise
const spy: Spy = (heard) =>
  pointwise('spy', (x) => x, {
    sampled: (k) => {
      heard(k)
      return (x) => x
    },
  })

/** Adds what a key draws: noise of which every number can be seen. */
const shaken = pointwise('shaken', (x) => x, {
  sampled: (k) => (x) => add(uniformIn(x.shape, -1, 1, x.precision)(k) as Tensor)(x as Tensor) as typeof x,
})

/** How noisy layers may be composed: each takes what is composed so far to more, and says how many it adds. */
const compositions = (noisy: Pointwise) => {
  type Some = (before: SomeNetwork) => SomeNetwork
  const some = (builder: unknown): Some => builder as Some
  type Three = Network<readonly [], readonly [3], readonly [3]>
  const block = (from: Three) => pipe(from, dense(3), noisy)
  return {
    pipe: [some(noisy), 1],
    dense: [some(dense(3)), 0],
    andThen: [some(andThen(pipe(input(3), noisy, tanh, noisy))), 2],
    compose: [some(compose(pipe(input(3), noisy))), 1],
    residual: [some(residual(block)), 1],
    repeat: [some(repeat(3)((from: Three) => pipe(from, noisy, dense(3), noisy))), 6],
    parallel: [some((from: Three) => pipe(from, parallel(noisy, block), dense(3))), 2],
    split: [some((from: Three) => pipe(from, split(1)(noisy, noisy))), 2],
    share: [
      some((from: Three) =>
        pipe(
          from,
          share('twice')(block, (twice) => flow(twice, tanh, twice)),
        ),
      ),
      2,
    ],
    named: [some(named('block')(flow(noisy, residual(noisy)))), 2],
    nested: [some(residual(flow(repeat(2)(residual(noisy)), named('deep')(noisy)))), 3],
  } as const
}
type Way = keyof ReturnType<typeof compositions>
const ways = Object.keys(compositions(tanh)) as Way[]
const some = fc.array(fc.constantFrom(...ways), { minLength: 1, maxLength: 5 })
const keys = fc.nat(2 ** 31).map(key)
const composed = (noisy: Pointwise, which: readonly Way[]): SomeNetwork =>
  which.reduce<SomeNetwork>((network, way) => compositions(noisy)[way][0](network), input(3) as unknown as SomeNetwork)

const words = (k: Key): string => Array.from(toArray(k)).join('/')

/** What is asked of whoever composes: the library's own way, unless a mutant is planted. */
export interface NoiseOptions {
  readonly sampled: (network: SomeNetwork) => (key: Key) => SomeNetwork
}

/**
 * Every law of noise in compositions, over compositions of random form.
 *
 * @example
 * for (const law of noiseLaws()) it(law.name, () => check(law))
 */
export const noiseLaws = ({ sampled = (network) => network.sampled }: Partial<NoiseOptions> = {}): readonly Law[] =>
  [
    law(
      { name: 'noise.apart', statement: 'no two noisy layers of any composition draw under one key' },
      fc.tuple(some, keys),
      ([which, k]) => {
        const heard: string[] = []
        const network = composed(
          spy((at) => heard.push(words(at))),
          which,
        )
        sampled(network)(k)(network.init(key(1)))(zeros([3]))
        const wanted = which.reduce((count, way) => count + compositions(tanh)[way][1], 0)
        if (heard.length !== wanted) differs('noisy layers', wanted, heard.length)
        if (new Set(heard).size !== heard.length)
          differs('keys', `${heard.length} of them`, `${new Set(heard).size}, in ${heard.join(' ')}`)
        if (heard.includes(words(k))) differs('keys', 'none that is the key itself', words(k))
      },
    ),
    law(
      {
        name: 'noise.composition',
        statement: 'composing and then sampling = sampling every layer, layer i under foldIn(i)(k), and then composing',
      },
      fc.tuple(some, keys, tensorOf([3] as const, moderate(), 'float32')),
      ([which, k, x]) => {
        const network = composed(shaken, which)
        const params = network.init(key(1))
        const whole = sampled(network)(k)(params)(x)
        const parts = network.layers.reduce<Tensor>(
          (h, layer, i) => (layer.sampled === undefined ? layer.apply : layer.sampled(foldIn(i)(k)))(params[i])(h),
          x,
        )
        if (!is(parts, whole)) differs('value', parts, whole)
      },
    ),
    law(
      { name: 'noise.none', statement: 'of a network without noise, every key gives the network itself' },
      fc.tuple(some, keys),
      ([which, k]) => {
        const network = composed(tanh, which)
        if (isNoisy(network) || sampled(network)(k) !== network) differs('sampled', 'the network itself', 'another')
      },
    ),
  ].map(atMost(50))

/** How many keys a mean is taken over, and how many of its standard errors it may be off: a right layer fails once in 10⁸ numbers. */
const [many, errors] = [2000, 6]

/**
 * The laws of one noisy layer: what a key gives is the same for the same key, another for another, and on average what the layer
 * is without one.
 *
 * @example
 * for (const law of noisyLayerLaws(dropout(0.5), { input: [16] })) it(law.name, () => check(law))
 */
export const noisyLayerLaws = <const A extends Shape>(
  builder: (before: Network<readonly [], A, A>) => unknown,
  options: { readonly input: A },
): readonly Law[] => {
  const network = builder(identity(options.input)) as SomeNetwork
  const cases = fc.tuple(keys, tensorOf(options.input, moderate(), 'float32'))
  const under = (k: Key, x: Tensor): Tensor => network.sampled(k)(network.init(key(1)))(x)
  return [
    law({ name: 'noise.pure', statement: 'the same key gives the same bits' }, cases, ([k, x]) => {
      if (!is(under(k, x), under(k, x))) differs('the second value', under(k, x), 'another')
    }),
    atMost(3)(
      law(
        { name: 'noise.mean', statement: 'without a key a layer is the mean over all keys, and its noise is not none' },
        cases,
        ([k, x]) => {
          const ks = batched((i: Scalar) => foldIn(i)(k))(range(many, 'uint32'))
          const values = toArray(batched((at: Key) => under(at, x))(ks))
          const expected = toArray(network(network.init(key(1)))(x))
          const spread = Array.from(expected, (_, j) => {
            const column = Array.from({ length: many }, (_, i) => values[i * expected.length + j] ?? Number.NaN)
            const mean = column.reduce((sum, v) => sum + v, 0) / many
            const variance = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (many - 1)
            return { mean, error: Math.sqrt(variance / many) }
          })
          spread.forEach(({ mean, error }, j) => {
            const off = Math.abs(mean - (expected[j] ?? Number.NaN))
            if (!(off <= errors * error + 1e-6 * Math.abs(mean))) differs(`the mean of number ${j} over ${many} keys`, expected[j], mean)
          })
          if (expected.some((v) => v !== 0) && spread.every(({ error }) => error === 0)) differs('the noise', 'some', 'none')
        },
      ),
    ),
  ]
}
