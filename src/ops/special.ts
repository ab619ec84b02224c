/** Functions of mathematical physics, as composites: what distributions of counts are normalised by. */
import { pipe } from 'fp-ts/lib/function.js'
import type { Shape } from '../shape/index.js'
import { wantsTensor } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { add, div, log, mul, square } from './arithmetic.js'
import { less, select } from './comparison.js'
import { formula } from './formula.js'

/** Bernoulli's numbers B₂ₖ/(2k(2k − 1)): Stirling's series. From 8 on, the next term is below 10⁻¹⁵. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]
const enough = 8

/**
 * log Γ(x) for x > 0; log n! is log Γ(n + 1). By Stirling's series from 8 on, and by Γ(x) = Γ(x + 8)/(x(x + 1)…(x + 7)) before.
 *
 * @shape  [...S] → [...S]
 * @error  none: NaN for x < 0
 * @source Abramowitz and Stegun (1964) §6.1.41, §6.1.16; its error is a few units in the last place of 10 for x < 8, and of itself beyond
 * @example
 * logGamma(scalar(5, 'float64')) // log 24
 */
export const logGamma = <S extends Shape>(x: Tensor<S>): Tensor<S> => {
  wantsTensor('logGamma', x)
  const isSmall = less(enough)(x)
  const factors = Array.from({ length: enough }, (_, i) => add(i)(x) as Tensor)
  const product = (some: readonly Tensor[]): Tensor => some.reduce((a, b) => formula.mul(a, b))
  const [low, high] = [product(factors.slice(0, enough / 2)), product(factors.slice(enough / 2))]
  // Where it is not taken, a product may be infinite, and so may its slope: it is made harmless first.
  const logs = [low, high].map((p) => log(select(p, 1)(isSmall)))
  const y = select(add(enough)(x), x)(isSmall) as Tensor
  const inverse = formula.div(1, square(y))
  const series = stirling.reduceRight<Tensor>((sum, c) => add(c)(formula.mul(sum, inverse)), mul(0)(inverse))
  return pipe(
    formula.mul(add(-0.5)(y), log(y)),
    (leading) => formula.sub(leading, y),
    add(Math.log(2 * Math.PI) / 2),
    add(div(y)(series) as Tensor),
    (large) => logs.reduce((rest, more) => formula.sub(rest, more), large),
  ) as Tensor<S>
}
