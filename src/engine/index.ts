/** Engines, and compiling for them. */
export { compile } from './compile.js'
export { compileAsync } from './compile-async.js'
export { type AsyncEngine, type AsyncSession, type Engine, type Session, toAsync } from './engine.js'
export { type CompileOptions, compileDefaults } from './programs.js'
export type { WantsTensors } from './wants-tensors.js'
