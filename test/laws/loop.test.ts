/** Loops obey their laws, and loops that are wrong do not. */
import { describe, expect, it } from 'vitest'
import { check, loopLaws } from '../../laws/index.js'
import { loopMutants } from './mutants/loop.js'

for (const law of loopLaws()) it(law.name, () => check(law))

describe('mutants', () => {
  it.each(loopMutants.map((mutant) => [mutant.name, mutant.what, mutant] as const))(
    '%s: %s',
    (_name, _what, { laws, killer, runs = 60 }) => {
      const killers = laws().filter(({ name }) => name === killer)
      expect(killers).toHaveLength(1)
      for (const law of killers) expect(() => check(law, { runs })).toThrow(`the law ${killer} is broken`)
    },
  )
})
