/** Every law of random numbers, keys, initialisers and codecs is seen to kill what it is there for. */
import { describe, expect, it } from 'vitest'
import { anyModel, anyTensor, codecLaws, initialiserLaws, modelCodec, randomLaws, tensorCodec } from '../../laws/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { he } from '../../src/layer/index.js'
import { isKilled, type Mutant } from './mutants/mutant.js'
import { codecMutants, initialiserMutants, keyMutants, randomMutants } from './mutants/random-codec.js'

const killed = (mutants: readonly Mutant[]): void =>
  it.each(mutants)('$name, $what, is killed by $killer', async (mutant) => expect(await isKilled(mutant)).toBe(true))
const seen = (mutants: readonly Mutant[], names: readonly string[]): void => {
  const killers = new Set(mutants.map(({ killer }) => killer))
  it('leaves no law without a mutant', () => expect(names.filter((name) => !killers.has(name))).toEqual([]))
}

describe('random numbers', () => {
  killed(randomMutants)
  seen(
    randomMutants,
    randomLaws({}, [reference, wasm]).map(({ name }) => name),
  )
})
describe('keys', () => {
  killed(keyMutants)
  seen(keyMutants, ['keys.init', 'keys.step', 'keys.advance', 'keys.drawn'])
})
describe('initialisers', () => {
  killed(initialiserMutants)
  seen(
    initialiserMutants,
    initialiserLaws('he', he, { variance: (fanIn) => 2 / fanIn, bound: (fanIn) => Math.sqrt(6 / fanIn) }).map(({ name }) => name),
  )
})
describe('codecs', () => {
  killed(codecMutants)
  seen(
    codecMutants,
    [...codecLaws('tensor', tensorCodec, anyTensor), ...codecLaws('model', modelCodec, anyModel)].map(({ name }) => name),
  )
})
