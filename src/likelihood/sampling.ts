/**
 * Draws of counts and of gamma numbers, by rejection: a fixed number of tries, of which the first that is accepted counts. Of so many
 * all are refused with a probability below 10⁻¹⁶; then the mean is given.
 */
import { scan } from '../graph/index.js'
import {
  abs,
  add,
  and,
  cast,
  exp,
  floor,
  formula,
  greater,
  greaterEqual,
  less,
  log,
  logGamma,
  maximum,
  minimum,
  mul,
  neg,
  not,
  or,
  pow,
  select,
  sqrt,
  sub,
} from '../ops/index.js'
import { foldIn, type Key, normal, uniform } from '../random/index.js'
import { range, zeros } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'

const tries = 32

/** What a try gives, and where it is accepted. */
interface Try {
  readonly value: Tensor
  readonly isAccepted: Tensor
}

/** The first accepted of the tries of a key, place by place. */
const firstAccepted = (key: Key, otherwise: Tensor, trial: (key: Key) => Try): Tensor => {
  const start = { value: otherwise, isDone: less(0)(mul(0)(otherwise)) as Tensor }
  const [{ value }] = scan((carry: typeof start, i: Scalar) => {
    const { value: tried, isAccepted } = trial(foldIn(i)(key))
    const isNew = and(not(carry.isDone))(isAccepted)
    return [{ value: select(tried, carry.value)(isNew), isDone: or(isNew)(carry.isDone) }, []] as const
  })(start, range(tries, 'uint32') as never)
  return value
}

/** Uniform numbers in (0, 1): half a step from 0, where a logarithm is not finite. */
const within = (like: Tensor, key: Key): Tensor => add(2 ** -25)(uniform(like.shape, like.precision)(key))

/**
 * Gamma numbers of this shape parameter α > 0, and scale 1.
 *
 * @source Marsaglia and Tsang (2000), A simple method for generating gamma variables
 */
export const gammaNumbers = (alpha: Tensor, key: Key): Tensor => {
  const isSmall = less(1)(alpha)
  const larger = select(add(1)(alpha), alpha)(isSmall) as Tensor
  const d = sub(1 / 3)(larger)
  const c = formula.div(1, sqrt(mul(9)(d)))
  const drawn = firstAccepted(foldIn(0)(key), larger, (k) => {
    const x = normal(alpha.shape, alpha.precision)(foldIn(0)(k)) as Tensor
    const root = add(1)(formula.mul(c, x))
    const isPositive = greater(0)(root)
    const v = pow(3)(select(root, 1)(isPositive)) as Tensor
    const rest = formula.add(formula.sub(mul(0.5)(formula.mul(x, x)), formula.mul(d, v)), formula.mul(d, add(1)(log(v))))
    const isUnder = formula.less(log(within(alpha, foldIn(1)(k))), rest)
    return { value: formula.mul(d, v), isAccepted: and(isUnder)(isPositive) }
  })
  const lifted = exp(formula.div(log(within(alpha, foldIn(1)(key))), select(alpha, 1)(isSmall) as Tensor))
  return select(formula.mul(drawn, lifted), drawn)(isSmall) as Tensor
}

/** From this rate on by rejection, before by going along the distribution, which then ends below 64 but for one in 10²⁸. */
const many = 10
const farthest = 64

/** How many of P(y ≤ 0), P(y ≤ 1), … a uniform number is not below. */
const fewCounts = (rate: Tensor, key: Key): Tensor => {
  const u = uniform(rate.shape, rate.precision)(key) as Tensor
  const nothing = zeros(rate.shape, rate.precision) as Tensor
  const start = { p: exp(neg(rate)), sum: nothing, count: nothing }
  const [{ count }] = scan((carry: typeof start, k: Scalar) => {
    const sum = formula.add(carry.sum, carry.p)
    const isBelow = cast(rate.precision)(formula.lessEqual(sum, u))
    return [{ p: formula.mul(carry.p, formula.div(rate, add(1)(k))), sum, count: formula.add(carry.count, isBelow) }, []] as const
  })(start, range(farthest, rate.precision) as never)
  return count
}

/** By a transformed uniform number, rejected beside the density. */
const manyCounts = (rate: Tensor, key: Key): Tensor => {
  const root = sqrt(rate)
  const b = add(0.931)(mul(2.53)(root)) as Tensor
  const a = add(-0.059)(mul(0.02483)(b)) as Tensor
  const inverseAlpha = add(1.1239)(formula.div(1.1328, sub(3.4)(b))) as Tensor
  const immediate = formula.sub(0.9277, formula.div(3.6224, sub(2)(b)))
  return firstAccepted(key, floor(rate), (k) => {
    const u = sub(0.5)(within(rate, foldIn(0)(k))) as Tensor
    const v = within(rate, foldIn(1)(k))
    const us = formula.sub(0.5 + 2 ** -24, abs(u))
    const value = floor(add(0.43)(formula.add(formula.mul(add(b)(formula.div(mul(2)(a), us)) as Tensor, u), rate)) as Tensor)
    const isInside = and(greaterEqual(0.07)(us))(formula.lessEqual(v, immediate))
    const isPossible = and(greaterEqual(0)(value))(or(greaterEqual(0.013)(us))(formula.lessEqual(v, us)))
    const count = maximum(0)(value) as Tensor
    const density = formula.sub(formula.sub(formula.mul(count, log(rate)), rate), logGamma(add(1)(count) as Tensor))
    const height = formula.sub(formula.add(log(v), log(inverseAlpha)), log(formula.add(formula.div(a, formula.mul(us, us)), b)))
    return { value: count, isAccepted: or(isInside)(and(isPossible)(formula.lessEqual(height, density))) }
  })
}

/**
 * Counts of these rates.
 *
 * @source Hörmann (1993), The transformed rejection method for generating Poisson random variables (PTRS)
 */
export const poissonNumbers = (rate: Tensor, key: Key): Tensor => {
  const isMany = greaterEqual(many)(rate)
  const [small, large] = [minimum(many)(rate) as Tensor, maximum(many)(rate) as Tensor]
  return select(manyCounts(large, foldIn(0)(key)), fewCounts(small, foldIn(1)(key)))(isMany) as Tensor
}
