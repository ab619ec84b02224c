/** What each transformation of gradients promises beside the laws of all. Give your own in the place of ours to try it. */
import * as ours from '../../src/optimise/index.js'
import type { Law } from '../law.js'
import { adaptiveLaws } from './transformation/adaptive.js'
import { boundedLaws } from './transformation/bounded.js'
import { groupLaws } from './transformation/groups.js'
import { momentumLaws } from './transformation/momentum.js'
import type { Transformations } from './transformation/transformations.js'
import { wrapperLaws } from './transformation/wrappers.js'

export type { Transformations } from './transformation/transformations.js'

/** What each transformation promises beside the laws of all; `others` stand in the place of ours. */
export const transformationLaws = (others: Partial<Transformations> = {}): readonly Law[] => {
  const all: Transformations = { ...ours, ...others }
  return [boundedLaws, adaptiveLaws, momentumLaws, groupLaws, wrapperLaws]
    .flatMap((laws) => laws(all))
    .map((one) => ({ ...one, name: `transformation.${one.name}` }))
}
