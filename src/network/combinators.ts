/**
 * Combinators: networks from blocks. A block is a builder, polymorphic in what comes before it; the combinator runs it from
 * the current shape, so that its parameters are a tuple of their own.
 */
import type { Add } from 'ts-arithmetic'
import { orThrow, wantsFunction } from '../error/index.js'
import { add, concat } from '../ops/index.js'
import { foldIn, type Key } from '../random/index.js'
import { type KeepsShape, keepsShape, type Shape, type WantsVector, wantsSizes, wantsVector } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import type { BatchFacts, Batchwise } from './batch-facts.js'
import { batchwiseOf, factsOf, isBatchwise } from './batchwise.js'
import type { Description } from './description.js'
import { grow, type Sampled } from './layer.js'
import { type AnyNetwork, identity, isNoisy, type Network, outputOf } from './network.js'
import type { SomeNetwork } from './some-network.js'

/** From the current shape to a network of its own. */
export type Block<Qs extends readonly unknown[], A extends Shape, B extends Shape> = (from: Network<readonly [], A, A>) => Network<Qs, A, B>

const descriptionsOf = (network: { readonly layers: Network<never, Shape, Shape>['layers'] }): readonly Description[] =>
  network.layers.map((l) => l.description).toArray()
/** The network of a block that begins at a shape. */
const startedFrom = <Qs extends readonly unknown[], A extends Shape, B extends Shape>(
  who: string,
  block: Block<Qs, A, B>,
  before: { readonly output: A },
): Network<Qs, A, B> => wantsFunction(who, 'a block, which continues a network', block)(identity(outputOf(who, before)))

/** What parameters make of an input, be it one example or a batch, and what becomes of them. */
type Pass<P> = (params: P) => (x: Tensor) => readonly [Tensor, P]
/** The passes of networks with these parameters. */
type Passes<Qs extends readonly unknown[]> = { readonly [K in keyof Qs]: Pass<Qs[K]> }
interface Made<P> {
  readonly apply: (params: P) => (x: Tensor) => Tensor
  readonly sampled?: Sampled<P>
  readonly batchwise?: Batchwise<P>
}
/** A network used on one example: it leaves its parameters as they are. */
const alone =
  (network: SomeNetwork): Pass<readonly unknown[]> =>
  (params) =>
  (x) => [network(params)(x), params]

/**
 * A layer made of networks, written once for one example and for a batch. With noise, if one of them has: network i is sampled under
 * `foldIn(i)(key)`. Looking at whole batches in training, if one of them does.
 */
const madeOf = <Qs extends readonly unknown[], P>(
  networks: readonly Pick<AnyNetwork, 'layers'>[],
  run: (passes: Passes<Qs>) => Pass<P>,
): Made<P> => {
  const all = networks as readonly unknown[] as readonly SomeNetwork[]
  const passOf = (of: (network: SomeNetwork, i: number) => Pass<readonly unknown[]>): Pass<P> =>
    run(all.map(of) as readonly unknown[] as Passes<Qs>)
  const applied =
    (pass: Pass<P>) =>
    (params: P) =>
    (x: Tensor): Tensor =>
      pass(params)(x)[0]
  return {
    apply: applied(passOf(alone)),
    ...(all.some(isNoisy) ? { sampled: (key: Key) => applied(passOf((network, i) => alone(network.sampled(foldIn(i)(key))))) } : {}),
    ...(all.some(isBatchwise) ? { batchwise: (batch: BatchFacts) => passOf((network, i) => batchwiseOf(network)(factsOf(i)(batch))) } : {}),
  }
}

/**
 * x + f(x).
 *
 * @error  does not compile if f changes the shape: `residual: block maps [64] to [256], but must keep its shape`
 * @source He, Zhang, Ren, Sun (2016)
 */
export const residual =
  <A extends Shape, Qs extends readonly unknown[], B extends Shape>(block: Block<Qs, A, B>) =>
  <Ps extends readonly unknown[], I extends Shape>(
    before: Network<Ps, I, A> & KeepsShape<'residual', A, B>,
  ): Network<readonly [...Ps, Qs], I, A> => {
    const inner = startedFrom('residual', block, before)
    orThrow(keepsShape('residual', inner.input, inner.output))
    return grow<Qs, A>({
      description: { kind: 'residual', layers: descriptionsOf(inner) },
      output: before.output,
      init: inner.init,
      ...madeOf<readonly [Qs], Qs>([inner], ([f]) => (params) => (x) => {
        const [y, after] = f(params)(x)
        return [add(y)(x), after]
      }),
    })(before)
  }

