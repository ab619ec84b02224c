/**
 * Normal numbers, by Box and Muller:
 *
 *     z = √(−2 ln u₁) · cos(2π u₂)
 *
 * The logarithm and the cosine are polynomials here, of additions, multiplications and divisions alone, which every machine
 * rounds alike: `Math.log` and `Math.cos` may differ in their last bits from engine to engine, and so would the draws.
 *
 * @source Box and Muller (1958), A note on the generation of random normal deviates
 */
import { pipe } from 'fp-ts/lib/function.js'
import { add, cast, div, mul, neg, sqrt, square, sub } from '../ops/arithmetic.js'
import { inBlocks } from '../ops/blocks.js'
import { less, select, shiftRight } from '../ops/comparison.js'
import type { Precision } from '../prim/index.js'
import type { Shape } from '../shape/index.js'
import { full } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Key, split } from './key.js'
import { bits, unit } from './samplers.js'

/** c₀ + x(c₁ + x(c₂ + …)) */
const polynomial = (coefficients: readonly number[], x: Tensor): Tensor => {
  const last = full(x.shape, coefficients.at(-1) ?? 0, x.precision)
  return coefficients.slice(0, -1).reduceRight<Tensor>((sum, c) => pipe(sum, mul(x), add(c)), last)
}

/**
 * ln(k / 2²⁴) for whole k from 1 to 2²⁴: k = m · 2ᵉ with 1 ≤ m < 2, found by halving; then ln m = 2 artanh((m − 1)/(m + 1)),
 * whose series is cut where the rest is below 1e-8.
 */
const logOfPart = (k: Tensor, precision: Precision): Tensor => {
  const whole = cast(precision)(k) as Tensor
  const halved = [16, 8, 4, 2, 1].reduce<{ readonly rest: Tensor; readonly m: Tensor; readonly exponent: Tensor }>(
    ({ rest, m, exponent }, step) => {
      const small = less(2 ** step)(rest)
      return {
        rest: select(rest, shiftRight(step)(rest))(small),
        m: select(m, mul(2 ** -step)(m))(small),
        exponent: select(exponent, add(step)(exponent))(small),
      }
    },
    { rest: k, m: whole, exponent: full(k.shape, -24, precision) },
  )
  const s = pipe(halved.m, sub(1), div(add(1)(halved.m)))
  const series = polynomial([1, 1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13, 1 / 15], square(s))
  return pipe(series, mul(s), mul(2), add(mul(Math.LN2)(halved.exponent)))
}

/** cos(2πu) for u in [0, 1): −cos(2πt) with t = u − ½, by its series, whose rest is below 1e-7. */
const cosineOfTurn = (u: Tensor): Tensor => {
  const angle = pipe(u, sub(0.5), mul(2 * Math.PI)) as Tensor
  const factorials = Array.from({ length: 11 }, (_, n) =>
    Array.from({ length: 2 * n }, (_, i) => i + 1).reduce((product, i) => product * i, 1),
  )
  return neg(
    polynomial(
      factorials.map((f, n) => (n % 2 === 0 ? 1 : -1) / f),
      square(angle),
    ),
  )
}

/**
 * Numbers of mean 0 and variance 1, the same bits on every machine; none is larger than 5.8.
 *
 * @example
 * normal([2, 3])(key(1)) // Tensor<readonly [2, 3]>
 */
export const normal = <const S extends Shape>(shape: S, precision: Precision = 'float32'): ((k: Key) => Tensor<S>) => {
  const draw = bits(shape)
  const polar = inBlocks((forRadius: Tensor, forAngle: Tensor) => {
    const part = pipe(forRadius, shiftRight(8), add(1)) as Tensor
    const radius = pipe(logOfPart(part, precision), mul(-2), sqrt)
    return mul(cosineOfTurn(unit(precision)(forAngle)))(radius)
  })
  return (k) => {
    const [forRadius, forAngle] = split(k)
    return polar(draw(forRadius), draw(forAngle)) as Tensor<S>
  }
}
