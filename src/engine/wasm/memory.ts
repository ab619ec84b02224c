/** The memory of a program: as much as its plan wants, or a sentence that says what it is wanted for. */
import { SystemError, shown, ValueError } from '../../error/index.js'
import { largest } from '../program/largest.js'
import type { Assembled } from './assemble.js'

const pageBytes = 65536
/** Addresses are 32 bits wide. */
const mostBytes = 2 ** 32
/** So many buffers are named where there is too little room. */
const mostNamed = 3

/** What gives memory, in pages; it throws where there is none to be had. */
export type Allocate = (pages: number) => WebAssembly.Memory
const fromMachine: Allocate = (initial) => new WebAssembly.Memory({ initial })

/**
 * @error  `ValueError` for a program beyond 4 GiB, `SystemError` where the machine does not give what one wants
 * @unit bytes
 */
export const memoryOf = (program: Assembled, allocate: Allocate = fromMachine): WebAssembly.Memory => {
  const { bytes } = program
  const hint = (): string => `its largest buffers: ${largest(program, mostNamed)}`
  if (bytes > mostBytes)
    throw new ValueError({ who: 'wasm', expected: 'a program of at most 4294967296 bytes', received: `one of ${bytes}`, hint: hint() })
  try {
    return allocate(Math.ceil(bytes / pageBytes))
  } catch (error) {
    throw new SystemError({ who: 'wasm', expected: `${bytes} bytes of memory for a program`, received: shown(error), hint: hint() })
  }
}
