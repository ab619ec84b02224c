/** The reference engine: the specification. */
export { reference } from './reference.js'
export { tabulate } from './tabulate.js'
