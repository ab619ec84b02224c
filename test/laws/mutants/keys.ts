/** Trainings that draw the same noise twice. */
import { flow, pipe } from 'fp-ts/lib/function.js'
import { keyLaws } from '../../../laws/index.js'
import { dense, dropout, input, type Noise, relu, sampled, stochastic } from '../../../src/layer/index.js'
import { bernoulli as binary, type Objective } from '../../../src/likelihood/index.js'
import { layer, type Pointwise, pointwise, residual } from '../../../src/network/index.js'
import { affine, mul, select } from '../../../src/ops/index.js'
import { gradientDescent } from '../../../src/optimise/index.js'
import { bernoulli, foldIn, type Key, key, uniformIn } from '../../../src/random/index.js'
import { matrix, type Tensor } from '../../../src/tensor/index.js'
import { type Training, train } from '../../../src/train/index.js'
import type { Mutant } from './mutant.js'

const batch = {
  x: matrix([
    [0, 1],
    [1, 1],
    [1, 0],
    [0, 0],
  ]),
  y: matrix([[1], [0], [1], [0]]),
}
type Some = Training<unknown, unknown, readonly [2], readonly [1]>
const mutant = (
  name: string,
  what: string,
  killer: string,
  training: unknown,
  drawn?: { readonly init: number; readonly example: number },
): Mutant => ({
  name: `keys.${name}`,
  what,
  laws: () => keyLaws(training as Some, [batch], drawn === undefined ? {} : { drawn }),
  killer: `keys.${killer}`,
})

const descent = gradientDescent({ learningRate: 0.1 })
const trained = (hidden: (noise: Noise) => Pointwise, options = {}) =>
  train(binary(stochastic((noise) => pipe(input(2), dense(3), relu, hidden(noise), dense(1)))), descent, options)
const masked = (noise: Noise, x: Tensor): Tensor =>
  noise.kind === 'expected' ? x : select(mul(2)(x), 0)(bernoulli(x.shape, 0.5)(noise.key) as Tensor)

/** Its place in the network is not in its key. */
const placeless =
  (noise: Noise): Pointwise =>
  (before) =>
    pointwise('placeless', (x) => masked(noise, x) as typeof x)(before)
const twice = (noise: Noise): Pointwise => flow(placeless(noise), relu, placeless(noise)) as unknown as Pointwise
const honest = trained((noise) => dropout(0.5)(noise))
const model = binary(stochastic((noise) => pipe(input(2), dense(3), dropout(0.5)(noise), dense(1)))) as unknown as Objective<
  unknown,
  readonly [2],
  readonly [1]
>
const anonymous: Objective<unknown, readonly [2], readonly [1]> = { ...model, gradient: (params, k) => model.gradient(params, k, 0) }
const early = train(binary(stochastic((noise) => pipe(input(2), dropout(0.5)(noise), dense(3), dense(1)))), descent)
const twin = layer({
  name: 'twin',
  input: [2],
  output: [1],
  init: (k) => ({ weights: uniformIn([2, 1], -1, 1)(k), bias: uniformIn([1], -1, 1)(k) }),
  apply: ({ weights, bias }) => affine(weights, bias),
})

export const keyMutants: readonly Mutant[] = [
  mutant('layer', 'a layer whose two masks are drawn under one key', 'step', trained(twice)),
  mutant(
    'block',
    'a block that begins to count again at 0, whose mask is that of the layer before',
    'step',
    trained((noise) => flow(placeless(noise), residual(placeless(noise)) as never) as unknown as Pointwise),
  ),
  mutant('leaves', 'examples of every leaf are numbered from 0', 'step', train(anonymous, descent, { leaves: 2 })),
  mutant('still', 'a step that keeps its key', 'advance', {
    ...honest,
    step: (s: never, b: never) => honest.step(s, b).set('key', (s as { key: never }).key),
  }),
  mutant('start', 'the noise is drawn under the key of the weights', 'advance', {
    ...early,
    init: (k: Key) => early.init(k).set('key', foldIn(0)(k)),
  }),
  mutant(
    'frozen',
    'a mask under a key of its own, the same for ever',
    'drawn',
    trained((noise) => dropout(0.5)(noise.kind === 'expected' ? noise : sampled(key(1)))),
    {
      init: 9,
      example: 3,
    },
  ),
  mutant('weights', 'weights and bias are drawn under one key', 'init', train(binary(pipe(input(2), twin)), descent)),
]
