/** Weight decay as a transformation. */
import { add, mul } from '../ops/index.js'
import { isWeight, leaves, leavesWithPaths, withLeaves } from '../params/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { notNegative } from './domain.js'
import { type GradientTransformation, type Stateless, stateless } from './transformation.js'

/** `addDecayedWeights`, in the name of who is given the number. */
export const decayedWeights = (who: string, lambda: number): GradientTransformation<Stateless> => {
  notNegative(who, 'weight decay', lambda)
  return stateless((gradients, params) => {
    const thetas = leaves(params)
    const decayed = leavesWithPaths(gradients).map(({ path, tensor: g }, i) =>
      isWeight(path, g) ? add(mul(lambda)(thetas[i] as Tensor))(g) : g,
    )
    return withLeaves(gradients, decayed)
  })
}

/**
 * g + λθ, on weights, not biases: the gradient of (λ/2) Σ W². PyTorch's optimisers decay biases and scales too.
 *
 * @source Goodfellow, Bengio, Courville (2016) §7.1.1
 */
export const addDecayedWeights = (lambda: number): GradientTransformation<Stateless> => decayedWeights('addDecayedWeights', lambda)
