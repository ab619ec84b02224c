/** How good predictions are: pure functions of predictions and targets. */
export type { Classes, ClassTargets } from './classes.js'
export {
  type AverageOptions,
  accuracy,
  type ClassScores,
  classScores,
  confusionMatrix,
  f1,
  precision,
  recall,
  topKAccuracy,
} from './classification.js'
export { brierScore, type CalibrationOptions, calibrationDefaults, calibrationError, logLoss, rocAuc } from './probabilities.js'
export { meanAbsoluteError, quantileLoss, rootMeanSquaredError, rSquared } from './regression.js'
