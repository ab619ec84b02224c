/** Engines, and compiling for them. */
export { type CompileOptions, compile, compileDefaults, type WantsTensors } from './compile.js'
export type { Engine, Session } from './engine.js'