/** N parameter records of one type. An interface, so that a hover says `Repeated<100, …>` and not the record a hundred times. */
export interface Repeated<N extends number, P> extends ReadonlyArray<P> {
  readonly length: N
}

/**
 * f ∘ … ∘ f, n times, each with parameters of its own.
 *
 * @error  does not compile if f changes the shape
 */
export const repeat =
  <N extends number>(n: N) =>
  <A extends Shape, Qs extends readonly unknown[], B extends Shape>(block: Block<Qs, A, B>) =>
  <Ps extends readonly unknown[], I extends Shape>(
    before: Network<Ps, I, A> & KeepsShape<'repeat', A, B>,
  ): Network<readonly [...Ps, Repeated<N, Qs>], I, A> => {
    orThrow(wantsSizes('repeat', [n], 0))
    const inner = startedFrom('repeat', block, before)
    orThrow(keepsShape('repeat', inner.input, inner.output))
    return grow<Repeated<N, Qs>, A>({
      description: { kind: 'repeat', times: n, layers: descriptionsOf(inner) },
      output: before.output,
      init: (key: Key) => Array.from({ length: n }, (_, i) => inner.init(foldIn(i)(key))) as readonly Qs[] as Repeated<N, Qs>,
      ...madeOf<readonly Qs[], Repeated<N, Qs>>(
        Array.from({ length: n }, () => inner),
        (copies) => (params) => (x) =>
          copies.reduce<readonly [Tensor, readonly Qs[]]>(
            ([h, seen], copy, i) => {
              const [y, after] = copy(params[i] as Qs)(h)
              return [y, [...seen, after]]
            },
            [x, []],
          ) as readonly [Tensor, Repeated<N, Qs>],
      ),
    })(before)
  }

type Total<B extends Shape, C extends Shape> = readonly [Sum<B[0], C[0]>]
type Sum<M, N> = M extends number ? (N extends number ? (number extends M | N ? number : Add<M, N>) : never) : never

/**
 * f and g beside each other on the same input, their vectors joined: x ↦ [f(x); g(x)].
 *
 * @shape  f: [...A] → [M], g: [...A] → [N]; parallel(f, g): [...A] → [M + N]
 */
export const parallel =
  <A extends Shape, Qs extends readonly unknown[], B extends Shape, Rs extends readonly unknown[], C extends Shape>(
    f: Block<Qs, A, B>,
    g: Block<Rs, A, C>,
  ) =>
  <Ps extends readonly unknown[], I extends Shape>(
    before: Network<Ps, I, A> & WantsVector<'parallel', B> & WantsVector<'parallel', C>,
  ): Network<readonly [...Ps, readonly [Qs, Rs]], I, Total<B, C>> => {
    const [left, right] = [startedFrom('parallel', f, before), startedFrom('parallel', g, before)]
    orThrow(wantsVector('parallel', left.output))
    orThrow(wantsVector('parallel', right.output))
    return grow<readonly [Qs, Rs], Total<B, C>>({
      description: { kind: 'parallel', left: descriptionsOf(left), right: descriptionsOf(right) },
      output: [(left.output[0] ?? 0) + (right.output[0] ?? 0)] as unknown as Total<B, C>,
      init: (key) => [left.init(foldIn(0)(key)), right.init(foldIn(1)(key))],
      ...madeOf<readonly [Qs, Rs], readonly [Qs, Rs]>([left, right], ([l, r]) => ([p, q]) => (x) => {
        const [[y, afterLeft], [z, afterRight]] = [l(p)(x), r(q)(x)]
        return [concat({ axis: -1 })([y, z]), [afterLeft, afterRight]]
      }),
    })(before)
  }

/** A block under a name, by which its parameters are found: `params[2].encoder[0].weights`. */
export const named =
  <const Name extends string>(name: Name) =>
  <A extends Shape, Qs extends readonly unknown[], B extends Shape>(block: Block<Qs, A, B>) =>
  <Ps extends readonly unknown[], I extends Shape>(
    before: Network<Ps, I, A>,
  ): Network<readonly [...Ps, { readonly [K in Name]: Qs }], I, B> => {
    const inner = startedFrom('named', block, before)
    type P = { readonly [K in Name]: Qs }
    return grow<P, B>({
      description: { kind: 'named', name, layers: descriptionsOf(inner) },
      output: inner.output,
      init: (key) => ({ [name]: inner.init(key) }) as P,
      ...madeOf<readonly [Qs], P>([inner], ([f]) => (params) => (x) => {
        const [y, after] = f(params[name])(x)
        return [y, { [name]: after } as P]
      }),
    })(before)
  }
