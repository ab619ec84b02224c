/** The kernels by name, as the assembly module exports them, and an instance of the module over a memory. */
import { type Exported, moduleBytes, relaxedBytes } from './module.js'

/** From lanes to lanes, for emitted loops to call: what the assembly exports by such a name. */
export type LaneFunction = Extract<Exported, `${string}Lanes`>
/** Each documents its arguments in the assembly. Element-wise operations have none: their loops are emitted. */
export type KernelName = Exclude<Exported, LaneFunction | keyof About>

export type Kernel = (...args: readonly number[]) => void
export type Kernels = { readonly [K in KernelName]: Kernel }

/** How many bytes of scratch a product needs, from m, n and k. */
export type MatmulScratch = (m: number, n: number, k: number) => number

/** What the module says of itself. */
export interface About {
  readonly matmulScratch: MatmulScratch
  readonly matmulViewScratch: MatmulScratch
  /** The first byte that the module's own tables do not use. */
  readonly arenaStart: () => number
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (byte) => byte.charCodeAt(0))

/** The compiled kernels of `assembly`. */
export const embedded = (): Uint8Array<ArrayBuffer> => bytesOf(moduleBytes)
/** The same, with products of fused multiplications and additions, which not every runtime has. */
export const relaxed = (): Uint8Array<ArrayBuffer> => bytesOf(relaxedBytes)

/**
 * The kernels over a memory.
 *
 * @internal TypeScript's `WebAssembly` belongs to the DOM, which who reads our declarations need not have
 */
export const instantiate = (module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels & About =>
  new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels & About

/**
 * The kernels, and what they say of themselves.
 *
 * @internal as `instantiate`
 */
export interface Compiled {
  readonly module: WebAssembly.Module
  readonly about: About
}
/**
 * Some tens of kilobytes: small enough to compile at once, also on a page's main thread. `memory`: of the kind that they are for.
 *
 * @internal as `instantiate`
 */
export const compiled = (bytes: Uint8Array<ArrayBuffer>, memory = new WebAssembly.Memory({ initial: 1 })): Compiled => {
  const module = new WebAssembly.Module(bytes)
  return { module, about: instantiate(module, memory) }
}
