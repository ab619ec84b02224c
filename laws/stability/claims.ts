/** What is claimed to be stable. */
import { bernoulliLikelihood, categoricalLikelihood } from '../../src/likelihood/index.js'
import { logSigmoid, logSoftmax, logSumExp, sigmoid, softmax, softplus } from '../../src/ops/index.js'
import type { Tensor } from '../../src/tensor/index.js'

/** What is claimed to be stable: functions of outputs z and targets y. */
export interface Claimed {
  readonly logSumExp: (z: Tensor) => Tensor
  readonly logSoftmax: (z: Tensor) => Tensor
  readonly softmax: (z: Tensor) => Tensor
  readonly softplus: (z: Tensor) => Tensor
  readonly sigmoid: (z: Tensor) => Tensor
  readonly logSigmoid: (z: Tensor) => Tensor
  readonly bernoulli: (z: Tensor, y: Tensor) => Tensor
  readonly categorical: (z: Tensor, y: Tensor) => Tensor
}
export const claims: Claimed = {
  logSumExp: (z) => logSumExp(z) as Tensor,
  logSoftmax,
  softmax,
  softplus,
  sigmoid,
  logSigmoid,
  bernoulli: (z, y) => bernoulliLikelihood(z.shape).negativeLogLikelihood(z, y),
  categorical: (z, y) => categoricalLikelihood(z.shape).negativeLogLikelihood(z, y),
}
