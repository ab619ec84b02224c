/**
 * Numbers made from a whole number by name: where an example has thousands of them, it is the seed that is tried, shrunk and
 * printed, and `drawn([784], 17)` is the tensor again. The host draws them, so that nothing that a law is about takes part.
 *
 *     uᵢ = 2⁻³¹·(hash(seed, i) + ½) − 1,   in (−1, 1), never a multiple of 2⁻³¹
 *
 * @source Appleby (2008), MurmurHash3: its finaliser
 */
import { leavesWithPaths, mapTree } from '../src/params/index.js'
import { isFloat } from '../src/prim/index.js'
import { fixed, type Shape, sizeOf } from '../src/shape/index.js'
import { literalOf, rounded } from '../src/tensor/buffer.js'
import { type Precision, type Tensor, toArray } from '../src/tensor/index.js'
import { type Domain, everywhere, placed } from './domain.js'

const scrambled = (word: number): number => {
  const once = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return (twice ^ (twice >>> 16)) >>> 0
}

/** So many numbers of (−1, 1). */
const units = (size: number, seed: number): Float64Array => {
  const start = scrambled(seed + 0x9e3779b9)
  return new Float64Array(size).map((_, i) => (scrambled(start ^ scrambled(i + 1)) + 0.5) / 2 ** 31 - 1)
}

export interface DrawnOptions extends Domain {
  /** How large numbers are: they lie in (−size, size), before the domain is looked at. */
  readonly size: number
  readonly precision: Precision
}
export const drawnDefaults = fixed({ ...everywhere, size: 3, precision: 'float64' } as const satisfies DrawnOptions)

/**
 * A tensor of numbers that depend on the seed alone.
 *
 * @example
 * drawn([784], 17)
 * drawn([784], 17, { above: 0, size: 100 })
 */
export const drawn = <const S extends Shape>(shape: S, seed: number, options: Partial<DrawnOptions> = {}): Tensor<S> => {
  const { size, precision, ...domain } = { ...drawnDefaults, ...options }
  const at = placed(domain)
  return literalOf(
    shape,
    precision,
    rounded(
      precision,
      units(sizeOf(shape), seed).map((u) => at(size * u)),
    ),
  )
}

/** A tree like this one, of numbers of (−1, 1); integers and conditions stay as they are, since nothing moves along them. */
export const directionOf = <T>(tree: T, seed: number): T => {
  const seeds = new Map(leavesWithPaths(tree).map(({ path }, i) => [path, scrambled(seed) + i]))
  return mapTree((x, path) => (isFloat(x.precision) ? drawn(x.shape, seeds.get(path) ?? seed, { size: 1, precision: x.precision }) : x))(
    tree,
  )
}

/** How far parameters are moved: their share of themselves, or of a unit's fan-in where they are 0. */
const away = 1 / 4

/**
 * Parameters away from where they begin: what is 0 at the start hides whatever it multiplies. Numbers keep their signs, and
 * zeros get some; 0 leaves them where they are.
 *
 * @example
 * perturbed(3)(inFloat64(net.init(key(0))))
 */
export const perturbed =
  (seed: number) =>
  <T>(params: T): T => {
    if (seed === 0) return params
    const directions = new Map(leavesWithPaths(directionOf(params, seed)).map(({ path, tensor }) => [path, toArray(tensor)]))
    return mapTree((x, path) => {
      if (!isFloat(x.precision)) return x
      const [u, fan] = [directions.get(path) ?? [], Math.sqrt(x.shape.at(-2) ?? 1)]
      const moved = Float64Array.from(toArray(x), (w, i) => (w === 0 ? (2 * away * (u[i] ?? 0)) / fan : w * (1 + away * (u[i] ?? 0))))
      return literalOf(x.shape, x.precision, rounded(x.precision, moved))
    })(params)
  }
