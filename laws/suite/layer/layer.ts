/**
 * The laws of a layer, for your own as for ours: given its builder and the shape of its input. What a layer does on purpose it
 * may say, and is held to that and to all the rest.
 */
import type { Shape } from '../../../src/shape/index.js'
import type { Law } from '../../law.js'
import { derivativeLaws } from './derivative.js'
import { numberLaws } from './numbers.js'
import { signalLaws } from './signal.js'
import { structureLaws } from './structure.js'
import { type Builder, type LayerLawOptions, triedOf } from './tried.js'

/**
 * Every law of a layer.
 *
 * @example
 * for (const law of layerLaws(swish, { input: [16] })) it(law.name, () => check(law))
 * layerLaws(logarithm, { input: [16], domain: { above: 0 } })
 * layerLaws(frozen, { input: [16], stopped: ['params[0].weights'] })
 * layerLaws(rounding, { input: [16], derivativeOf: () => (x) => x })
 */
export const layerLaws = <const I extends Shape, Ps extends readonly unknown[], O extends Shape>(
  builder: Builder<NoInfer<I>, Ps, O>,
  options: LayerLawOptions<I, NoInfer<Ps>, NoInfer<O>>,
): readonly Law[] => {
  const tried = triedOf(builder, options)
  return [
    ...structureLaws(tried),
    ...(tried.claims.gives === 'the precision of its input' ? derivativeLaws(tried) : []),
    ...numberLaws(tried),
    ...signalLaws(tried),
  ]
}
