/** What a layer does to numbers of any size, at the precision in which networks are trained. */
import * as fc from 'fast-check'
import { vjp } from '../../../src/graph/index.js'
import { leaves, mapTree } from '../../../src/params/index.js'
import { isFloat } from '../../../src/prim/index.js'
import type { Shape } from '../../../src/shape/index.js'
import { literalOf, rounded } from '../../../src/tensor/buffer.js'
import { ones, type Tensor, toArray } from '../../../src/tensor/index.js'
import { constantsIn, pointsIn } from '../../arbitrary/points.js'
import { differs, holds } from '../../compare.js'
import { everywhere } from '../../domain.js'
import { directionOf, perturbed } from '../../drawn.js'
import { type Law, law } from '../../law.js'
import { inFloat64, type Point, type Tried } from './tried.js'

const allFinite = (tree: unknown): boolean => leaves(tree).every((t) => toArray(t).every(Number.isFinite))

const largestOf = (x: Tensor): number => Float64Array.from(toArray(x)).reduce((most, v) => Math.max(most, Math.abs(v)), 0)
const apartBy = (a: Tensor, b: Tensor): number => {
  const others = toArray(b)
  return Float64Array.from(toArray(a)).reduce((most, v, i) => Math.max(most, v === others[i] ? 0 : Math.abs(v - (others[i] ?? 0)), 0), 0)
}

/** Half the distance between 1 and the next float32. */
const unit = 2 ** -24
/** Below it a float32 has fewer digits, and in the end none. */
const smallest = 2 ** -126
/** Arguments, each of whose numbers is rounded a few times. */
const roundedBy = <A>(at: A, seed: number): A => {
  const directions = leaves(directionOf(at, seed))
  const order = new Map(leaves(at).map((x, i) => [x, directions[i]]))
  return mapTree((x) => {
    const u = order.get(x)
    if (u === undefined || !isFloat(x.precision)) return x
    const shifts = toArray(u)
    return literalOf(
      x.shape,
      x.precision,
      rounded(
        x.precision,
        Float64Array.from(toArray(x), (v, i) => v * (1 + 8 * unit * (shifts[i] ?? 0))),
      ),
    )
  })(at)
}

const finite = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(tried: Tried<I, Ps, O>): Law => {
  const { net, domain, apply, initial, pointsAt, claims, given } = tried
  const sizes = fc.constantFrom(1, 1e2, 1e4 / 3)
  return law(
    {
      name: 'layer.finite',
      statement: 'for |xᵢ| ≤ 10⁴ in its domain, equal numbers and zeros among them, value and derivatives are finite, in float32',
      given: given.single,
      after: 'away',
    },
    pointsAt(() =>
      fc.oneof({ weight: 2, arbitrary: pointsIn(net.input, domain, 'float32', sizes) }, constantsIn(net.input, domain, 'float32')),
    ),
    ({ seed, away, x }) => {
      const at = [perturbed(away)(initial(seed)), x.value] as const
      if (claims.gives !== 'the precision of its input') return holds('a finite value', allFinite(apply(at)))
      const [y, back] = vjp(apply)(at)
      holds('a finite value', allFinite(y))
      holds('finite derivatives', allFinite(back(ones(y.shape, y.precision))))
    },
  )
}

/** Near an offset of a thousand a difference of large numbers loses what it is about. */
const offset = { ...everywhere, above: 1000 } as const

const accurate = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(tried: Tried<I, Ps, O>): Law => {
  const { net, domain, apply, initial, pointsAt, given } = tried
  const isEverywhere = domain.above === everywhere.above && domain.below === everywhere.below
  const inside = pointsIn(net.input, domain, 'float32', fc.constantFrom(1, 4))
  return law(
    {
      name: 'layer.accurate',
      statement: 'f in float32 is f in float64, but for what rounding its arguments a few times would do: far from 0, too',
      source: 'Higham (2002) §1.5: mixed forward-backward stability',
      tier: 'recommended',
      given: given.single,
      after: 'away',
    },
    pointsAt(() => (isEverywhere ? fc.oneof(inside, pointsIn(net.input, offset, 'float32', fc.constant(1))) : inside)),
    ({ seed, away, x }: Point<I>) => {
      const single = [perturbed(away)(initial(seed)), x.value] as const
      const wide = inFloat64(single)
      const [y, got] = [apply(wide), apply(single)]
      if (!allFinite(y)) return
      const spread = [1, 2, 3, 4].reduce((most, n) => Math.max(most, apartBy(y, apply(roundedBy(wide, n)))), 0)
      const allowed = 4 * spread + 16 * unit * largestOf(y) + smallest
      const error = apartBy(y, got)
      if (!(error <= allowed)) differs('what a number errs by in float32', `at most ${allowed}`, error)
    },
  )
}

/** The laws of a layer's numbers. */
export const numberLaws = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(tried: Tried<I, Ps, O>): readonly Law[] => [
  tried.paid(8)(finite(tried)),
  ...(tried.claims.gives === 'the precision of its input' ? [tried.paid(30)(accurate(tried))] : []),
]
