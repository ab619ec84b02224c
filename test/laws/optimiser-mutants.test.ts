/** The laws of optimisers, schedules and minimisers are seen to kill what they are there for. */
import { expect, it } from 'vitest'
import { isKilled } from './mutants/mutant.js'
import { optimiserMoreMutants } from './mutants/optimisers-more.js'

it.each(optimiserMoreMutants)('$name is killed by $killer', async (mutant) => expect(await isKilled(mutant)).toBe(true))
