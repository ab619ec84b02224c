/** All mutants, by what they break. */
import { backpropMutants } from './backprop.js'
import { kernelMutants } from './kernels.js'
import { layerMutants } from './layers.js'
import { loopMutants } from './loop.js'
import type { Mutant } from './mutant.js'
import { networkMutants } from './networks.js'
import { noiseMutants } from './noise.js'
import { algebraMutants } from './ops-algebra.js'
import { optimiserMutants } from './optimisers.js'
import { optimiserMoreMutants } from './optimisers-more.js'
import { passMutants } from './passes.js'
import { codecMutants, initialiserMutants, keyMutants, randomMutants } from './random-codec.js'
import { rowMutants } from './rows.js'
import { trainingMutants } from './training.js'
import { yourOwnMutants } from './your-own.js'

/** Each takes moments. */
export const quickFamilies: Readonly<Record<string, readonly Mutant[]>> = {
  'rows of ops': rowMutants,
  'the algebra of ops, degenerate cases, stability, rounding': algebraMutants,
  loops: loopMutants,
  layers: layerMutants,
  networks: networkMutants,
  "one's own networks, refactorings, changes and combinators": yourOwnMutants,
  'back-propagation': backpropMutants,
  optimisers: optimiserMutants,
  'schedules, groups, minimisers': optimiserMoreMutants,
  training: trainingMutants,
  'random numbers': randomMutants,
  keys: keyMutants,
  noise: noiseMutants,
  initialisers: initialiserMutants,
  codecs: codecMutants,
  'passes of the WebAssembly engine': passMutants,
}

/** Each of these compiles the kernels anew. */
export const families: Readonly<Record<string, readonly Mutant[]>> = {
  ...quickFamilies,
  'kernels of the WebAssembly engine': kernelMutants,
}
