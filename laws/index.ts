/** Law suites for your own ops, layers, networks, optimisers, training steps and engines. */
export { appliedBy, type EvaluationOptions } from './algebra/evaluation.js'
export { descriptions, imageDescriptions, networkOf } from './arbitrary/networks.js'
export type { Application } from './arbitrary/operands.js'
export { moderate, tensorOf } from './arbitrary/tensors.js'
export { type Allowance, type EngineBudget, terms, ulps } from './budget.js'
export { type Checking, check, checkAsync, checkDefaults, report } from './check.js'
export { anyModel, anyTensor, modelCodec, ofType, tensorCodec } from './codecs.js'
export type { Domain } from './domain.js'
export { type DrawnOptions, directionOf, drawn, drawnDefaults, perturbed } from './drawn.js'
export { type AsyncLaw, asyncLaw, type CheckOptions, type Failure, fact, type Law, type LawOf, law, type Saying } from './law.js'
export { type LawsOfOptions, lawsOf } from './laws-of.js'
export { applications, engineBudget } from './op/table.js'
export { code } from './print.js'
export type { Subject } from './subjects.js'
export { algebraLaws } from './suite/algebra.js'
export { type Composition, categoryLaws } from './suite/category.js'
export { type Codec, codecLaws } from './suite/codec.js'
export { type CombinatorLawOptions, combinatorLaws, type SomeBlock, type SomeCombinator } from './suite/combinator.js'
export {
  type AnyTransformation,
  convergence,
  convergenceTable,
  gapAfter,
  type Landscape,
  type LandscapeName,
  landscapes,
  type Point,
  type Reach,
  type Reaches,
} from './suite/convergence.js'
export { convexityLaws } from './suite/convexity.js'
export { type DegenerateOptions, degenerateLaws } from './suite/degenerate.js'
export { asyncEngineLaws, type EngineOptions, engineLaws } from './suite/engine.js'
export { type EquivalenceOptions, equivalent } from './suite/equivalent.js'
export { identityLaws } from './suite/identities.js'
export { type ImageLayers, imageLaws } from './suite/images.js'
export { type InitialiserLawOptions, initialiserLaws } from './suite/initialiser.js'
export { type KeyLawOptions, keyLaws } from './suite/keys.js'
export { layerLaws } from './suite/layer/layer.js'
export { type Builder, inFloat64, type LayerClaims, type LayerLawOptions } from './suite/layer/tried.js'
export {
  countedTargets,
  evenTargets,
  type LikelihoodLawOptions,
  likelihoodLaws,
  oneHotTargets,
  type TargetNode,
} from './suite/likelihood.js'
export { type LoopParts, loopLaws } from './suite/loop.js'
export {
  type Change,
  type MetamorphicOptions,
  metamorphic,
  negated,
  permuted,
  reversed,
  scaledBy,
  shiftedBy,
  unchanged,
} from './suite/metamorphic.js'
export { type LbfgsParts, lbfgsLaws, minimiserLaws } from './suite/minimisers.js'
export { networkLaws } from './suite/network.js'
export { type NoiseOptions, noiseLaws, noisyLayerLaws } from './suite/noise.js'
export { objectiveLaws } from './suite/objective.js'
export { opLaws } from './suite/op.js'
export { type OptimiserLawOptions, optimiserLaws } from './suite/optimiser/optimiser.js'
export { passLaws } from './suite/passes.js'
export type { Generator } from './suite/random/generator.js'
export { randomLaws } from './suite/random.js'
export { type RandomNetworkLawOptions, randomNetworkLaws } from './suite/random-network.js'
export { type Schedules, scheduleLaws, scheduleLawsOf } from './suite/schedules.js'
export { shareLaws } from './suite/shares.js'
export { type StabilityOptions, stabilityLaws } from './suite/stability.js'
export { trainingLaws } from './suite/training.js'
export { type Transformations, transformationLaws } from './suite/transformations.js'
