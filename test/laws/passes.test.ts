/** The passes of the WebAssembly engine keep the meaning, bit for bit. */
import { it } from 'vitest'
import { check, passLaws } from '../../laws/index.js'
import { fuse } from '../../src/engine/program/fusion/fuse.js'
import { inPlace } from '../../src/engine/program/in-place.js'
import { embedded } from '../../src/engine/wasm/kernels.js'
import { wasm, wasmOf } from '../../src/engine/wasm/wasm.js'
import { inTurn } from '../engine/wasm/threads/in-turn.js'

const fused = passLaws(
  'fusion',
  wasmOf(embedded, fuse),
  wasmOf(embedded, (...program) => fuse(...program, 1)),
)
const seen = passLaws(
  'windows in place',
  wasmOf(embedded, inPlace),
  wasmOf(embedded, (instructions) => instructions),
)
const divided = passLaws('division', wasmOf(embedded, inTurn({ threads: 3, leastWork: 0 })), wasm)
for (const law of [...fused, ...seen, ...divided]) it(law.name, () => check(law))
