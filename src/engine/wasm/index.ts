/** The embedded WebAssembly engine. */
export { explain } from './explain.js'
export { openWasm, type WasmOptions, type WasmSession, wasmDefaults } from './threads/open.js'
export { wasm } from './wasm.js'
