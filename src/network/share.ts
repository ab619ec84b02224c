/**
 * Shared parameters: one parameter record that is used in several places of a network.
 *
 *     f(θ)(x) = b(g(θ), …, g(θ))(x),   ∇_θ f = Σ over the places of g of its gradient there
 *
 * The body is a function of what is shared, so a layer stays a pure function of parameters: given θ, the body is built around
 * g(θ), and its places have no parameters of their own. That the gradients of the places add up is the chain rule's doing.
 *
 * @source Goodfellow, Bengio, Courville (2016) §7.9, parameter sharing
 */
import { orThrow, ValueError, wantsFunction, wantsText } from '../error/index.js'
import { type None, noParameters } from '../params/index.js'
import { foldIn } from '../random/index.js'
import { receives, type Shape } from '../shape/index.js'
import { isBatchwise } from './batchwise.js'
import { type Block, descriptionsOf, madeBy, madeOf, startedFrom } from './block.js'
import type { Description, Json } from './description.js'
import { descriptionOf } from './description-of.js'
import { grow, type Layer } from './layer.js'
import { identity, type Network, outputOf, wantsNetwork } from './network.js'
import type { SomeNetwork } from './some-network.js'

/** What is shared: a block, which begins at the current shape, or `() => network`, which begins where it likes. */
export type Shareable<Qs extends readonly unknown[], A extends Shape, M extends Shape, N extends Shape> = (
  from: Network<readonly [], A, A>,
) => Network<Qs, M, N>

/** The shared network as a layer without parameters of its own, as often as the body wants it; and what it shares. */
export interface Shared<Qs extends readonly unknown[], M extends Shape, N extends Shape> extends Layer<'shared', None, M, N> {
  readonly sharedAs: string
  readonly network: Network<Qs, M, N>
  /** The parameters, for layers that are another function of them. @error `ValueError` outside of the function of a layer */
  readonly params: () => Qs
}

/** The parameters of what is shared, once, and those of the layers around its places. */
export interface ShareParams<Qs, Rs> {
  readonly shared: Qs
  readonly body: Rs
}

const sharedOf = <Qs extends readonly unknown[], M extends Shape, N extends Shape>(
  sharedAs: string,
  network: Network<Qs, M, N>,
  params: () => Qs,
): Shared<Qs, M, N> => {
  const place = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
    before: Network<Ps, I, A>,
  ): Network<readonly [...Ps, None], I, N> => {
    orThrow(receives('shared', network.input, outputOf('shared', before)))
    return grow<None, N>({
      description: { kind: 'shared', name: sharedAs },
      output: network.output,
      init: () => noParameters,
      ...madeOf<readonly [Qs], None>([network], ([g]) => (none) => (x) => [g(params())(x)[0], none]),
    })(before)
  }
  return Object.freeze(Object.assign(place, { sharedAs, network, params }))
}

/** Whether something of this name is shared inside of a description. */
const shares = (json: Json, name: string): boolean =>
  typeof json === 'object' &&
  json !== null &&
  (((json as Description).kind === 'share' && (json as Description)['name'] === name) ||
    Object.values(json).some((inside: Json) => shares(inside, name)))

/**
 * A block whose parameters are used in every place where the body puts it. They are counted, drawn and updated once; the name
 * says in the description which block is meant.
 *
 * @shape  block: [...M] → [...N], shared: [...M] → [...N] in the body; body: [...A] → [...B]
 * @error  does not compile where the shapes do not join: `shared expects [8], receives [4]`; `ValueError` for a name that is shared
 *         around it already
 * @source Goodfellow, Bengio, Courville (2016) §7.9
 * @example
 * pipe(input(8), share('step')(dense(8), (step) => flow(step, tanh, step, tanh, step)))
 */
export const share =
  <const Name extends string>(name: Name) =>
  <A extends Shape, Qs extends readonly unknown[], M extends Shape, N extends Shape, Rs extends readonly unknown[], B extends Shape>(
    block: Shareable<Qs, A, M, N>,
    body: (shared: Shared<Qs, M, N>) => Block<Rs, A, B>,
  ) =>
  <Ps extends readonly unknown[], I extends Shape>(before: Network<Ps, I, A>): Network<readonly [...Ps, ShareParams<Qs, Rs>], I, B> => {
    wantsText('share', 'its name', name)
    wantsFunction('share', 'a body, a function of what is shared', body)
    const begin = identity(outputOf('share', before))
    const inner = wantsNetwork('share', wantsFunction('share', 'a block, which continues a network', block)(begin))
    if (isBatchwise(inner))
      throw new ValueError({
        who: 'share',
        expected: 'a block whose layers see one example each',
        received: 'one that looks at batches',
        hint: 'its statistics are others in every place: put batchNorm into the body',
      })
    const around = (params: () => Qs): Network<Rs, A, B> => startedFrom('share', body(sharedOf(name, inner, params)), before)
    const whole = around(() => {
      throw new ValueError({ who: 'share', expected: `${name} inside of its body`, received: 'it outside' })
    })
    const layers = descriptionsOf(whole)
    if (shares(layers, name))
      throw new ValueError({ who: 'share', expected: 'another name than those around it', received: `${name} inside of ${name}` })
    return grow<ShareParams<Qs, Rs>, B>({
      description: { kind: 'share', name, shared: descriptionOf(inner) as unknown as Description, layers },
      output: whole.output,
      init: (key) => ({ shared: inner.init(foldIn(0)(key)), body: whole.init(foldIn(1)(key)) }),
      // The body around the parameters that are shared.
      ...madeBy<ShareParams<Qs, Rs>>([whole], (as) => ({ shared, body: own }) => (x) => {
        const filled = around(() => shared) as unknown as SomeNetwork
        const [y, after] = as(filled, 0)(own)(x)
        return [y, { shared, body: after as Rs }]
      }),
    })(before)
  }
