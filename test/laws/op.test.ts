/** Every row of the closed table obeys the laws of ops. */
import { describe, it } from 'vitest'
import { check, opLaws } from '../../laws/index.js'
import { prims } from '../../src/ops/index.js'

describe.each(prims)('%s', (prim) => {
  for (const law of opLaws(prim)) it(law.name, () => check(law))
})
