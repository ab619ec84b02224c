/** Initialisers that are wrong, each in its own way. */
import { initialiserLaws } from '../../../laws/index.js'
import { constant, he, type Initialiser, ofVariance } from '../../../src/layer/index.js'
import { add, cast, mul } from '../../../src/ops/index.js'
import { type Key, key, next, normal, uniformIn } from '../../../src/random/index.js'
import { type Shape, sizeOf } from '../../../src/shape/index.js'
import { isLiteral, type Tensor, tensor, toArray } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

type Draw = (shape: Shape) => (k: Key) => Tensor
/** He's weights, wrong. */
const mutant = (what: string, killer: string, draw: Draw): Mutant => ({
  name: `initialiser.${killer}`,
  what,
  laws: () =>
    initialiserLaws('he', draw as unknown as Initialiser, { variance: (fanIn) => 2 / fanIn, bound: (fanIn) => Math.sqrt(6 / fanIn) }),
  killer: `initialiser.he.${killer}`,
})
const good: Draw = he as Draw
const fanIn = (shape: Shape): number => sizeOf(shape.slice(0, -1))
/** Weights by place, from those of he. */
const placed =
  (at: (i: number, j: number, outputs: number) => number): Draw =>
  (shape) =>
  (k) => {
    const outputs = shape.at(-1) ?? 1
    const weights = toArray(good(shape)(k))
    return tensor(
      shape,
      Array.from(weights, (_, place) => weights[at(Math.floor(place / outputs), place % outputs, outputs)] ?? 0),
    )
  }

export const initialiserMutants: readonly Mutant[] = [
  mutant('weights of the transposed shape', 'shape', (shape) => good([...shape].reverse())),
  mutant('weights of float64', 'shape', (shape) => (k) => cast('float64')(good(shape)(k))),
  mutant('the key is not looked at', 'key', (shape) => () => good(shape)(key(1))),
  mutant('another key where its numbers are not known', 'key', (shape) => (k) => good(shape)(isLiteral(k) ? k : next(k))),
  mutant('constant weights', 'key', constant(0.1) as Draw),
  mutant('weights from 0 up', 'mean', (shape) => uniformIn(shape, 0, Math.sqrt(6 / fanIn(shape)))),
  mutant('weights off by a twentieth of their size', 'mean', (shape) => (k) => add(0.1 * Math.sqrt(2 / fanIn(shape)))(good(shape)(k))),
  mutant('fan-out for fan-in', 'variance', ofVariance((fans) => 2 / fans.out) as Draw),
  mutant('the kernel is not counted', 'variance', (shape) => ofVariance(() => 2 / (shape.at(-2) ?? 1))(shape)),
  mutant('1 / fan-in', 'variance', ofVariance((fans) => 1 / fans.in) as Draw),
  mutant('the deviation for the bound', 'variance', (shape) => uniformIn(shape, -Math.sqrt(2 / fanIn(shape)), Math.sqrt(2 / fanIn(shape)))),
  mutant(
    'every unit as the first',
    'units',
    placed((i, _, outputs) => i * outputs),
  ),
  mutant(
    'every input as the first',
    'units',
    placed((_, j) => j),
  ),
  mutant(
    'normal weights where uniform ones are declared',
    'bound',
    (shape) => (k) => mul(Math.sqrt(2 / fanIn(shape)))(normal(shape)(k) as Tensor),
  ),
]
