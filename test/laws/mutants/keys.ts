/** Trainings that draw the same noise twice. */
import { pipe } from 'fp-ts/lib/function.js'
import { keyLaws } from '../../../laws/index.js'
import { dense, dropout, input, relu } from '../../../src/layer/index.js'
import { bernoulli as binary, type Objective } from '../../../src/likelihood/index.js'
import { layer, type Pointwise, pointwise } from '../../../src/network/index.js'
import { add, affine, mul, relu as rectified, select } from '../../../src/ops/index.js'
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
const trained = (hidden: Pointwise, options = {}) => train(binary(pipe(input(2), dense(3), relu, hidden, dense(1))), descent, options)
const mask = (k: Key, x: Tensor): Tensor => select(mul(2)(x), 0)(bernoulli(x.shape, 0.5)(k) as Tensor)
/** A layer whose mean over keys nobody asks for here. */
const noisy = (sampled: (k: Key, x: Tensor) => Tensor): Pointwise =>
  pointwise('noisy', (x) => x, { sampled: (k) => (x) => sampled(k, x) as typeof x })
const honest = trained(dropout(0.5))
const model = binary(pipe(input(2), dense(3), dropout(0.5), dense(1))) as unknown as Objective<unknown, readonly [2], readonly [1]>
const anonymous: Objective<unknown, readonly [2], readonly [1]> = { ...model, gradient: (params, k) => model.gradient(params, k, 0) }
const early = train(binary(pipe(input(2), dropout(0.5), dense(3), dense(1))), descent)
const twin = layer({
  name: 'twin',
  input: [2],
  output: [1],
  init: (k) => ({ weights: uniformIn([2, 1], -1, 1)(k), bias: uniformIn([1], -1, 1)(k) }),
  apply: ({ weights, bias }) => affine(weights, bias),
})

export const keyMutants: readonly Mutant[] = [
  mutant('layer', 'a layer whose two masks are drawn under one key', 'step', trained(noisy((k, x) => mask(k, rectified(mask(k, x)))))),
  mutant('block', 'a block that hands its own key to both of its parts', 'step', trained(noisy((k, x) => add(mask(k, x))(mask(k, x))))),
  mutant('leaves', 'examples of every part are numbered from 0', 'step', train(anonymous, descent, { parts: 2 })),
  mutant('still', 'a step that keeps its key', 'advance', {
    ...honest,
    step: (s: never, b: never) => honest.step(s, b).set('key', (s as { key: never }).key),
  }),
  mutant('start', 'the noise is drawn under the key of the weights', 'advance', {
    ...early,
    init: (k: Key) => early.init(k).set('key', foldIn(0)(k)),
  }),
  mutant('frozen', 'a mask under a key of its own, the same for ever', 'drawn', trained(noisy((_, x) => mask(key(1), x))), {
    init: 9,
    example: 3,
  }),
  mutant('weights', 'weights and bias are drawn under one key', 'init', train(binary(pipe(input(2), twin)), descent)),
]
