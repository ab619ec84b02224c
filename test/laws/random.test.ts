/** Our random numbers obey the laws of random numbers, in both engines. */
import { it } from 'vitest'
import { check, randomLaws } from '../../laws/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'

for (const law of randomLaws({}, [reference, wasm])) it(law.name, () => check(law))
