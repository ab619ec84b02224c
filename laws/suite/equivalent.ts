/**
 * Equal networks: a refactoring keeps the function and its gradients. Where the parameters are arranged otherwise, a function
 * takes those of the first network to those of the second; it is written with ops, and the gradients come back through it.
 *
 *     g(map θ)(x) = f(θ)(x),   ∇ (g ∘ map) = ∇ f
 */
import { vjp } from '../../src/graph/index.js'
import type { Network } from '../../src/network/index.js'
import { type Shape, show } from '../../src/shape/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { differs, nearTrees } from '../compare.js'
import type { Domain } from '../domain.js'
import { fact, type Law, law } from '../law.js'
import { triedOf } from './layer/tried.js'

/** The same sums in another order, through several layers, in float64. */
const rounding = 1e-9

export interface EquivalenceOptions<Ps, Qs extends readonly unknown[]> {
  /** From the parameters of the first network to those of the second. */
  readonly map: (params: Ps) => readonly [...Qs]
  readonly domain?: Partial<Domain>
}

/**
 * The laws of two networks that are one function.
 *
 * @example
 * equivalent(pipe(input(3), dense(4), dense(2)), merged, { map: ([a, b]) => [{ weights: matmul(b.weights)(a.weights), … }] })
 */
export const equivalent = <Ps extends readonly unknown[], Qs extends readonly unknown[], I extends Shape, O extends Shape>(
  first: Network<Ps, I, O>,
  second: Network<Qs, NoInfer<I>, NoInfer<O>>,
  { map, domain = {} }: EquivalenceOptions<Ps, Qs>,
): readonly Law[] => {
  const tried = triedOf<I, Ps, O>(() => first, { input: first.input, domain })
  const other = ([params, x]: readonly [Ps, Tensor<I>]): Tensor<O> => second(map(params) as Qs)(x)
  const saying = { given: tried.given.wide, after: 'away' }
  return [
    fact({ name: 'equivalent.shapes', statement: 'both take, and give, tensors of one shape' }, () => {
      const [want, have] = [first, second].map(({ input, output }) => `${show(input)} to ${show(output)}`)
      if (want !== have) differs('the second network, from', want, have)
    }),
    tried.paid(6)(
      law({ name: 'equivalent.value', statement: 'g(map θ)(x) = f(θ)(x)', ...saying }, tried.points, (point) => {
        const at = tried.at(point)
        nearTrees('the value', tried.apply(at), other(at), rounding)
      }),
    ),
    tried.paid(12)(
      law(
        { name: 'equivalent.gradients', statement: '∇(g ∘ map) = ∇f, by every parameter and the input', ...saying },
        tried.directed,
        (example) => {
          const at = tried.at(example)
          const dy = example.dy.value as Tensor<O>
          nearTrees('the gradients', vjp(tried.apply)(at)[1](dy), vjp(other)(at)[1](dy), rounding)
        },
      ),
    ),
  ]
}
