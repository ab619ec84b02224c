/** Randomness as values: keys, splitting, samplers. */
export { foldIn, type Key, key, next, split, splitMany } from './key.js'
export { normal } from './normal.js'
export { bernoulli, bits, uniform, uniformIn } from './samplers.js'
