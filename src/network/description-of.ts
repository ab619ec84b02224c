import type { Shape } from '../shape/index.js'
import type { NetworkDescription } from './description.js'
import { type Network, wantsNetwork } from './network.js'

/**
 * The network as plain data, without its parameters.
 *
 * @example
 * descriptionOf(pipe(input(2), dense(8))) // => { input: [2], layers: [{ kind: 'dense', size: 8 }] }
 */
export const descriptionOf = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  network: Network<Ps, I, O>,
): NetworkDescription => ({
  input: [...wantsNetwork('descriptionOf', network).input],
  layers: network.layers.map((layer) => layer.description).toArray(),
})
