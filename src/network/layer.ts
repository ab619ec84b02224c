/**
 * A layer is a builder: it takes the network so far to a longer one. Only so does `pipe` infer shapes forward.
 * Its function is written with ops; its derivative is derived.
 */

import { optionsOf, orThrow, ShapeError, ValueError, wantsFunction, wantsList, wantsRecord, wantsText } from '../error/index.js'
import { type None, noParameters } from '../params/index.js'
import type { Key } from '../random/index.js'
import { fixed, receives, type Shape, type Show, sameShape, show, wantsSizes } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import type { Batchwise } from './batch-facts.js'
import type { Description } from './description.js'
import { type Network, networkOf, outputOf } from './network.js'
import type { SomeLayer } from './some-layer.js'

/** The layer's function, held to the shape it declares: parameters of another network are seen here, if not by the compiler. */
const declared = (kind: string, output: Shape) => (apply: (params: unknown) => (x: Tensor) => Tensor) => (params: unknown) => {
  const f = apply(params)
  return (x: Tensor): Tensor => {
    const y = f(x)
    if (sameShape(y.shape, output)) return y
    throw new ShapeError(`${kind} expects parameters that give ${show(output)}, receives some that give ${show(y.shape)}`)
  }
}

/** A layer's function under the noise that a key gives. */
export type Sampled<P> = (key: Key) => (params: P) => (x: Tensor) => Tensor

/** One more layer at the end of a network. Its types are its maker's promise, held by its laws. */
export const grow =
  <P, B extends Shape>(entry: {
    readonly description: Description
    readonly output: B
    readonly init: (key: Key) => P
    readonly apply: (params: P) => (x: Tensor) => Tensor
    readonly sampled?: Sampled<P> | undefined
    readonly batchwise?: Batchwise<P> | undefined
  }) =>
  <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>): Network<readonly [...Ps, P], I, B> => {
    const { description, output, init } = fixed(entry)
    const held = declared(description.kind, output)
    const sampled = entry.sampled as Sampled<unknown> | undefined
    const batchwise = entry.batchwise as Batchwise<unknown> | undefined
    const layer = fixed<SomeLayer>({
      kind: description.kind,
      description,
      input: before.output,
      output,
      init,
      apply: held(entry.apply as (params: unknown) => (x: Tensor) => Tensor),
      ...(sampled === undefined ? {} : { sampled: (key: Key) => held(sampled(key)) }),
      ...(batchwise === undefined ? {} : { batchwise }),
    })
    return networkOf(before.input, output, before.layers.push(layer))
  }

/** A builder that keeps any shape and has no parameters: an activation. */
export type Pointwise = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A>,
) => Network<readonly [...Ps, None], I, A>

/** A function that keeps any shape. */
export type KeepsAnyShape = <S extends Shape>(x: Tensor<S>) => Tensor<S>
export interface PointwiseOptions {
  /** Attributes from which the layer can be built again. */
  readonly attributes?: Omit<Description, 'kind'>
  /** The function under the noise that a key gives, whose mean over keys is the function itself. */
  readonly sampled?: (key: Key) => KeepsAnyShape
}

/**
 * A layer of your own, without parameters, that keeps any shape. With noise, it says what it is under a key, too.
 *
 * @example
 * const swish = pointwise('swish', (x) => mul(sigmoid(x))(x))
 * const jitter = pointwise('jitter', (x) => x, { sampled: (key) => (x) => add(uniformIn(x.shape, -0.1, 0.1)(key))(x) })
 * pipe(input(16), dense(8), swish, jitter)
 */
export const pointwise = (kind: string, f: KeepsAnyShape, options: PointwiseOptions = {}): Pointwise => {
  const { attributes, sampled } = optionsOf('pointwise', {}, options, ['attributes', 'sampled'])
  const description: Description = fixed({ ...attributes, kind })
  const noise = sampled === undefined ? undefined : (key: Key) => () => sampled(key)
  return (before) =>
    grow<None, typeof before.output>({
      description,
      output: outputOf(kind, before),
      init: () => noParameters,
      apply: () => f,
      sampled: noise as Sampled<None> | undefined,
    })(before)
}

/** `scale expects [15], receives [16]` */
export type Receives<Who extends string, A extends Shape, B extends Shape> = [A] extends [B]
  ? unknown
  : ShapeError<`${Who} expects ${Show<B>}, receives ${Show<A>}`>

/** A builder of fixed shapes. */
export type Layer<Kind extends string, P, A extends Shape, B extends Shape> = <
  Ps extends readonly unknown[],
  I extends Shape,
  C extends Shape,
>(
  before: Network<Ps, I, C> & Receives<Kind, C, A>,
) => Network<readonly [...Ps, P], I, B>

/** `cut declares [2], its function gives [3]`; a shape that the compiler does not know is looked at when the layer runs. */
export type Declares<Who extends string, B extends Shape, R extends Shape> = number extends R['length']
  ? unknown
  : [R] extends [B]
    ? unknown
    : ShapeError<`${Who} declares ${Show<B>}, its function gives ${Show<R>}`>

/** What `layer` is made from: `R` is what its function gives, as far as the compiler knows. */
export interface LayerDefinition<Kind extends string, P, A extends Shape, B extends Shape, R extends Shape = B> {
  readonly name: Kind
  readonly input: A
  readonly output: B
  readonly init: (key: Key) => P
  readonly apply: (params: P) => (x: Tensor<A>) => Tensor<R>
  /** The function under the noise that a key gives, whose mean over keys is `apply`. */
  readonly sampled?: (key: Key) => (params: NoInfer<P>) => (x: Tensor<A>) => Tensor<B>
  /** Attributes from which the layer can be built again. */
  readonly attributes?: Omit<Description, 'kind'>
}

/**
 * A layer of your own, of fixed shapes, with parameters.
 *
 * @example
 * const scale = <N extends number>(n: N) =>
 *   layer({ name: 'scale', input: [n], output: [n], init: () => ({ factor: ones([n]) }), apply: ({ factor }) => mul(factor) })
 */
export const layer = <const Kind extends string, P, const A extends Shape, const B extends Shape, R extends Shape>(
  definition: LayerDefinition<Kind, P, A, B, R> & Declares<Kind, B, R>,
): Layer<Kind, P, A, B> => {
  const { name, input, output, init, apply, sampled, attributes } = fixed(
    wantsRecord('layer', 'a definition, { name, input, output, init, apply }', definition),
  )
  if (wantsText('layer', 'its name', name).length === 0)
    throw new ValueError({ who: 'layer', expected: 'a name of at least one letter', received: 'an empty one' })
  const sizes = [input, output].flatMap((shape) => wantsList(name, 'lists of sizes, input and output', shape))
  orThrow(wantsSizes(name, sizes, 1))
  wantsFunction(name, 'init, a function of a key', init)
  wantsFunction(name, 'apply, a function of parameters', apply)
  return (before) => {
    orThrow(receives(name, input, outputOf(name, before)))
    const erased = apply as unknown as (params: P) => (x: Tensor) => Tensor
    const noise = sampled as unknown as Sampled<P> | undefined
    return grow<P, B>({ description: { ...attributes, kind: name }, output, init, apply: erased, sampled: noise })(before)
  }
}
