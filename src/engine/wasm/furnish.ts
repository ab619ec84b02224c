// mutates: the arena it is given, escapes: nothing
/** A program whose arena holds what does not change from run to run: its literals, and the views that its kernels read. */
import type { Program } from '../../graph/index.js'
import type { Tensor } from '../../tensor/tensor.js'
import type { Assembled } from './assemble.js'
import { copyIn } from './door.js'
import type { Run } from './link.js'
import { runner } from './runner.js'

export const furnish = (
  program: Program,
  assembled: Assembled,
  { buffer }: WebAssembly.Memory,
  run: Run,
): ((inputs: readonly Tensor[]) => readonly Tensor[]) => {
  const { layout, own, literals } = assembled
  for (const { address, words } of own.views) new Int32Array(buffer, address, words.length).set(words)
  for (const { place, literal } of literals) copyIn(buffer, layout.addresses[place.buffer] ?? 0, literal)
  return runner(program, assembled, { memory: buffer, layout, run })
}
