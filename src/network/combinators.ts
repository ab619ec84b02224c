/**
 * Combinators: networks from blocks. A block is a builder, polymorphic in what comes before it; the combinator runs it from
 * the current shape, so that its parameters are a tuple of their own.
 */
import { orThrow, wantsText } from '../error/index.js'
import { add } from '../ops/index.js'
import { foldIn, type Key } from '../random/index.js'
import { type KeepsShape, keepsShape, type Shape, wantsSizes } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Block, descriptionsOf, madeOf, startedFrom } from './block.js'
import { grow } from './layer.js'
import type { Network } from './network.js'

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

/** A block under a name, by which its parameters are found: `params[2].encoder[0].weights`. */
export const named =
  <const Name extends string>(name: Name) =>
  <A extends Shape, Qs extends readonly unknown[], B extends Shape>(block: Block<Qs, A, B>) =>
  <Ps extends readonly unknown[], I extends Shape>(
    before: Network<Ps, I, A>,
  ): Network<readonly [...Ps, { readonly [K in Name]: Qs }], I, B> => {
    wantsText('named', 'its name', name)
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
