/** A program too large for its memory is refused by a sentence that says how large it is, and what of it. Nothing here is allocated. */
import { expect, it } from 'vitest'
import { compile } from '../../../src/engine/index.js'
import { fuse } from '../../../src/engine/program/fusion/fuse.js'
import { assemble } from '../../../src/engine/wasm/assemble.js'
import { wasm } from '../../../src/engine/wasm/index.js'
import { embedded, instantiate } from '../../../src/engine/wasm/kernels.js'
import { memoryOf } from '../../../src/engine/wasm/memory.js'
import { SystemError, ValueError } from '../../../src/error/index.js'
import { type Program, pruned, trace } from '../../../src/graph/index.js'
import { tensors as o } from '../../../src/ops/apply.js'
import { full, type Tensor } from '../../../src/tensor/index.js'
import { A, kernel, OUT } from './kernel-host.js'

/** What is thrown. */
const thrown = (f: () => unknown): unknown => {
  try {
    return f()
  } catch (error) {
    return error
  }
}

/** A literal of equal numbers holds one, whatever its shape. */
const large = (...shape: readonly number[]): Tensor => full(shape, 1)

it('a program beyond 4 GiB is refused, with its largest buffers', () => {
  const norms = (x: Tensor, y: Tensor): Tensor => o.sum(o.matmul(o.tanh(x), y), { axes: [-2] })
  const error = thrown(() => compile(wasm)(norms)(large(2 ** 18, 2 ** 12), large(2 ** 12, 3)))
  expect(error).toBeInstanceOf(ValueError)
  /** Two of them, of 4 GiB each, and some megabytes. */
  expect(String(error).replace(/859\d{7}/, '…')).toBe(
    'ValueError: wasm expects a program of at most 4294967296 bytes, receives one of …; its largest buffers: ' +
      'float32 [262144, 4096] an input, float32 [262144, 4096] by 1×1073741824 tanh, float32 [262144, 3] by matmul 262144 3 4096',
  )
})

it('a state is counted twice: one run reads it while it writes the next', () => {
  const error = thrown(() => compile(wasm)(([x]: readonly [Tensor]) => [o.neg(x)])([large(2 ** 30)]))
  expect(String(error)).toContain('int32 [2, 1073741824] the state of two runs')
})

it('the stacks of a loop, and constants, are named by what fills them', () => {
  const error = thrown(() => compile(wasm)((x: Tensor) => o.concat([x, x], { axis: -1 }))(large(2 ** 30)))
  expect(String(error)).toContain('float32 [2147483648] by scatterView, float32 [1073741824] an input')
})

it('4 GiB are enough, and what the machine refuses is said in the same way', () => {
  const program = pruned(trace((x: Tensor) => o.sum(o.tanh(x), { axes: [-1] }))(large(1000)) as Program)
  const about = instantiate(new WebAssembly.Module(embedded()), new WebAssembly.Memory({ initial: 1 }))
  const assembled = { ...assemble(program, about, fuse), bytes: 2 ** 32 }
  const refuse = (pages: number): never => {
    throw new RangeError(`no ${pages} pages`)
  }
  const error = thrown(() => memoryOf(assembled, refuse))
  expect(error).toBeInstanceOf(SystemError)
  expect(String(error)).toBe(
    'SystemError: wasm expects 4294967296 bytes of memory for a program, receives no 65536 pages; its largest buffers: ' +
      'float32 [1000] an input, float32 [1000] by 1×1000 tanh, float32 [] by sum',
  )
})

it('a copy of 2 GiB is not taken for none', () => {
  expect(() => kernel('copy')(OUT, A, 2 ** 31)).toThrow(WebAssembly.RuntimeError)
})
