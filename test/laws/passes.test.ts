/** The passes of the WebAssembly engine keep the meaning, bit for bit. */
import { it } from 'vitest'
import { check, passLaws } from '../../laws/index.js'
import { fuse } from '../../src/engine/program/fusion/fuse.js'
import { embedded } from '../../src/engine/wasm/kernels.js'
import { wasm, wasmOf } from '../../src/engine/wasm/wasm.js'

for (const law of passLaws(
  'fusion',
  wasm,
  wasmOf(embedded, (...program) => fuse(...program, 1)),
))
  it(law.name, () => check(law))
