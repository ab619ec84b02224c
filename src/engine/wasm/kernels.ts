/** The kernels by name, as the assembly module exports them, and an instance of the module over a memory. */
import { moduleBytes } from './module.js'

/**
 * Element-wise kernels: `(out, outer, inner, then address, outer stride and inner stride of every operand)`. They are emitted,
 * several in one loop; the others come with the module.
 */
export type ElementwiseKernel =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'exp'
  | 'log'
  | 'log1p'
  | 'expm1'
  | 'sqrt'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'sigmoid'
  | 'softplus'
  | 'floor'
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'pow'
  | 'maximum'
  | 'minimum'
  | 'less'
  | 'lessEqual'
  | 'equal'
  | 'select'
  | 'addInt'
  | 'subInt'
  | 'mulInt'
  | 'negInt'
  | 'absInt'
  | 'signInt'
  | 'lessSigned'
  | 'lessEqualSigned'
  | 'lessUnsigned'
  | 'lessEqualUnsigned'
  | 'equalInt'
  | 'maximumSigned'
  | 'minimumSigned'
  | 'maximumUnsigned'
  | 'minimumUnsigned'
  | 'and'
  | 'or'
  | 'xor'
  | 'not'
  | 'shiftLeft'
  | 'shiftRight'
  | 'shiftRightSigned'
  | 'rotateLeft'
  | 'f32ToI32'
  | 'f32ToU32'
  | 'i32ToF32'
  | 'u32ToF32'
  | 'maskToI32'
  | 'maskToF32'
  | 'f32ToMask'
  | 'i32ToMask'
/** The other kernels; each documents its arguments in the assembly. */
export type StructuredKernel =
  | 'matmul'
  | 'sum'
  | 'sumInt'
  | 'max'
  | 'maxSigned'
  | 'maxUnsigned'
  | 'argMax'
  | 'argMaxSigned'
  | 'argMaxUnsigned'
  | 'gatherView'
  | 'scatterView'
  | 'scatterAddView'
  | 'scatterAddViewInt'
  | 'fill'
  | 'gatherRows'
  | 'scatterAddRows'
  | 'copy'
export type KernelName = ElementwiseKernel | StructuredKernel

export type Kernel = (...args: readonly number[]) => void
export type Kernels = { readonly [K in StructuredKernel]: Kernel }

const decode = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))

/** How many bytes of scratch a product needs, from m, n and k. */
export type MatmulScratch = (m: number, n: number, k: number) => number

/** What the module says of itself. */
export interface About {
  readonly matmulScratch: MatmulScratch
  /** The first byte that the module's own tables do not use. */
  readonly arenaStart: () => number
}

/** The compiled kernels of `assembly`. */
export const embedded = (): Uint8Array<ArrayBuffer> => decode(moduleBytes)

/**
 * The kernels over a memory.
 *
 * @internal TypeScript's `WebAssembly` belongs to the DOM, which who reads our declarations need not have
 */
export const instantiate = (module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels & About =>
  new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels & About
