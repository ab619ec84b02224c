/** The embedded WebAssembly engine. */
export { wasm } from './wasm.js'
