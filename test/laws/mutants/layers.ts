/** Mutants of layers. */
import { layerLaws } from '../../../laws/index.js'
import { layer, pointwise } from '../../../src/network/index.js'
import { add, affine, div, exp, mul } from '../../../src/ops/index.js'
import { uniformIn } from '../../../src/random/index.js'
import type { Shape } from '../../../src/shape/index.js'
import { ones, type Tensor, tensor, type Vector, zeros } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

/** Each run of a suite begins with a memory of its own. */
const restless = () => {
  const drawn = { count: 0 }
  return layer({
    name: 'restless',
    input: [2],
    output: [2],
    init: () => ({ factor: tensor([2], [drawn.count++, 1]) }),
    apply: ({ factor }) => mul(factor),
  })
}
const tired = () => {
  const memory = { calls: 0 }
  return pointwise('tired', (x) => mul(1 / ++memory.calls)(x))
}
const forgetful = layer({
  name: 'forgetful',
  input: [2],
  output: [2],
  init: () => ({}),
  apply: () => (x: Vector<2>) => mul(ones([2], x.precision))(x.precision === 'float64' ? tensor([2], [0, 0]) : x),
})

/** ∞ / ∞ from x = 89 on. */
const overflowing = pointwise(
  'overflowing',
  <S extends Shape>(x: Tensor<S>): Tensor<S> => div(add(1)(exp(x)) as Tensor<S>)(exp(x)) as Tensor<S>,
)
const loud = layer({
  name: 'loud',
  input: [4],
  output: [4],
  init: (key) => ({ weights: uniformIn([4, 4], -3, 3)(key) }),
  apply: ({ weights }) => affine(weights, zeros([4], weights.precision)),
})

export const layerMutants: readonly Mutant[] = [
  {
    name: 'restless',
    what: 'an initialiser that draws from nowhere',
    laws: () => layerLaws(restless(), { input: [2] }),
    killer: 'layer.init',
  },
  { name: 'tired', what: 'a function that remembers', laws: () => layerLaws(tired(), { input: [2] }), killer: 'layer.pure' },
  {
    name: 'tired, twice traced',
    what: 'a function whose forward derivative is of another call than its reverse one',
    laws: () => layerLaws(tired(), { input: [2] }),
    killer: 'layer.jvp',
  },
  {
    name: 'tired, compiled',
    what: 'a function whose program keeps what it was at its first call',
    laws: () => layerLaws(tired(), { input: [2] }),
    killer: 'layer.engines',
  },
  {
    name: 'forgetful',
    what: 'a layer that falls back to float32',
    laws: () => layerLaws(forgetful, { input: [2] }),
    killer: 'layer.precision',
  },
  {
    name: 'overflowing',
    what: 'eˣ / (1 + eˣ), as it is written',
    laws: () => layerLaws(overflowing, { input: [2] }),
    killer: 'layer.finite',
  },
  {
    name: 'loud',
    what: 'weights of variance 3, whatever the fan',
    laws: () => layerLaws(loud, { input: [4] }),
    killer: 'layer.initVariance',
  },
]
