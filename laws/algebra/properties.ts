/**
 * The properties that an op may be declared to have, each the law it stands for. Where a law says that two tensors are equal
 * they are, bit for bit: a NaN is a NaN, and −0 is not 0.
 */
import type * as fc from 'fast-check'
import type { Algebra } from '../../src/ops/index.js'
import type { Prim } from '../../src/prim/index.js'
import { type Tensor, tensor, toArray } from '../../src/tensor/index.js'
import { identical, within } from '../compare.js'
import { type Law, law } from '../law.js'
import { type Domain, type Three, three } from './domain.js'
import type { Evaluation, Float } from './evaluation.js'

/** A property, of an op to be named, as a law of how it is computed. */
export type Property = (prim: Prim, by: Evaluation) => Law

type Sides = (by: Evaluation, prim: Prim) => (xs: Three) => readonly [expected: Tensor, got: Tensor]

/** Two sides, equal bit for bit on a domain. */
export const equation =
  (name: string, statement: string, domain: Domain, sides: Sides): Property =>
  (prim, by) =>
    law({ name: `algebra.${prim}.${name}.${domain.name}`, statement }, three(domain, by.float), (xs) =>
      identical(prim, ...sides(by, prim)(xs)),
    )

/** Two sides, apart by no more than `ulps · ε · condition`. */
export const nearly =
  (
    name: string,
    statement: string,
    domain: Domain,
    sides: Sides,
    condition: (x: number, y: number, z: number) => number,
    source = 'Higham (2002) §1.6: forward error = backward error × condition',
  ): Property =>
  (prim, by) =>
    law({ name: `algebra.${prim}.${name}.${domain.name}`, statement, source }, three(domain, by.float), (xs) => {
      const [x, y, z] = xs.map((each) => toArray(each))
      const at = (i: number): number => condition(x?.[i] ?? 0, y?.[i] ?? 0, z?.[i] ?? 0)
      within(prim, ...sides(by, prim)(xs), (i) => by.ulps * by.epsilon * at(i))
    })

export const commutative = (domain: Domain): Property =>
  equation('commutative', 'f(x, y) = f(y, x)', domain, ({ run }, f) => ([x, y]) => [run(f, [x, y]), run(f, [y, x])])
export const associative = (domain: Domain): Property =>
  equation('associative', 'f(f(x, y), z) = f(x, f(y, z))', domain, ({ run }, f) => ([x, y, z]) => [
    run(f, [run(f, [x, y]), z]),
    run(f, [x, run(f, [y, z])]),
  ])
const constantLike = (value: number, x: Tensor): Tensor =>
  tensor(
    x.shape,
    Array.from(toArray(x), () => value),
    x.precision,
  )
/** The element is given as numbers of a tensor, not as a uniform one, so that no short cut answers for the op. */
export const rightIdentity = (element: number, domain: Domain): Property =>
  equation('right-identity', `f(x, ${element}) = x`, domain, ({ run }, f) => ([x]) => [x, run(f, [x, constantLike(element, x)])])
export const leftIdentity = (element: number, domain: Domain): Property =>
  equation('left-identity', `f(${element}, x) = x`, domain, ({ run }, f) => ([x]) => [x, run(f, [constantLike(element, x), x])])
export const identity = (element: number, domain: Domain): readonly Property[] => [
  leftIdentity(element, domain),
  rightIdentity(element, domain),
]
export const annihilator = (element: number, domain: Domain): Property =>
  equation('annihilator', `f(x, ${element}) = ${element}`, domain, ({ run }, f) => ([x]) => [
    constantLike(element, x),
    run(f, [x, constantLike(element, x)]),
  ])
/** f(x, x) = x */
export const idempotent = (domain: Domain): Property =>
  equation('idempotent', 'f(x, x) = x', domain, ({ run }, f) => ([x]) => [x, run(f, [x, x])])
