/**
 * The laws of an initialiser: small random weights, of mean 0 and of the variance that it declares, no two units alike.
 *
 * The mean of n weights of deviation σ is off by some σ/√n, and their variance by no more than some σ²√(2/n), which is what
 * it is for normal weights; for flatter distributions it is less.
 */
import * as fc from 'fast-check'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import type { Initialiser } from '../../src/layer/index.js'
import { key } from '../../src/random/index.js'
import { type Shape, sameShape, show, sizeOf } from '../../src/shape/index.js'
import { toArray } from '../../src/tensor/index.js'
import { atMost } from '../at-most.js'
import { differs, identical } from '../compare.js'
import { type Law, law } from '../law.js'
import { averages, mean } from '../statistics.js'

export interface InitialiserLawOptions {
  /** The variance of a weight, from how many inputs a unit has and how many outputs an input reaches. */
  readonly variance: (fanIn: number, fanOut: number) => number
  /** The size that no weight exceeds, for distributions that have one. */
  readonly bound?: (fanIn: number, fanOut: number) => number
}

const seeds = fc.noShrink(fc.nat(2 ** 31))
const size = fc.integer({ min: 1, max: 5 })
const small: fc.Arbitrary<Shape> = fc.oneof(fc.tuple(size), fc.tuple(size, size), fc.tuple(size, size, size, size))
/** Matrices and kernels of some thousands of weights, wider than they are high or the reverse, so that fans differ. */
const large: fc.Arbitrary<Shape> = fc.constantFrom<Shape>(
  [96, 48],
  [40, 160],
  [1, 5000],
  [5000, 1],
  [3, 3, 16, 32],
  [5, 5, 24, 8],
  [2, 3, 40, 20],
)

/** A kernel [kh, kw, in, out] has kh · kw places, each with in inputs and out outputs; a matrix has one. */
const fans = (shape: Shape): readonly [fanIn: number, fanOut: number] => {
  const [inputs, outputs] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1]
  const places = sizeOf(shape) / (inputs * outputs)
  return [places * inputs, places * outputs]
}

/** The weights of every unit: the columns of a matrix, or of a kernel seen as one. */
const units = (weights: ArrayLike<number>, outputs: number): readonly (readonly number[])[] =>
  Array.from({ length: outputs }, (_, j) => Array.from({ length: weights.length / outputs }, (_row, i) => weights[i * outputs + j] ?? 0))
const rows = (weights: ArrayLike<number>, outputs: number): readonly (readonly number[])[] =>
  Array.from({ length: weights.length / outputs }, (_, i) => Array.from({ length: outputs }, (_column, j) => weights[i * outputs + j] ?? 0))
const allDiffer = (what: string, lines: readonly (readonly number[])[]): void => {
  const constant = lines.findIndex((line) => line.length > 1 && line.every((w) => w === line[0]))
  if (constant >= 0) differs(`${what} ${constant}`, 'weights that differ', `all of them ${lines[constant]?.[0]}`)
  const distinct = new Set(lines.map((line) => line.join())).size
  if ((lines[0]?.length ?? 0) > 1 && distinct !== lines.length) differs(`different ${what}s`, lines.length, distinct)
}

/**
 * Every law of an initialiser.
 *
 * @example
 * for (const law of initialiserLaws('he', he, { variance: (fanIn) => 2 / fanIn })) it(law.name, () => check(law))
 */
export const initialiserLaws = (name: string, initialiser: Initialiser, { variance, bound }: InitialiserLawOptions): readonly Law[] => {
  const weightsOf = (shape: Shape, seed: number): ArrayLike<number> & Iterable<number> => toArray(initialiser(shape)(key(seed)))
  const sampled = (
    law_: string,
    statement: string,
    says: (weights: Float64Array, fanIn: number, fanOut: number, shape: Shape) => void,
  ): Law =>
    atMost(10)(
      law({ name: `initialiser.${name}.${law_}`, statement }, fc.tuple(large, seeds), ([shape, seed]) =>
        says(Float64Array.from(weightsOf(shape, seed)), ...fans(shape), shape),
      ),
    )
  return [
    law(
      { name: `initialiser.${name}.shape`, statement: 'float32 of the shape wanted, all of them finite' },
      fc.tuple(small, seeds),
      ([shape, seed]) => {
        const w = initialiser(shape)(key(seed))
        if (!sameShape(w.shape, shape) || w.precision !== 'float32')
          differs('weights', `float32 ${show(shape)}`, `${w.precision} ${show(w.shape)}`)
        const odd = toArray(w).find((x) => !Number.isFinite(x))
        if (odd !== undefined) differs('a weight', 'a number', odd)
      },
    ),
    law(
      { name: `initialiser.${name}.key`, statement: 'the same key gives the same bits, compiled too; another gives others' },
      fc.tuple(small, seeds),
      ([shape, seed]) => {
        const w = initialiser(shape)(key(seed))
        identical('the same key', w, initialiser(shape)(key(seed)))
        identical('compiled', w, compile(reference)(initialiser(shape))(key(seed)))
        const [one, other] = [weightsOf([8], seed), weightsOf([8], seed + 1)]
        if (Array.from(one).every((x, i) => x === other[i])) differs('weights of another key', 'others', 'the same')
      },
    ),
    sampled('mean', 'E w = 0', (weights, fanIn, fanOut) =>
      averages('the mean', 0, mean(weights), Math.sqrt(variance(fanIn, fanOut)), weights.length),
    ),
    sampled('variance', 'E w² = the variance that is declared', (weights, fanIn, fanOut) => {
      const declared = variance(fanIn, fanOut)
      averages('the variance', declared, mean(weights.map((w) => w ** 2)), declared * Math.sqrt(2), weights.length)
    }),
    sampled('units', 'no two units alike, and no unit that weighs all of its inputs alike', (weights, _in, _out, shape) => {
      allDiffer('unit', units(weights, shape.at(-1) ?? 1))
      allDiffer('input', rows(weights, shape.at(-1) ?? 1))
    }),
    ...(bound === undefined
      ? []
      : [
          sampled('bound', '|w| ≤ the bound that is declared, which is nearly reached', (weights, fanIn, fanOut) => {
            const [most, declared] = [weights.reduce((largest, w) => Math.max(largest, Math.abs(w)), 0), bound(fanIn, fanOut)]
            // A float32 may be half a unit above its bound. Of n uniform weights none is in the last 20/n with probability e⁻²⁰.
            if (!(most <= declared * (1 + 2 ** -23) && most >= declared * (1 - 20 / weights.length)))
              differs('the largest weight', `${declared}, or a little less`, most)
          }),
        ]),
  ]
}
