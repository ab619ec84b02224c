/** The embedded WebAssembly engine. */
export { explain } from './explain.js'
export { wasm } from './wasm.js'
