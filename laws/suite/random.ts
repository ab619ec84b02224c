/**
 * The laws of random numbers: keys that differ, streams that have nothing in common, distributions that are what they say,
 * and draws that are functions of key and shape alone. Each bound has a stated significance; see `laws/statistics.ts`.
 */
import type { Engine } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import type { Law } from '../law.js'
import { distributionLaws } from './random/distributions.js'
import { functionLaws } from './random/functions.js'
import { type Generator, library } from './random/generator.js'
import { streamLaws } from './random/streams.js'

/**
 * Every law of a generator: the library's, with the functions given in the place of its own.
 *
 * @example
 * for (const law of randomLaws({ normal: mine })) it(law.name, () => check(law))
 */
export const randomLaws = (functions: Partial<Generator> = {}, engines: readonly Engine[] = [reference]): readonly Law[] => {
  const generator = { ...library, ...functions }
  return [...functionLaws(generator, engines), ...streamLaws(generator), ...distributionLaws(generator)]
}
