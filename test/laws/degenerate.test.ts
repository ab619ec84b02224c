/** Degenerate functions and graphs, through the library's transformations and through both engines. */
import { it } from 'vitest'
import { check, degenerateLaws } from '../../laws/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'

for (const law of degenerateLaws({ engines: [reference, wasm] })) it(law.name, () => check(law, { runs: 40 }))
