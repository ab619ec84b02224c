/** No law of random numbers, keys, initialisers and codecs is without a mutant. */
import { describe, expect, it } from 'vitest'
import { anyModel, anyTensor, codecLaws, initialiserLaws, modelCodec, randomLaws, tensorCodec } from '../../laws/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { he } from '../../src/layer/index.js'
import type { Mutant } from './mutants/mutant.js'
import { codecMutants, initialiserMutants, keyMutants, randomMutants } from './mutants/random-codec.js'

const seen = (mutants: readonly Mutant[], names: readonly string[]): void => {
  const killers = new Set(mutants.map(({ killer }) => killer))
  it('leaves no law without a mutant', () => expect(names.filter((name) => !killers.has(name))).toEqual([]))
}

describe('random numbers', () => {
  seen(
    randomMutants,
    randomLaws({}, [reference, wasm]).map(({ name }) => name),
  )
})
describe('keys', () => {
  seen(keyMutants, ['keys.init', 'keys.step', 'keys.advance', 'keys.drawn'])
})
describe('initialisers', () => {
  seen(
    initialiserMutants,
    initialiserLaws('he', he, { variance: (fanIn) => 2 / fanIn, bound: (fanIn) => Math.sqrt(6 / fanIn) }).map(({ name }) => name),
  )
})
describe('codecs', () => {
  seen(
    codecMutants,
    [...codecLaws('tensor', tensorCodec, anyTensor), ...codecLaws('model', modelCodec, anyModel)].map(({ name }) => name),
  )
})
