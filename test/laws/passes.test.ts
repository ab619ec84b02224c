/** The passes of the WebAssembly engine keep the meaning, bit for bit. */
import { it } from 'vitest'
import { check, passLaws } from '../../laws/index.js'
import { fuse } from '../../src/engine/program/fusion/fuse.js'
import { inPlace } from '../../src/engine/program/in-place.js'
import { embedded } from '../../src/engine/wasm/kernels.js'
import { wasmOf } from '../../src/engine/wasm/wasm.js'

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
for (const law of [...fused, ...seen]) it(law.name, () => check(law))
