/** A law that cannot fail is worth nothing: every mutant is killed, by the law that is named for what broke. */
import { describe, expect, it } from 'vitest'
import { check } from '../../laws/index.js'
import { prims } from '../../src/ops/index.js'
import { backpropMutants } from './mutants/backprop.js'
import { layerMutants } from './mutants/layers.js'
import type { Mutant } from './mutants/mutant.js'
import { networkMutants } from './mutants/networks.js'
import { optimiserMutants } from './mutants/optimisers.js'
import { rowMutants } from './mutants/rows.js'
import { trainingMutants } from './mutants/training.js'

const mutants: Readonly<Record<string, readonly Mutant[]>> = {
  rows: Object.values(rowMutants).flat(),
  layers: layerMutants,
  networks: networkMutants,
  backprop: backpropMutants,
  optimisers: optimiserMutants,
  training: trainingMutants,
}

describe.each(Object.entries(mutants))('mutants of %s', (_, all) => {
  it.each(all)('$name, killed by $killer', ({ laws, killer, runs = 60 }) => {
    const law = laws().find(({ name }) => name === killer)
    expect(law, `${killer} is a law of the suite`).toBeDefined()
    if (law !== undefined) expect(() => check(law, { runs })).toThrow(`the law ${killer} is broken`)
  })
})

it.each(prims)('%s has a mutant of its own', (prim) => {
  for (const { killer } of rowMutants[prim]) expect(killer.startsWith(`op.${prim}.`)).toBe(true)
  expect(rowMutants[prim].length).toBeGreaterThan(0)
})
