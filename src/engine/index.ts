/** Engines, and compiling for them. */
export { compile, type WantsTensors } from './compile.js'
export type { Engine } from './engine.js'
