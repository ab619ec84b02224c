/**
 * What a layer begins with. With initial parameters the size of a signal stays, from layer to layer: E y² ≈ E x², which is
 * Var y ≈ Var x where weights and inputs have mean 0. It says nothing about layers without parameters, whose users choose
 * weights to go with them. What is drawn depends on the key, and no two units begin alike: they would learn the same for ever.
 *
 * All of it is recommended: a head may begin at zero, and a layer with fixed frequencies has them under every key.
 *
 * @source He, Zhang, Ren, Sun (2015); Glorot and Bengio (2010); Goodfellow et al. (2016) §8.4
 */
import { isRight, tryCatch } from 'fp-ts/lib/Either.js'
import { batched } from '../../../src/graph/index.js'
import { meanAll, square } from '../../../src/ops/index.js'
import { type Leaf, leavesWithPaths } from '../../../src/params/index.js'
import { isFloat } from '../../../src/prim/index.js'
import { type Shape, sizeOf } from '../../../src/shape/index.js'
import { type Tensor, toArray, toNumber } from '../../../src/tensor/index.js'
import { differs, holds } from '../../compare.js'
import { everywhere } from '../../domain.js'
import { drawn } from '../../drawn.js'
import { fact, type Law } from '../../law.js'
import type { Tried } from './tried.js'

/**
 * Some 500 numbers of every unit, or as many of several units together: the estimate errs by about a tenth, far inside a factor
 * of 4. Of large layers fewer weights are drawn: each of their units sums over many.
 */
const [mostKeys, examples] = [64, 8]
const keysOf = (numbers: number, outputs: number): number =>
  Math.max(4, Math.min(mostKeys, Math.ceil(256 / outputs), Math.floor(50_000 / numbers)))

const parametersOf = (initial: (seed: number) => unknown): readonly Leaf[] => {
  const made = tryCatch(
    () => leavesWithPaths(initial(0)),
    () => undefined,
  )
  /** An initialiser that throws breaks other laws. */
  return isRight(made) ? made.right : []
}

const numbersOf = (x: Tensor): Float64Array => Float64Array.from(toArray(x))
const isConstant = (x: Tensor): boolean => numbersOf(x).every((w, _, all) => w === all[0])

const variance = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(
  { net, initial }: Tried<I, Ps, O>,
  numbers: number,
): Law =>
  fact(
    {
      name: 'layer.initVariance',
      statement: 'E y² is within a factor of 4 of E x² = 1, for initial parameters, or 0',
      source: 'He, Zhang, Ren, Sun (2015); Glorot and Bengio (2010)',
      tier: 'recommended',
    },
    () => {
      const squares = (seed: number): number => {
        const x = drawn([examples, ...net.input], seed, { size: Math.sqrt(3), precision: 'float32' })
        const params = initial(seed)
        const y = batched((h: Tensor<I>) => net(params)(h))(x)
        return toNumber(meanAll(square(y)))
      }
      const keys = keysOf(numbers, sizeOf(net.output))
      const mean = Array.from({ length: keys }, (_, seed) => squares(seed)).reduce((a, b) => a + b, 0) / keys
      holds(`E y² = ${mean}, between 1/4 and 4`, mean === 0 || (mean >= 0.25 && mean <= 4))
    },
  )

/** Not drawn: the same number everywhere, or zeros and ones alone, as the biases of gates are. */
const isChosen = (x: Tensor): boolean => isConstant(x) || numbersOf(x).every((w) => w === 0 || w === 1)

const keyed = <I extends Shape, Ps extends readonly unknown[], O extends Shape>({ initial }: Tried<I, Ps, O>): Law =>
  fact(
    {
      name: 'layer.keyed',
      statement: 'a parameter whose numbers differ, and are not 0 and 1 alone, has others under another key',
      source: 'Goodfellow et al. (2016) §8.4',
      tier: 'recommended',
    },
    () => {
      const [one, other] = [leavesWithPaths(initial(0)), leavesWithPaths(initial(1))]
      const same = one.find(({ tensor: x }, i) => {
        const numbers = numbersOf(other[i]?.tensor ?? x)
        return isFloat(x.precision) && !isChosen(x) && numbersOf(x).every((w, j) => w === numbers[j])
      })
      if (same !== undefined) differs(`params${same.path} under another key`, 'other numbers', 'the same')
    },
  )

/** Two columns of a matrix, or of a kernel, that are the same: not those that do nothing yet, by 0 or by 1. */
const alike = ({ tensor: x }: Leaf): boolean => {
  const [units, numbers] = [x.shape.at(-1) ?? 1, numbersOf(x)]
  if (!isFloat(x.precision) || x.shape.length < 2 || (isConstant(x) && (numbers[0] === 0 || numbers[0] === 1))) return false
  const columns = Array.from({ length: units }, (_, j) => numbers.filter((_w, i) => i % units === j)).filter((w) => w.some((v) => v !== 0))
  return new Set(columns.map((w) => w.join())).size < columns.length
}

const distinct = <I extends Shape, Ps extends readonly unknown[], O extends Shape>({ initial }: Tried<I, Ps, O>): Law =>
  fact(
    {
      name: 'layer.units',
      statement: 'no two units begin alike: they would learn the same for ever',
      source: 'Goodfellow et al. (2016) §8.4',
      tier: 'recommended',
    },
    () => {
      const same = leavesWithPaths(initial(0)).find(alike)
      if (same !== undefined) differs(`the units of params${same.path}`, 'weights that differ', same.tensor)
    },
  )

/** The laws of what a layer begins with, where it has parameters. */
export const signalLaws = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(tried: Tried<I, Ps, O>): readonly Law[] => {
  const parameters = parametersOf(tried.initial).filter(({ tensor: { precision } }) => isFloat(precision))
  if (parameters.length === 0) return []
  const numbers = parameters.reduce((sum, { tensor: x }) => sum + sizeOf(x.shape), 0)
  const judged =
    tried.claims.gives === 'the precision of its input' &&
    tried.domain.above === everywhere.above &&
    tried.domain.below === everywhere.below
  return [...(judged ? [variance(tried, numbers)] : []), keyed(tried), distinct(tried)]
}
