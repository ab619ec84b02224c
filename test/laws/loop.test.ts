/** Loops obey their laws, and loops that are wrong do not. */
import { expect, it } from 'vitest'
import { check, loopLaws } from '../../laws/index.js'
import { loopMutants } from './mutants/loop.js'
import { isKilled } from './mutants/mutant.js'

for (const law of loopLaws()) it(law.name, () => check(law))

it.each(loopMutants)('$name is killed by $killer', async (mutant) => expect(await isKilled(mutant)).toBe(true))
