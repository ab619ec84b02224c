/** Functions as graphs: derivatives, batching, programs. Pure functions from graph to graph. */
export { type BatchOf, batched } from './batched.js'
export { freePlaceholders, nodesOf, type Program, printProgram } from './program.js'
export { pruned } from './prune.js'
export { foriLoop, type ScanOptions, scan, scanDefaults } from './scan.js'
export type { LengthOf, StackOf } from './stack.js'
export { type Traced, trace } from './trace.js'
export { grad, jvp, valueAndGrad, vjp } from './vjp.js'
export { foldUp, operandsOf } from './walk.js'