/** f(f(x)) = f(x) */
export const projection = (domain: Domain): Property =>
  equation('idempotent', 'f(f(x)) = f(x)', domain, ({ run }, f) => ([x]) => [run(f, [x]), run(f, [run(f, [x])])])
export const involution = (domain: Domain): Property =>
  equation('involution', 'f(f(x)) = x', domain, ({ run }, f) => ([x]) => [x, run(f, [run(f, [x])])])
export const odd = (domain: Domain): Property =>
  equation('odd', 'f(−x) = −f(x)', domain, ({ run, o }, f) => ([x]) => [o.neg(run(f, [x])), run(f, [o.neg(x)])])
export const even = (domain: Domain): Property =>
  equation('even', 'f(−x) = f(x)', domain, ({ run, o }, f) => ([x]) => [run(f, [x]), run(f, [o.neg(x)])])
/** Two composites that are equal, bit for bit. */
export const claim = (
  name: string,
  statement: string,
  domain: Domain,
  sides: (o: Algebra<Tensor>, ...xs: Three) => readonly [expected: Tensor, got: Tensor],
): Property =>
  equation(
    name,
    statement,
    domain,
    ({ o }) =>
      (xs) =>
        sides(o, ...xs),
  )
/** Two composites, apart by no more than `ulps · ε · condition`. */
export const closely = (
  name: string,
  statement: string,
  domain: Domain,
  sides: (o: Algebra<Tensor>, ...xs: Three) => readonly [expected: Tensor, got: Tensor],
  condition: (x: number, y: number, z: number) => number,
): Property =>
  nearly(
    name,
    statement,
    domain,
    ({ o }) =>
      (xs) =>
        sides(o, ...xs),
    condition,
  )

/** g(f(x)) = x. The inverse has slope 1/f′(x), so an error of f(x) comes back times f(x)/f′(x); then g adds its own. */
export const undoneBy = (
  name: string,
  domain: Domain,
  inverse: (o: Algebra<Tensor>, y: Tensor) => Tensor,
  condition: (x: number) => number,
): Property =>
  nearly(
    `undone-by-${name}`,
    `${name}(f(x)) = x`,
    domain,
    ({ run, o }, f) =>
      ([x]) => [x, inverse(o, run(f, [x]))],
    (x) => Math.abs(x) + Math.abs(condition(x)),
  )

const lower = (x: Tensor, y: Tensor, pick: (a: number, b: number) => number): Tensor => {
  const others = toArray(y)
  return tensor(
    x.shape,
    Array.from(toArray(x), (a, i) => pick(a, others[i] ?? a)),
    x.precision,
  )
}
/** x ≤ y ⇒ f(x) ≤ f(y), where rounding may take both sides past each other by its bound. */
export const monotone =
  (domain: Domain): Property =>
  (prim, by) =>
    law({ name: `algebra.${prim}.monotone.${domain.name}`, statement: 'x ≤ y ⇒ f(x) ≤ f(y)' }, three(domain, by.float), ([a, b]) => {
      const [below, above] = [by.run(prim, [lower(a, b, Math.min)]), by.run(prim, [lower(a, b, Math.max)])]
      const highs = toArray(above)
      const clipped = tensor(
        below.shape,
        Array.from(toArray(below), (x, i) => Math.min(x, highs[i] ?? x)),
        below.precision,
      )
      within(prim, clipped, below, (i) => by.ulps * by.epsilon * Math.abs(highs[i] ?? 0))
    })

/** Two sides, equal bit for bit, on examples of their own. */
export const same =
  <E>(
    name: string,
    statement: string,
    examples: (float: Float) => fc.Arbitrary<E>,
    sides: (o: Evaluation['o'], example: E) => readonly [expected: Tensor, got: Tensor],
  ): Property =>
  (prim, by) =>
    law({ name: `algebra.${prim}.${name}`, statement }, examples(by.float), (example) => identical(prim, ...sides(by.o, example)))
