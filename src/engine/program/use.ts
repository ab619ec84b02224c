/** Which buffers an instruction reads and writes: all that liveness and the order of instructions depend on. */
import type { Address, BufferId } from './address.js'
import { byKind, type Instruction } from './instruction.js'

export interface Use {
  readonly reads: readonly BufferId[]
  readonly writes: readonly BufferId[]
}

/** What is written is not counted as read, too: to wait for who wrote it, it is enough to write it. */
const use = (reads: readonly Address[], writes: readonly Address[]): Use => {
  const written = writes.map(({ buffer }) => buffer)
  return { reads: reads.map(({ buffer }) => buffer).filter((buffer) => !written.includes(buffer)), writes: written }
}

export const useOf: (instruction: Instruction) => Use = byKind<Use>({
  pointwise: ({ inputs, outputs }) =>
    use(
      inputs.map(({ address }) => address),
      outputs.map(({ to }) => to),
    ),
  matmul: ({ out, a, b }) => use([a.address, b.address], [out]),
  matmulView: ({ out, a, b }) => use([a.address, b.address], [out]),
  reduce: ({ out, x }) => use([x], [out]),
  reduceView: ({ out, x }) => use([x.address], [out]),
  gather: ({ out, view }) => use([view.start], [out]),
  scatter: ({ view, x }) => use([x], [view.start]),
  addView: ({ view, x }) => use([x.start], [view.start]),
  gatherRows: ({ out, x, indices }) => use([x, indices], [out]),
  scatterAddRows: ({ out, x, indices }) => use([x, indices], [out]),
  fill: ({ out }) => use([], [out]),
  copy: ({ out, x }) => use([x], [out]),
  host: ({ operands, out }) =>
    use(
      operands.map(({ address }) => address),
      [out.address],
    ),
  loop: ({ reads, writes }) => ({ reads, writes }),
  barrier: () => use([], []),
})
