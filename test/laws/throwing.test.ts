/** A layer that throws breaks the laws that call it, and no other; a law always has a verdict. */
import { expect, it } from 'vitest'
import { layerLaws } from '../../laws/index.js'
import { layer, pointwise } from '../../src/network/index.js'
import type { Vector } from '../../src/tensor/index.js'

it('a function that throws breaks every law that calls it', () => {
  const torn = pointwise('torn', () => {
    throw new Error('it is torn')
  })
  const broken = layerLaws(torn, { input: [2] }).filter((law) => law.run({ runs: 5, seed: 1 }) !== undefined)
  expect(broken.map(({ name }) => name)).toEqual([
    'layer.shape',
    'layer.batched',
    'layer.engines',
    'layer.pure',
    'layer.precision',
    'layer.adjoint',
    'layer.jvp',
    'layer.finite',
    'layer.accurate',
  ])
})

it('an initialiser that throws where examples are made', () => {
  const init = (): Record<string, never> => {
    throw new Error('it has no weights')
  }
  const torn = layer({ name: 'torn', input: [2], output: [2], init, apply: () => (x: Vector<2>) => x })
  const adjoint = layerLaws(torn, { input: [2] }).find(({ name }) => name === 'layer.adjoint')
  expect(adjoint?.run({ runs: 5, seed: 1 })).toEqual({
    counterexample: ['// no example could be made'],
    reason: 'it has no weights',
    runs: 0,
  })
})
