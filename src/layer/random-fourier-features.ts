/**
 * Random Fourier features: waves whose products approximate the radial basis kernel, at a cost that does not grow with the examples.
 *
 *     z(x) = √(2/D) cos(xΩ + b),  Ω ~ N(0, 2γ), b ~ U[0, 2π):   E z(x)·z(y) = exp(−γ‖x − y‖²)
 *
 * @source Rahimi and Recht (2007), Random features for large-scale kernel machines; scikit-learn, `RBFSampler`
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow } from '../error/index.js'
import { grow, type Network, type None, noParameters, outputOf } from '../network/index.js'
import { affine, cos, mul } from '../ops/index.js'
import { atPrecision } from '../params/precision.js'
import { foldIn, type Key, key as keyOf, normal, uniformIn } from '../random/index.js'
import { wantsKey } from '../random/key.js'
import { type Shape, type WantsVector, wantsSizes, wantsVector } from '../shape/index.js'
import { literalLater, type Numbers } from '../tensor/buffer.js'
import { toArray } from '../tensor/read.js'
import type { Matrix, Tensor, Vector } from '../tensor/tensor.js'
import { radialBasisDefaults, wantsGamma } from './radial-basis-features.js'

export interface RandomFourierOptions {
  /** γ = 1/(2σ²) of the kernel, above 0. */
  readonly gamma: number
  /** From which frequencies and phases are drawn, once: they are no parameters, and do not change with the key of `init`. */
  readonly key: Key
}
export const randomFourierDefaults: RandomFourierOptions = Object.freeze({ ...radialBasisDefaults, key: keyOf(0) })

/** Numbers of float32 that are drawn when they are first read. */
const later = (shape: Shape, draw: () => Tensor): Tensor => literalLater(shape, 'float32', () => toArray(draw()) as Numbers)

export type RandomFourierFeatures<D extends number> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsVector<'randomFourierFeatures', A>,
) => Network<readonly [...Ps, None], I, readonly [D]>

/**
 * So many waves of random frequency and phase.
 *
 * @shape  [N] → [count], numbers of at most √(2/count)
 * @error  does not compile on an image; `ShapeError` for a count below 1, `ValueError` for a γ not above 0
 * @example
 * pipe(input(2), randomFourierFeatures(256, { gamma: 0.5, key: key(7) }), dense(1))
 */
export const randomFourierFeatures = <D extends number>(
  count: D,
  options: Partial<RandomFourierOptions> = {},
): RandomFourierFeatures<D> => {
  const { gamma, key } = optionsOf('randomFourierFeatures', randomFourierDefaults, options)
  wantsGamma('randomFourierFeatures', gamma)
  orThrow(wantsSizes('randomFourierFeatures', [count], 1))
  const words = Array.from(toArray(wantsKey('randomFourierFeatures', key)))
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    orThrow(wantsVector('randomFourierFeatures', outputOf('randomFourierFeatures', before)))
    const inputs = before.output[0] ?? 0
    // Drawn when they are first used: a description of a few characters may ask for any number.
    const drawn = {
      frequencies: later([inputs, count], () => mul(Math.sqrt(2 * gamma))(normal([inputs, count])(foldIn(0)(key)))) as Matrix<
        number,
        number
      >,
      phases: later([count], () => uniformIn([count], 0, 2 * Math.PI)(foldIn(1)(key))) as Vector<number>,
    }
    return grow<None, readonly [D]>({
      description: { kind: 'randomFourierFeatures', count, gamma, key: words },
      output: [count],
      init: () => noParameters,
      apply: () => (x) => {
        const { frequencies, phases } = atPrecision(x.precision)(drawn)
        return pipe(x as Vector<number>, affine(frequencies, phases), cos, mul(Math.sqrt(2 / count)))
      },
    })(before)
  }
}
