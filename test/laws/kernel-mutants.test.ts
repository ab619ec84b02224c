/** Every family of kernels is seen to be watched: a line of the assembly changed, and the law that notices. */
import { expect, it } from 'vitest'
import { kernelMutants } from './mutants/kernels.js'
import { isKilled } from './mutants/mutant.js'

it.each(kernelMutants)('$name: $what; killed by $killer', async (mutant) => expect(await isKilled(mutant)).toBe(true))
