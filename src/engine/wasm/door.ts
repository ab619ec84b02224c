// mutates: the arena it is given, escapes: nothing
/** The door between literals and the arena: numbers are copied in before a run and out after it, and stay valid for ever. */
import type { TensorType } from '../../ops/row.js'
import type { Precision } from '../../prim/index.js'
import { fixedShape, sizeOf } from '../../shape/index.js'
import { type Literal, literalLike, type Numbers, numbersOf, uniformLike, uniformOf } from '../../tensor/buffer.js'
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

/** So few numbers are moved faster one by one than by a call. */
const few = 16

/** What puts the numbers of literals of one type at an address. */
export const writer = (memory: ArrayBuffer, address: number, { shape, precision }: TensorType): ((literal: Literal) => void) => {
  const size = sizeOf(shape)
  const view = arenaView(memory, precision, address, size)
  const stored = precision === 'bool' ? toMask : (x: number): number => x
  return (literal) => {
    const uniform = uniformOf(literal)
    if (uniform !== undefined) view.fill(stored(uniform))
    else if (size > few && precision !== 'bool') view.set(numbersOf(literal))
    else {
      const numbers = numbersOf(literal)
      for (let i = 0; i < size; i++) view[i] = stored(numbers[i] as number)
    }
  }
}

/** The numbers of a literal, into the arena, once. */
export const copyIn = (memory: ArrayBuffer, address: number, literal: Literal): void => {
  writer(memory, address, literal)(literal)
}

/** A copy of a buffer's numbers, as a literal keeps them. */
export const numbersAt = (memory: ArrayBuffer, precision: Precision, address: number, size: number): Numbers => {
  const view = arenaView(memory, precision, address, size)
  return precision === 'bool' ? Uint8Array.from(view, (x) => (x === 0 ? 0 : 1)) : view.slice()
}

/** A copy, of the array type of a precision; each has a function of its own, which a compiler can make fast. */
const copies: { readonly [P in Exclude<Precision, 'bool'>]: (view: Arena) => Numbers } = {
  float32: (view) => new Float32Array(view),
  float64: (view) => new Float64Array(view),
  int32: (view) => new Int32Array(view),
  uint32: (view) => new Uint32Array(view),
}

/** What gives the numbers at an address as a literal of their own. */
export const exit = (memory: ArrayBuffer, address: number, { shape: given, precision }: TensorType): (() => Tensor) => {
  const shape = fixedShape(given)
  const size = sizeOf(shape)
  const view = arenaView(memory, precision, address, size)
  if (precision === 'bool') return () => literalLike(shape, precision, numbersAt(memory, precision, address, size))
  if (size === 1) return () => uniformLike(shape, precision, view[0] as number)
  const copy = copies[precision]
  return () => literalLike(shape, precision, copy(view))
}
