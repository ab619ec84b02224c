/**
 * Polynomial features: every product of powers of the inputs, up to a degree. What is linear in them is a polynomial in x.
 *
 *     φ(x) = (x^α : |α| ≤ d),   (a, b) ↦ (1, a, b, a², ab, b²) for d = 2
 *
 * The terms stand in scikit-learn's order: by degree, and of one degree as words over the inputs. There are C(N + d, d) of them,
 * too many for a degree that is not small: a network learns its features instead.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.1; scikit-learn, `PolynomialFeatures`
 */
import type { Add, Divide, Multiply } from 'ts-arithmetic'
import { optionsOf, orThrow, SystemError, ValueError, wantsBoolean } from '../error/index.js'
import { grow, type Network, type None, noParameters, outputOf } from '../network/index.js'
import { concat, mul, takeRows } from '../ops/index.js'
import { type Dim, fixed, type Less, type Num, type Shape, type WantsVector, wantsSizes, wantsVector } from '../shape/index.js'
import { ones, vector } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'

/** C(N + D, D) = Π (N + i) / i, whole after every factor; of a degree above 16 not counted by the compiler. */
type Terms<N extends number, D extends number, Done extends readonly unknown[] = readonly [], Count extends number = 1> = number extends
  | N
  | D
  ? number
  : Done['length'] extends D
    ? Count
    : Done['length'] extends 16
      ? number
      : Terms<N, D, readonly [...Done, 0], Next<N, Count, Num<Add<Done['length'], 1>>>>
/** Count · (N + I) / I */
type Next<N extends number, Count extends number, I extends number> = Num<Divide<Num<Multiply<Count, Num<Add<N, I>>>>, I>>

/** How many features there are. */
type Features<N extends number, D extends number, Bias extends boolean> =
  N extends Dim<string> ? number : Bias extends true ? Terms<N, D> : Less<Terms<N, D>, 1>

export interface PolynomialOptions<Bias extends boolean> {
  /** Whether 1 is a feature, too: a dense layer behind them has a bias of its own. */
  readonly bias: Bias
}
export const polynomialDefaults: PolynomialOptions<true> = fixed({ bias: true })

export type PolynomialFeatures<D extends number, Bias extends boolean> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsVector<'polynomialFeatures', A>,
) => Network<readonly [...Ps, None], I, readonly [Features<A[0], D, Bias>]>

/** More terms, and higher degrees, than anybody fits. */
const [mostTerms, highest] = [2 ** 20, 64]
const termsOf = (inputs: number, degree: number): number =>
  Array.from({ length: degree }, (_, i) => i + 1).reduce((count, i) => (count * (inputs + i)) / i, 1)

/** The factors of every term, as many as the degree: 0 stands for 1, and i for xᵢ. In the order of words, low degrees come first. */
const factorsOf = (inputs: number, degree: number): readonly (readonly number[])[] =>
  Array.from({ length: degree }).reduce<readonly (readonly number[])[]>(
    (words) =>
      words.flatMap((word) => {
        const least = word.at(-1) ?? 0
        return Array.from({ length: inputs + 1 - least }, (_, i) => [...word, least + i])
      }),
    [[]],
  )

/**
 * All terms up to a degree.
 *
 * @shape  [N] → [C(N + degree, degree)], one less without the bias
 * @error  does not compile on an image; `ShapeError` for a degree below 1, `SystemError` for more terms than fit
 * @example
 * pipe(input(2), polynomialFeatures(2), dense(1)) // of 1, a, b, a², ab, b²
 */
export const polynomialFeatures = <const D extends number, const Bias extends boolean = true>(
  degree: D,
  options: Partial<PolynomialOptions<Bias>> = {},
): PolynomialFeatures<D, Bias> => {
  const { bias } = optionsOf('polynomialFeatures', polynomialDefaults as PolynomialOptions<boolean>, options)
  wantsBoolean('polynomialFeatures', 'bias', bias)
  orThrow(wantsSizes('polynomialFeatures', [degree], 1))
  if (degree > highest)
    throw new ValueError({ who: 'polynomialFeatures', expected: `a degree of at most ${highest}`, received: String(degree) })
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    orThrow(wantsVector('polynomialFeatures', outputOf('polynomialFeatures', before)))
    const inputs = before.output[0] ?? 0
    if (!(termsOf(inputs, degree) <= mostTerms))
      throw new SystemError({
        who: 'polynomialFeatures',
        expected: `at most ${mostTerms} terms`,
        received: String(termsOf(inputs, degree)),
      })
    const words = factorsOf(inputs, degree).slice(bias ? 0 : 1)
    const factors = Array.from({ length: degree }, (_, k) =>
      vector(
        words.map((word) => word[k] ?? 0),
        'int32',
      ),
    )
    return grow<None, readonly [Features<A[0], D, Bias>]>({
      description: { kind: 'polynomialFeatures', degree, bias },
      output: [words.length as never],
      init: () => noParameters,
      apply: () => (x) => {
        const all = concat({ axis: -1 })([ones([1], x.precision) as Tensor, x]) as Tensor<readonly [number]>
        return factors.map((at): Tensor => takeRows(at)(all)).reduce((term, factor) => mul(factor)(term))
      },
    })(before)
  }
}
