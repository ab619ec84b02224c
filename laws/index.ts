/** Law suites for your own ops, layers, networks, optimisers, training steps and engines. */
export { descriptions, imageDescriptions, networkOf } from './arbitrary/networks.js'
export { applications } from './arbitrary/operands.js'
export { moderate, tensorOf } from './arbitrary/tensors.js'
export { check, checkDefaults } from './check.js'
export { type CheckOptions, type Failure, fact, type Law, law } from './law.js'
export { type Composition, categoryLaws } from './suite/category.js'
export {
  convergence,
  convergenceTable,
  gapAfter,
  type Landscape,
  type LandscapeName,
  landscapes,
  type Reach,
  type Reaches,
  type SomeTransformation,
} from './suite/convergence.js'
export { engineLaws } from './suite/engine.js'
export { identityLaws } from './suite/identities.js'
export { type ImageLayers, imageLaws } from './suite/images.js'
export { layerLaws } from './suite/layer.js'
export { type NetworkLawOptions, networkLaws } from './suite/network.js'
export { opLaws } from './suite/op.js'
export { type OptimiserLawOptions, optimiserLaws } from './suite/optimiser.js'
export { shareLaws } from './suite/shares.js'
export { trainingLaws } from './suite/training.js'
