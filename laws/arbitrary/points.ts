/**
 * Points at which a function of tensors is tried, and directions in which it is moved: number by number where they are few, so
 * that a counterexample can be made simpler; as a seed where they are many, so that it can be made and printed at all.
 */
import * as fc from 'fast-check'
import { leaves, leavesWithPaths, mapTree } from '../../src/params/index.js'
import { isFloat } from '../../src/prim/index.js'
import { type Shape, show, sizeOf } from '../../src/shape/index.js'
import { literalOf, rounded } from '../../src/tensor/buffer.js'
import { full, type Precision, type Tensor } from '../../src/tensor/index.js'
import { type Domain, everywhere, placed } from '../domain.js'
import { directionOf, drawn, drawnDefaults } from '../drawn.js'
import { code, Recipe } from '../print.js'

/** So many numbers are still looked at one by one. */
const few = 32

/** Numbers of (−3, 3) that lie on no grid of halves or tenths of any power: ±0.00137, ±0.00437, … */
const thousandths = fc.integer({ min: -1000, max: 999 }).map((k) => (3 * k + 1.37) / 1000)
/** No two alike, so that a maximum has one place: what is added is less than what two thousandths differ by. */
const apart = (numbers: readonly number[]): readonly number[] => numbers.map((x, i) => Number((x + i * 2.5e-5).toFixed(6)))

/** How large inputs are: most of them moderate, some where a slope of moderate ones says nothing. */
const sizes = fc.constantFrom(1, 1, 1, 1, 1 / 16, 4, 64)

/** A seed, whose smallest is no simpler. */
const seeds = fc.nat(2 ** 16)

const optionsCode = (options: Readonly<Record<string, unknown>>): string => (Object.keys(options).length === 0 ? '' : `, ${code(options)}`)
/** What is not as it is by default. */
const told = (size: number, { above, below }: Domain, precision: Precision): Readonly<Record<string, unknown>> => ({
  ...(above === everywhere.above ? {} : { above }),
  ...(below === everywhere.below ? {} : { below }),
  ...(size === drawnDefaults.size ? {} : { size }),
  ...(precision === drawnDefaults.precision ? {} : { precision }),
})

const recipeOf = <S extends Shape>(x: Tensor<S>): Recipe<Tensor<S>> => new Recipe(x, code(x))
const drawnBy = <S extends Shape>(shape: S, seed: number, size: number, domain: Domain, precision: Precision): Recipe<Tensor<S>> =>
  new Recipe(
    drawn(shape, seed, { ...domain, size, precision }),
    `drawn(${show(shape)}, ${seed}${optionsCode(told(size, domain, precision))})`,
  )

/** Points of a domain, of several sizes. */
export const pointsIn = <S extends Shape>(
  shape: S,
  domain: Domain,
  precision: Precision = 'float64',
  of: fc.Arbitrary<number> = sizes,
): fc.Arbitrary<Recipe<Tensor<S>>> => {
  const size = sizeOf(shape)
  if (size > few) return fc.tuple(seeds, of).map(([seed, scale]) => drawnBy(shape, seed, 3 * scale, domain, precision))
  const at = placed(domain)
  return fc.tuple(fc.array(thousandths, { minLength: size, maxLength: size }), of).map(([numbers, scale]) =>
    recipeOf(
      literalOf(
        shape,
        precision,
        rounded(
          precision,
          apart(numbers).map((x) => at(scale * x)),
        ),
      ),
    ),
  )
}

/** Points all of whose numbers are the same: there is no variance, and no norm at 0. */
export const constantsIn = <S extends Shape>(shape: S, domain: Domain, precision: Precision): fc.Arbitrary<Recipe<Tensor<S>>> =>
  fc.constantFrom(0, 1, -2.5, 1e-3, 1e4).map((x) => recipeOf(full(shape, placed(domain)(x), precision)))

/** A cotangent, or a direction of one tensor. */
export const cotangents = <S extends Shape>(shape: S): fc.Arbitrary<Recipe<Tensor<S>>> =>
  pointsIn(shape, everywhere, 'float64', fc.constant(1))

/** Where a function is tried: its arguments, and from them a direction of all of them at once. */
export type Direction<A> = Recipe<(at: A) => A>

/** Directions of a tree like this one, whose name in code is given: `[params, x]`. */
export const directionsLike = <A>(tree: A, name: string): fc.Arbitrary<Direction<A>> => {
  const floats = leaves(tree).filter((x) => isFloat(x.precision))
  const size = floats.reduce((sum, x) => sum + sizeOf(x.shape), 0)
  if (size > few) return seeds.map((seed) => new Recipe((at: A) => directionOf(at, seed), `directionOf(${name}, ${seed})`))
  return fc.tuple(...floats.map((x) => cotangents(x.shape))).map((recipes) => {
    const paths = leavesWithPaths(tree).filter(({ tensor }) => isFloat(tensor.precision))
    const moves = new Map(paths.map(({ path }, i) => [path, recipes[i]?.value]))
    const v = mapTree((x, path) => moves.get(path) ?? x)(tree)
    return new Recipe(() => v, code(v))
  })
}
