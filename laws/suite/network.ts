/** The laws of one network, of your own: those of a layer, of the whole of it; and that its layers, one by one, are what it is. */
import { vjp } from '../../src/graph/index.js'
import { backprop, type Network } from '../../src/network/index.js'
import type { Shape } from '../../src/shape/index.js'
import type { Batch } from '../../src/tensor/index.js'
import { nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'
import { layerLaws } from './layer/layer.js'
import { stack, unstack } from './layer/structure.js'
import { type LayerClaims, triedOf } from './layer/tried.js'

/** Float64 sums in another order. */
const rounding = 1e-10

/**
 * Every law of a network.
 *
 * @example
 * for (const law of networkLaws(pipe(input(16), dense(8), relu, dense(4)))) it(law.name, () => check(law))
 */
export const networkLaws = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O>,
  claims: Partial<LayerClaims<I, Ps, O>> = {},
): readonly Law[] => {
  const options = { ...claims, input: net.input }
  const tried = triedOf<I, Ps, O>(() => net, options)
  const fold = law(
    {
      name: 'network.fold',
      statement: 'the fold over its layers = differentiating the whole graph',
      source: 'Goodfellow et al. (2016) algorithms 6.3, 6.4',
      given: tried.given.wide,
      after: 'away',
    },
    tried.directed,
    (example) => {
      const at = tried.at(example)
      const [y, back] = vjp(tried.apply)(at)
      const { output, back: folded } = backprop(net)(at[0])(stack([at[1]]) as Batch<I>)
      nearTrees('the value', y, unstack(output)[0], rounding)
      const [gradients, dx] = back(example.dy.value as typeof y)
      const { gradients: got, input } = folded(stack([example.dy.value]) as Batch<O>)
      nearTrees('the gradients', gradients, got, rounding)
      nearTrees('∇x', dx, unstack(input)[0], rounding)
    },
  )
  return [
    ...layerLaws<I, Ps, O>(() => net, options),
    ...(tried.claims.gives === 'the precision of its input' ? [tried.paid(12)(fold)] : []),
  ]
}
