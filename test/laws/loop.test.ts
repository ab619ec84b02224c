/** Loops obey their laws. */
import { it } from 'vitest'
import { check, loopLaws } from '../../laws/index.js'

for (const law of loopLaws()) it(law.name, () => check(law))
