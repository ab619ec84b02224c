/** Laws as tests of the runner: what is ours holds recommended ones, too. */
import { describe, it } from 'vitest'
import { check, type Law } from '../../laws/index.js'

export const all = (name: string, laws: readonly Law[], runs?: number): void => {
  describe(name, () => {
    for (const law of laws) it(law.name, () => check(law, { strict: true, ...(runs === undefined ? {} : { runs }) }))
  })
}
