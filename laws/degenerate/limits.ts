/** Composites at the edges of the floats: their values, and their gradients, which are finite where the true ones are. */
import { bernoulliLikelihood } from '../../src/likelihood/index.js'
import {
  abs,
  erf,
  gelu,
  hardTanh,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  logSumExp,
  pow,
  relu,
  sigmoid,
  softmax,
  softplus,
  sumAll,
  tanh,
} from '../../src/ops/index.js'
import { type Tensor, zeros } from '../../src/tensor/index.js'

const inf = Number.POSITIVE_INFINITY

export interface Limit {
  readonly name: string
  readonly f: (x: Tensor) => Tensor
  readonly x: readonly number[]
  readonly value: readonly number[]
  /** The gradient of the sum of f, where it is defined. */
  readonly slope?: readonly number[]
}

export const limits: readonly Limit[] = [
  { name: 'softplus', f: softplus, x: [1e38, -1e38, inf, -inf, 0], value: [1e38, 0, inf, 0, Math.LN2], slope: [1, 0, 1, 0, 0.5] },
  { name: 'sigmoid', f: sigmoid, x: [1e38, -1e38, inf, -inf, 0], value: [1, 0, 1, 0, 0.5], slope: [0, 0, 0, 0, 0.25] },
  { name: 'logSigmoid', f: logSigmoid, x: [1e38, -1e38, inf, -inf], value: [0, -1e38, 0, -inf], slope: [0, 1, 0, 1] },
  { name: 'tanh', f: tanh, x: [1e38, -1e38, inf, -inf, 0], value: [1, -1, 1, -1, 0], slope: [0, 0, 0, 0, 1] },
  { name: 'erf', f: erf, x: [1e38, -1e38, inf, -inf, 0], value: [1, -1, 1, -1, 0], slope: [0, 0, 0, 0, 2 / Math.sqrt(Math.PI)] },
  { name: 'gelu', f: gelu, x: [1e38, -1e38, 0], value: [1e38, 0, 0], slope: [1, 0, 0.5] },
  { name: 'relu', f: relu, x: [inf, -inf, 0, -0, 1e38], value: [inf, 0, 0, 0, 1e38], slope: [1, 0, 0, 0, 1] },
  { name: 'leakyRelu', f: leakyRelu(0.5), x: [inf, -inf, 0, 1e38], value: [inf, -inf, 0, 1e38], slope: [1, 0.5, 0.5, 1] },
  { name: 'hardTanh', f: hardTanh, x: [inf, -inf, 0], value: [1, -1, 0], slope: [0, 0, 1] },
  { name: '|x|', f: abs, x: [inf, -inf, 0, -1e38], value: [inf, inf, 0, 1e38], slope: [1, -1, 0, -1] },
  { name: 'x²', f: pow(2), x: [0, -0, 3], value: [0, 0, 9], slope: [0, 0, 6] },
  { name: 'logSumExp with −∞', f: (x) => logSumExp(x) as Tensor, x: [-inf, 0, -inf], value: [0], slope: [0, 1, 0] },
  { name: 'logSumExp of −∞', f: (x) => logSumExp(x) as Tensor, x: [-inf, -inf], value: [-inf] },
  { name: 'logSumExp with ∞', f: (x) => logSumExp(x) as Tensor, x: [inf, 0, -inf], value: [inf] },
  { name: 'logSumExp of the largest', f: (x) => logSumExp(x) as Tensor, x: [1e38, -1e38], value: [1e38], slope: [1, 0] },
  { name: 'softmax with −∞', f: softmax, x: [-inf, 0, -inf], value: [0, 1, 0], slope: [0, 0, 0] },
  { name: 'softmax of the largest', f: softmax, x: [1e38, -1e38, 1e38], value: [0.5, 0, 0.5], slope: [0, 0, 0] },
  { name: 'logSoftmax of the largest', f: logSoftmax, x: [1e38, 1e38], value: [-Math.LN2, -Math.LN2], slope: [0, 0] },
  {
    name: '−log p of Bernoulli',
    f: (z) => bernoulliLikelihood(z.shape).negativeLogLikelihood(z, zeros(z.shape, z.precision)),
    x: [1e37, -1e38],
    value: [1e37],
    slope: [1, 0],
  },
  { name: 'sum with NaN', f: sumAll, x: [1, Number.NaN, 2], value: [Number.NaN], slope: [1, 1, 1] },
]
