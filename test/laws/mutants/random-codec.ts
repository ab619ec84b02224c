/** Mutants of what is random and of what is stored. */
export { codecMutants } from './codec.js'
export { initialiserMutants } from './initialisers.js'
export { keyMutants } from './keys.js'
export { randomMutants } from './random.js'
