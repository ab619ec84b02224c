/** What becomes of a program: its instructions one op at a time, and as they are run. */
import { type Program, pruned } from '../../graph/index.js'
import { type Account, accountOf, printed } from '../program/account.js'
import { fuse } from '../program/fusion/fuse.js'
import type { Pass } from '../program/pass.js'
import { passes } from '../program/passes.js'
import { assemble } from './assemble.js'
import { type About, embedded, instantiate } from './kernels.js'

/** The instructions one op at a time, and as they are run. */
export const accounts = (program: Program): { readonly before: Account; readonly after: Account } => {
  const about: About = instantiate(new WebAssembly.Module(embedded()), new WebAssembly.Memory({ initial: 1 }))
  const after = (pass: Pass): Account => {
    const { instructions, bytes } = assemble(pruned(program), about, pass)
    return accountOf(instructions, bytes)
  }
  return { before: after((...given) => fuse(...given, 1)), after: after(passes) }
}

/**
 * A program before and after the passes: a line for every instruction, with the bytes that it reads and writes, each once, and its
 * operations.
 *
 * @unit bytes, operations on numbers
 * @example
 * explain(trace((x: Tensor) => tanh(neg(exp(x))))(ones([3, 4])))
 */
export const explain = (program: Program): string => {
  const { before, after } = accounts(program)
  return `${printed('one op at a time', before)}\n\n${printed('as it is run', after)}\n`
}
