/** Loops that are wrong are noticed. */
import { expect, it } from 'vitest'
import { loopMutants } from './mutants/loop.js'
import { isKilled } from './mutants/mutant.js'

it.each(loopMutants)('$name: $what; killed by $killer', async (mutant) => expect(await isKilled(mutant)).toBe(true))
