/** Mutants of layers. */
import { layerLaws } from '../../../laws/index.js'
import { layer, pointwise } from '../../../src/network/index.js'
import { mul } from '../../../src/ops/index.js'
import { ones, tensor, type Vector } from '../../../src/tensor/index.js'
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

export const layerMutants: readonly Mutant[] = [
  {
    name: 'restless',
    what: 'an initialiser that draws from nowhere',
    laws: () => layerLaws(restless(), { input: [2] }),
    killer: 'layer.init',
  },
  { name: 'tired', what: 'a function that remembers', laws: () => layerLaws(tired(), { input: [2] }), killer: 'layer.pure' },
  {
    name: 'forgetful',
    what: 'a layer that falls back to float32',
    laws: () => layerLaws(forgetful, { input: [2] }),
    killer: 'layer.precision',
  },
]
