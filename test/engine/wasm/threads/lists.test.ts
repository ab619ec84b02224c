/** The lists of threads, done in turn by one: the bits of what was divided. */
import { it } from 'vitest'
import { check, passLaws } from '../../../../laws/index.js'
import { embedded } from '../../../../src/engine/wasm/kernels.js'
import { wasm, wasmOf } from '../../../../src/engine/wasm/wasm.js'
import { inTurn } from './in-turn.js'

for (const threads of [2, 3])
  for (const law of passLaws(`division by ${threads}`, wasmOf(embedded, inTurn({ threads, leastWork: 0 })), wasm))
    it(law.name, () => check(law, { runs: 40 }))
