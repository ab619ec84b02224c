/** The laws of one's own that docs/laws.md shows hold, recommended ones too; and `lawsOf` finds them all. */
import { describe, expect, it } from 'vitest'
import { load } from '../../laws/cli/load.js'
import { check, lawsOf } from '../../laws/index.js'

const yours = await load('docs/laws/your-own.ts')
const subjects = lawsOf(yours, { input: [4] })

it('has what the module exports', () => {
  expect(subjects.map(({ name }) => name).sort()).toEqual(Object.keys(yours).sort())
  expect(subjects.find(({ name }) => name === 'block')?.what).toBe('a layer on [4]')
  expect(subjects.find(({ name }) => name === 'ofAReversal')?.what).toBe('laws')
})
it('says of a module without laws why it has none', () =>
  expect(() => lawsOf({ seven: 7 })).toThrow(
    'lawsOf expects a layer, a network, an optimiser or laws, receives seven, a number (the module)',
  ))

for (const { name, laws } of subjects)
  describe(name, () => {
    for (const law of laws) it(law.name, () => check(law, { strict: true, runs: 20 }))
  })
