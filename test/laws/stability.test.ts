/** What is claimed to be stable is, as the library computes it and as the WebAssembly engine does. */
import { describe, it } from 'vitest'
import { check, stabilityLaws } from '../../laws/index.js'
import { wasm } from '../../src/engine/wasm/index.js'

describe.each(Object.entries({ reference: stabilityLaws(), wasm: stabilityLaws({ engine: wasm, ulps: 3 }) }))('%s', (_, laws) => {
  for (const law of laws) it(law.name, () => check(law, { runs: 100 }))
})
