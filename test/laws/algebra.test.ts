/** The declared algebra of the ops, as the library computes them, and as the WebAssembly engine does. */
import { describe, it } from 'vitest'
import { algebraLaws, appliedBy, check } from '../../laws/index.js'
import { wasm } from '../../src/engine/wasm/index.js'

const suites = {
  float64: algebraLaws(),
  float32: algebraLaws({ float: 'float32' }),
  wasm: algebraLaws({ apply: appliedBy(wasm), float: 'float32', ulps: 3 }),
}
describe.each(Object.entries(suites))('%s', (name, laws) => {
  for (const law of laws) it(law.name, () => check(law, { runs: name === 'wasm' ? 25 : 60 }))
})
