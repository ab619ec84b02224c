// mutates: the arena it is given, escapes: nothing
/** The door between literals and the arena: numbers are copied in before a run and out after it, and stay valid for ever. */
import type { Precision } from '../../prim/index.js'
import { type Shape, sizeOf } from '../../shape/index.js'
import { type Literal, literalOf, type Numbers, numbersOf, uniformOf } from '../../tensor/buffer.js'
import type { Tensor } from '../../tensor/tensor.js'

type Arena = Float32Array | Float64Array | Int32Array | Uint32Array

/** The arena's own numbers of a buffer; a bool is a mask there. */
export const arenaView = (memory: ArrayBuffer, precision: Precision, address: number, size: number): Arena => {
  switch (precision) {
    case 'float32':
      return new Float32Array(memory, address, size)
    case 'float64':
      return new Float64Array(memory, address, size)
    case 'uint32':
      return new Uint32Array(memory, address, size)
    default:
      return new Int32Array(memory, address, size)
  }
}

/** A bool as kernels know it: all bits, or none. */
export const toMask = (x: number): number => (x === 0 ? 0 : -1)

/** The numbers of a literal, into the arena. */
export const copyIn = (memory: ArrayBuffer, address: number, literal: Literal): void => {
  const view = arenaView(memory, literal.precision, address, sizeOf(literal.shape))
  const uniform = uniformOf(literal)
  if (uniform !== undefined) view.fill(literal.precision === 'bool' ? toMask(uniform) : uniform)
  else if (literal.precision === 'bool') view.set(Int32Array.from(numbersOf(literal), toMask))
  else view.set(numbersOf(literal))
}

/** A copy of a buffer's numbers, as a literal keeps them. */
export const numbersAt = (memory: ArrayBuffer, precision: Precision, address: number, size: number): Numbers => {
  const view = arenaView(memory, precision, address, size)
  return precision === 'bool' ? Uint8Array.from(view, (x) => (x === 0 ? 0 : 1)) : view.slice()
}

/** A buffer of the arena, as a literal of its own. */
export const copyOut = (memory: ArrayBuffer, address: number, shape: Shape, precision: Precision): Tensor =>
  literalOf(shape, precision, numbersAt(memory, precision, address, sizeOf(shape)))
