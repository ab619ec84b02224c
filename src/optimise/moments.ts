/**
 * Moments: running averages of what gradients were, as trees of the parameters' type.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { abs, add, cast, div, equal, expand, less, mul, pow, select, sub } from '../ops/index.js'
import { leaves, mapTree, zipTrees } from '../params/index.js'
import type { Precision } from '../prim/index.js'
import type { Shape } from '../shape/index.js'
import { full } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'

/** A tree of this type, every number of it `value`. */
export const filledLike =
  (value: number) =>
  <P>(params: P): P =>
    mapTree(({ shape, precision }) => full(shape, value, precision))(params)
export const zerosLike = filledLike(0)

/**
 * Magnitudes below 1e-30 are zero. This is part of what the moments mean, so that every engine agrees: WebAssembly cannot
 * flush denormals, and a moment that decays into them makes every later step some twenty times slower.
 */
export const flush = <S extends Shape>(x: Tensor<S>): Tensor<S> => pipe(x, abs, less(1e-30), select(0, x)) as Tensor<S>

/** As `flush`, for squares: they are small where a gradient is not yet, so only what is nearly a denormal is zero. */
export const flushSquare = <S extends Shape>(x: Tensor<S>): Tensor<S> => pipe(x, less(1e-37), select(0, x)) as Tensor<S>

/** decay · average + (1 − decay) · x, tensor by tensor */
export const movingAverages =
  (decay: number, zeroed: (x: Tensor) => Tensor = flush) =>
  <P>(averages: P, xs: NoInfer<P>): P =>
    zipTrees((average: Tensor, x: Tensor) => zeroed(add(mul(1 - decay)(x))(mul(decay)(average))))(averages, xs)

/**
 * x / denominator, and 0 where the second moment is 0: a gradient whose square is lost moves nothing. Divided by ε alone, it could
 * move as far as it likes.
 */
export const scaledBy =
  (second: Tensor, denominator: Tensor) =>
  (x: Tensor): Tensor =>
    pipe(second, equal(0), select(0, div(denominator)(x)))

/** A scalar that depends on the step alone, once for each precision: a graph holds only those that are used. */
export const eachPrecision = (f: (precision: Precision) => Scalar): ((like: Tensor) => Scalar) => {
  const [single, double] = [f('float32'), f('float64')]
  return ({ precision }) => (precision === 'float64' ? double : single)
}

/** 1 − βᵗ, at a precision: what the weights of a moving average that began with zeros sum to after t steps. */
export const correction =
  (beta: number, step: Scalar) =>
  (precision: Precision): Scalar =>
    pipe(full([], beta, precision), pow(cast(precision)(step)), (power) => sub(power)(full([], 1, precision)))

/** float64 if any tensor of the tree has it: the precision of a number that speaks of the whole tree. */
export const widest = (tree: unknown): Precision => (leaves(tree).some(({ precision }) => precision === 'float64') ? 'float64' : 'float32')

/** The first tree where the condition holds, else the second: every tensor of it, without a branch on the host. */
export const choose =
  (condition: Scalar) =>
  <T>(yes: T, no: NoInfer<T>): T =>
    zipTrees((x: Tensor, y: Tensor) => {
      const everywhere =
        x.shape.length === 0 ? condition : expand({ axes: x.shape.map((_, i) => i - x.shape.length), sizes: x.shape })(condition)
      return pipe(everywhere as Tensor, select(x, y))
    })(yes, no)
