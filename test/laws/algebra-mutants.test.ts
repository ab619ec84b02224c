/** Every law of the algebra, of degenerate cases, of stability and of an engine's ops is seen to kill what it is there for. */
import { expect, it } from 'vitest'
import { algebraLaws, degenerateLaws, stabilityLaws } from '../../laws/index.js'
import { isKilled } from './mutants/mutant.js'
import { algebraMutants } from './mutants/ops-algebra.js'

it.each(algebraMutants)('$name is killed by $killer', async (mutant) => expect(await isKilled(mutant)).toBe(true))

it('leaves no law without a mutant', () => {
  const killers = new Set(algebraMutants.map(({ killer }) => killer))
  const unseen = [...algebraLaws(), ...degenerateLaws({ engines: [] }), ...stabilityLaws()]
    .map(({ name }) => name)
    .filter((name) => !killers.has(name))
  expect(unseen).toEqual([])
})
