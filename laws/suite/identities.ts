/** Identities of the chapter. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { grad, vjp } from '../../src/graph/index.js'
import { bernoulliLikelihood, categoricalLikelihood, gaussianLikelihood } from '../../src/likelihood/index.js'
import { abs, add, logSumExp, maximum, mul, neg, relu, sigmoid, softmax, softplus, square, sub, sumAll, tanh } from '../../src/ops/index.js'
import { full, ones, type Tensor, toArray, toNumber, vector } from '../../src/tensor/index.js'
import { moderate, tensorOf } from '../arbitrary/tensors.js'
import { near, nearTensors } from '../compare.js'
import { type Law, law } from '../law.js'

const numbers = fc.integer({ min: 1, max: 6 }).chain((n) => tensorOf([n], moderate(), 'float64'))
const wide = fc.integer({ min: 1, max: 6 }).chain((n) => tensorOf([n], fc.double({ min: -1e4, max: 1e4, noNaN: true }), 'float64'))
const single = moderate()
const book = (section: string): string => `Goodfellow et al. (2016) ${section}`
const slope = (f: (x: Tensor) => Tensor, x: Tensor): Tensor => vjp(f)(x)[1](ones(x.shape, 'float64'))
const targets = fc.constantFrom(0, 1)
const of = (...xs: readonly number[]): Tensor => vector(xs, 'float64')
const bound = 1e-12

export const identityLaws = (): readonly Law[] => [
  law({ name: 'identity.tanh', statement: 'tanh z = 2σ(2z) − 1', source: book('§6.3.2') }, numbers, (z) =>
    nearTensors('tanh z', pipe(z, mul(2), sigmoid, mul(2), sub(1)), tanh(z), bound),
  ),
  law({ name: 'identity.sigmoid', statement: 'σ(z) = softmax([z, 0])₁', source: book('§6.2.2.2') }, single, (z) =>
    near('σ(z)', toArray(softmax(of(z, 0)))[0] ?? Number.NaN, toNumber(sigmoid(of(z))), bound),
  ),
  law(
    { name: 'identity.softmax.shift', statement: 'softmax(z + c) = softmax(z)', source: book('§6.2.2.3') },
    fc.tuple(numbers, single),
    ([z, c]) => nearTensors('softmax', softmax(z), softmax(add(100 * c)(z)), 1e-10),
  ),
  law(
    { name: 'identity.softmax.sum', statement: 'softmax(z) is in [0, 1] and sums to 1, for |z| ≤ 1e4', source: book('§6.2.2.3') },
    wide,
    (z) => {
      const p = Array.from(toArray(softmax(z)))
      near(
        'sum',
        1,
        p.reduce((sum, x) => sum + x, 0),
        1e-12,
      )
      if (!p.every((x) => x >= 0 && x <= 1 + 1e-15)) throw new Error(`outside [0, 1]: ${p.join()}`)
    },
  ),
  law({ name: 'identity.softmax.monotone', statement: 'zᵢ < zⱼ ⇒ softmax(z)ᵢ ≤ softmax(z)ⱼ', source: book('§6.2.2.3') }, wide, (z) => {
    const [xs, p] = [Array.from(toArray(z)), Array.from(toArray(softmax(z)))]
    if (!xs.every((x, i) => xs.every((y, j) => x >= y || (p[i] ?? 2) <= (p[j] ?? -1)))) throw new Error('the order is not kept')
  }),
  law(
    { name: 'identity.logSumExp', statement: 'logSumExp(x + c) = logSumExp(x) + c, no NaN for |x| ≤ 1e4', source: book('§4.1') },
    fc.tuple(wide, single),
    ([x, c]) => near('logSumExp', toNumber(logSumExp(x) as Tensor) + 100 * c, toNumber(logSumExp(add(100 * c)(x)) as Tensor), 1e-12),
  ),
  law(
    { name: 'identity.softplus', statement: 'softplus′ = σ, at 0 as everywhere', source: book('§3.10') },
    fc.oneof(numbers, fc.constant(of(0))),
    (z) => nearTensors('softplus′', sigmoid(z), slope(softplus, z), bound),
  ),
  law({ name: 'identity.abs', statement: '|z| = relu(z) + relu(−z)', source: book('§6.3.1') }, numbers, (z) =>
    nearTensors('|z|', pipe(relu(z), add(relu(neg(z)))), abs(z), 0),
  ),
  law({ name: 'identity.maxout', statement: 'maxout of z and 0 is relu, of z and −z is |z|', source: book('§6.3.1') }, numbers, (z) => {
    nearTensors('max(z, 0)', relu(z), maximum(full(z.shape, 0, 'float64'))(z), 0)
    nearTensors('max(z, −z)', abs(z), maximum(neg(z))(z), 0)
  }),
  law({ name: 'identity.bernoulli', statement: '∂(−log p)/∂z = σ(z) − y', source: book('§6.2.2.2') }, fc.tuple(single, targets), ([z, y]) =>
    nearTensors(
      'gradient',
      sub(y)(sigmoid(of(z))),
      grad((x: Tensor) => bernoulliLikelihood(x.shape).negativeLogLikelihood(x, of(y)))(of(z)),
      bound,
    ),
  ),
  law(
    { name: 'identity.categorical', statement: '∂(−log p)/∂z = softmax(z) − y', source: book('§6.2.2.3') },
    fc.tuple(numbers, fc.nat()),
    ([z, which]) => {
      const size = z.shape[0] ?? 1
      const y = of(...Array.from({ length: size }, (_, i) => (i === which % size ? 1 : 0)))
      nearTensors('gradient', sub(y)(softmax(z)), grad((x: Tensor) => categoricalLikelihood(x.shape).negativeLogLikelihood(x, y))(z), bound)
    },
  ),
  law(
    { name: 'identity.gaussian', statement: '−log N(y; z, I) = ½‖y − z‖² + (d/2) log 2π', source: book('§6.2.1.1') },
    numbers.chain((z) => fc.tuple(fc.constant(z), tensorOf(z.shape, single, 'float64'))),
    ([z, y]) =>
      near(
        'nats',
        toNumber(sumAll(square(sub(z)(y)))) / 2 + ((z.shape[0] ?? 0) / 2) * Math.log(2 * Math.PI),
        toNumber(gaussianLikelihood(z.shape).negativeLogLikelihood(z, y)),
        bound,
      ),
  ),
  law({ name: 'identity.score', statement: 'Σ_y p(y|z) ∂(−log p(y|z))/∂z = 0', source: 'the score has mean zero' }, numbers, (z) => {
    const size = z.shape[0] ?? 1
    const p = toArray(softmax(z))
    const scores = Array.from({ length: size }, (_, k) => {
      const y = of(...Array.from({ length: size }, (_v, i) => (i === k ? 1 : 0)))
      return mul(p[k] ?? 0)(grad((x: Tensor) => categoricalLikelihood(x.shape).negativeLogLikelihood(x, y))(z))
    })
    nearTensors(
      'mean score',
      full(z.shape, 0, 'float64'),
      scores.reduce((sum, s) => add(s)(sum)),
      bound,
    )
  }),
]
