/** A law that cannot fail is worth nothing: every mutant is killed, by the law that is named for what broke. */
import { describe, expect, it } from 'vitest'
import { algebraLaws, degenerateLaws, stabilityLaws } from '../../laws/index.js'
import { prims } from '../../src/ops/index.js'
import { quickFamilies } from './mutants/families.js'
import { isKilled } from './mutants/mutant.js'
import { algebraMutants } from './mutants/ops-algebra.js'
import { rowMutantsOf } from './mutants/rows.js'

describe.each(Object.entries(quickFamilies))('mutants of %s', (_, mutants) => {
  it.each(mutants)('$name: $what; killed by $killer', async (mutant) => expect(await isKilled(mutant)).toBe(true))
})

it.each(prims)('%s has a mutant of its own', (prim) => {
  for (const { killer } of rowMutantsOf(prim)) expect(killer.startsWith(`op.${prim}.`)).toBe(true)
  expect(rowMutantsOf(prim).length).toBeGreaterThan(0)
})

it('no law of the algebra, of degenerate cases and of stability is without a mutant', () => {
  const killers = new Set(algebraMutants.map(({ killer }) => killer))
  const unseen = [...algebraLaws(), ...degenerateLaws({ engines: [] }), ...stabilityLaws()]
    .map(({ name }) => name)
    .filter((name) => !killers.has(name))
  expect(unseen).toEqual([])
})
