/**
 * The laws of a layer, for your own as for ours: given its builder and the shape of its input.
 */
import * as fc from 'fast-check'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { batched, jvp, vjp } from '../../src/graph/index.js'
import { input, type Network } from '../../src/network/index.js'
import { cast } from '../../src/ops/index.js'
import { leaves, leavesWithPaths, mapTree } from '../../src/params/index.js'
import { isFloat } from '../../src/prim/index.js'
import { key } from '../../src/random/index.js'
import { type Shape, sameShape, show, sizeOf } from '../../src/shape/index.js'
import { ones, type Tensor, tensor, toArray } from '../../src/tensor/index.js'
import { holdsAdjoint, inner } from '../adjoint.js'
import { apart, moderate, tensorOf } from '../arbitrary/tensors.js'
import { Broken, holds, identical, near, nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'
import { signalLaws } from './signal.js'

/** From the network so far to one that is a layer longer. */
export type Builder<I extends Shape, Ps extends readonly unknown[], O extends Shape> = (
  before: Network<readonly [], I, I>,
) => Network<Ps, I, O>

export interface LayerLawOptions<I extends Shape> {
  /** The shape on which the layer is tried. */
  readonly input: I
}

/** Parameters, or any tree, at float64: where derivatives can be checked. */
export const inFloat64 = <T>(tree: T): T => mapTree((x) => (isFloat(x.precision) ? cast('float64')(x) : x))(tree)

/** Directions like a tree, of moderate numbers. */
export const directions = <T>(tree: T): fc.Arbitrary<T> => {
  const all = leaves(tree)
  return fc.tuple(...all.map((x) => tensorOf(x.shape, moderate(1 / 64), isFloat(x.precision) ? 'float64' : x.precision))).map((tensors) => {
    const at = new Map(leavesWithPaths(tree).map(({ path }, i) => [path, tensors[i] as Tensor]))
    return mapTree((x, path) => at.get(path) ?? x)(tree)
  })
}

/** Several tensors as one batch. */
export const stack = (xs: readonly Tensor[]): Tensor =>
  tensor(
    [xs.length, ...(xs[0]?.shape ?? [])],
    xs.flatMap((x) => Array.from(toArray(x))),
    xs[0]?.precision,
  )

/** The examples of a batch, one by one. */
export const unstack = (x: Tensor): readonly Tensor[] => {
  const shape = x.shape.slice(1)
  const [numbers, size] = [toArray(x), sizeOf(shape)]
  return Array.from({ length: x.shape[0] ?? 0 }, (_, i) => tensor(shape, numbers.slice(i * size, (i + 1) * size), x.precision))
}

/** Float64 sums of some thousand products, in another order. */
const rounding = 1e-10

const finite = (tree: unknown): boolean => leaves(tree).every((t) => toArray(t).every(Number.isFinite))

/**
 * Every law of a layer.
 *
 * @example
 * for (const law of layerLaws(swish, { input: [16] })) it(law.name, () => check(law))
 */
export const layerLaws = <const I extends Shape, Ps extends readonly unknown[], O extends Shape>(
  builder: Builder<NoInfer<I>, Ps, O>,
  { input: shape }: LayerLawOptions<I>,
): readonly Law[] => {
  const net = builder(input(...shape) as unknown as Network<readonly [], I, I>)
  const seed = fc.nat(1000)
  const x = apart(shape)
  /** With a direction v of parameters and input, and a cotangent dy of the output. */
  const directed = fc.tuple(seed, x).chain(([s, h]) =>
    fc.record({
      seed: fc.constant(s),
      x: fc.constant(h),
      v: directions([paramsOf(s), h] as const),
      dy: tensorOf(net.output, moderate(1 / 64)),
    }),
  )
  const given = [`const net = pipe(input(${shape.join(', ')}), layer)`, 'const params = inFloat64(net.init(key(seed)))']
  const apply = ([params, h]: readonly [Ps, Tensor<I>]): Tensor<O> => net(params)(h)
  const paramsOf = (seed: number): Ps => inFloat64(net.init(key(seed)))
  return [
    law({ name: 'layer.shape', statement: 'f(θ): Tensor<I> → Tensor<O>, as declared', given }, fc.record({ seed, x }), (example) => {
      const { shape: got } = net(paramsOf(example.seed))(example.x)
      if (!sameShape(got, net.output)) throw new Broken('the output shape', show(net.output), show(got))
    }),
    law(
      { name: 'layer.batched', statement: 'batched(f)(x)[i] = f(x[i])', source: 'Frostig, Johnson, Leary (2018)', given },
      fc.record({ seed, xs: fc.array(x, { minLength: 1, maxLength: 4 }) }),
      ({ seed: s, xs }) => {
        const params = paramsOf(s)
        const together = batched((h: Tensor) => net(params)(h as Tensor<I>))(stack(xs) as never) as unknown as Tensor
        nearTrees('batched', stack(xs.map((h) => net(params)(h))), together, 1e-12)
      },
    ),
    law(
      { name: 'layer.init', statement: 'the same key gives the same bits, of the same shapes as any other' },
      fc.record({ a: seed, b: seed }),
      ({ a, b }) => {
        const drawn = net.init(key(a))
        identical('the same key', drawn, net.init(key(a)))
        const [one, other] = [leavesWithPaths(drawn), leavesWithPaths(net.init(key(b)))]
        holds(
          'the same shapes for every key',
          one.length === other.length &&
            one.every(({ path, tensor: p }, i) => path === other[i]?.path && sameShape(p.shape, other[i].tensor.shape)),
        )
        holds(
          'finite parameters',
          one.every(({ tensor: p }) => toArray(p).every((value) => Number.isFinite(value))),
        )
      },
    ),
    law(
      {
        name: 'layer.adjoint',
        statement: '⟨dy, J·v⟩ = ⟨Jᵀ·dy, v⟩ over every parameter and the input',
        source: 'Goodfellow et al. (2016) §6.5.2',
        given,
      },
      directed,
      ({ seed: s, x: h, v, dy }) => {
        const at = [paramsOf(s), h] as const
        holdsAdjoint(apply, vjp(apply)(at)[1], at, v, dy)
      },
    ),
    law(
      {
        name: 'layer.jvp',
        statement: '⟨dy, jvp(f)(v)⟩ = ⟨vjp(f)(dy), v⟩: forward and reverse mode are one derivative, but for rounding',
        source: 'Goodfellow et al. (2016) §6.5.10',
        given,
      },
      directed,
      ({ seed: s, x: h, v, dy }) => {
        const at = [paramsOf(s), h] as const
        near('⟨dy, jvp(f)(v)⟩', inner(vjp(apply)(at)[1](dy), v), inner(dy, jvp(apply)(at, v)[1]), rounding)
      },
    ),
    law(
      { name: 'layer.engines', statement: 'compile(reference)(f) = f, bit for bit: nothing but tensors decides what it does', given },
      fc.record({ seed, x }),
      ({ seed: s, x: h }) => {
        const at = [paramsOf(s), h] as const
        identical('compiled', apply(at), compile(reference)((both: readonly [Ps, Tensor<I>]) => apply(both))(at))
      },
    ),
    law(
      { name: 'layer.finite', statement: 'for |xᵢ| ≤ 10⁴, value and derivatives are finite, in float32', given },
      fc.record({
        seed,
        x: tensorOf(shape, fc.oneof(fc.constantFrom(-1e4, 1e4, 0), fc.double({ min: -1e4, max: 1e4, noNaN: true })), 'float32'),
      }),
      ({ seed: s, x: h }) => {
        const [y, back] = vjp(apply)([net.init(key(s)), h])
        holds('a finite value', finite(y))
        holds('finite derivatives', finite(back(ones(y.shape, y.precision) as Tensor<O>)))
      },
    ),
    ...signalLaws(net),
    law(
      { name: 'layer.pure', statement: 'parameters and input are the same bits after use as before', given },
      fc.record({ seed, x }),
      ({ seed: s, x: h }) => {
        const at = [paramsOf(s), h] as const
        const before = mapTree((t) => tensor(t.shape, toArray(t), t.precision))(at)
        const first = apply(at)
        vjp(apply)(at)[1](first)
        identical('what was given', before, at)
        identical('the same arguments, the same value', first, apply(at))
      },
    ),
    law(
      { name: 'layer.precision', statement: 'float64 in, float64 out; float32 in, float32 out', given },
      fc.record({ seed, x }),
      ({ seed: s, x: h }) => {
        const wide = net(paramsOf(s))(h).precision
        if (wide !== 'float64') throw new Broken('the precision of the output', 'float64', wide)
        const narrow = net(net.init(key(s)))(cast('float32')(h)).precision
        if (narrow !== 'float32') throw new Broken('the precision of the output', 'float32', narrow)
      },
    ),
  ]
}
