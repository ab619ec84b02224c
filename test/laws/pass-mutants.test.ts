/** The laws of passes are seen to kill what they are there for. */
import { expect, it } from 'vitest'
import { isKilled } from './mutants/mutant.js'
import { passMutants } from './mutants/passes.js'

it.each(passMutants)('$what: killed by $killer', async (mutant) => expect(await isKilled(mutant)).toBe(true))
