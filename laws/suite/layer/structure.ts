/** What a layer is, whatever it computes: a pure function of tensors, of the shapes and precisions that it declares. */
import * as fc from 'fast-check'
import { compile } from '../../../src/engine/index.js'
import { reference } from '../../../src/engine/reference/index.js'
import { batched, vjp } from '../../../src/graph/index.js'
import { cast } from '../../../src/ops/index.js'
import { leavesWithPaths, mapTree } from '../../../src/params/index.js'
import { key } from '../../../src/random/index.js'
import { type Shape, sameShape, show, sizeOf } from '../../../src/shape/index.js'
import { type Tensor, tensor, toArray } from '../../../src/tensor/index.js'
import { pointsIn } from '../../arbitrary/points.js'
import { Broken, holds, identical, nearTrees } from '../../compare.js'
import { type Law, law } from '../../law.js'
import type { Tried } from './tried.js'

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

const functionLaws = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(tried: Tried<I, Ps, O>): readonly Law[] => {
  const { net, domain, apply, points, paramsOf, pointsAt, given } = tried
  const saying = { given: given.wide, after: 'away' }
  return [
    law({ name: 'layer.shape', statement: 'f(θ): Tensor<I> → Tensor<O>, as declared', ...saying }, points, (point) => {
      const { shape: got } = apply(tried.at(point))
      if (!sameShape(got, net.output)) throw new Broken('the output shape', show(net.output), show(got))
    }),
    law(
      { name: 'layer.batched', statement: 'batched(f)(x)[i] = f(x[i])', source: 'Frostig, Johnson, Leary (2018)', ...saying },
      fc
        .tuple(
          pointsAt(() => pointsIn(net.input, domain)),
          fc.array(pointsIn(net.input, domain), { maxLength: 3 }),
        )
        .map(([{ x, ...point }, more]) => ({ ...point, xs: [x, ...more] })),
      ({ xs, ...point }) => {
        const [params, examples] = [paramsOf(point), xs.map((x) => x.value)]
        const together = batched((h: Tensor) => net(params)(h as Tensor<I>))(stack(examples) as never)
        nearTrees('batched', stack(examples.map((h) => net(params)(h))), together, 1e-12)
      },
    ),
    law(
      { name: 'layer.engines', statement: 'compile(reference)(f) = f, bit for bit: nothing but tensors decides what it does', ...saying },
      points,
      (point) => {
        const at = tried.at(point)
        identical('compiled', apply(at), compile(reference)((both: readonly [Ps, Tensor<I>]) => apply(both))(at))
      },
    ),
    law({ name: 'layer.pure', statement: 'parameters and input are the same bits after use as before', ...saying }, points, (point) => {
      const at = tried.at(point)
      const before = mapTree((t) => tensor(t.shape, toArray(t), t.precision))(at)
      const first = apply(at)
      if (tried.claims.gives === 'the precision of its input') vjp(apply)(at)[1](first)
      identical('what was given', before, at)
      identical('the same arguments, the same value', first, apply(at))
    }),
  ]
}

const startLaw = <I extends Shape, Ps extends readonly unknown[], O extends Shape>({ net }: Tried<I, Ps, O>): Law =>
  law(
    { name: 'layer.init', statement: 'the same key gives the same bits, of the same shapes as any other' },
    fc.record({ a: fc.nat(1000), b: fc.nat(1000) }),
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
  )

const precisionLaw = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(tried: Tried<I, Ps, O>): Law => {
  const { net, claims, initial, points, given } = tried
  const statement =
    claims.gives === 'the precision of its input' ? 'float64 in, float64 out; float32 in, float32 out' : `${claims.gives} out, as declared`
  return law({ name: 'layer.precision', statement, given: given.wide, after: 'away' }, points, (point) => {
    const wanted =
      claims.gives === 'the precision of its input' ? (['float64', 'float32'] as const) : ([claims.gives, claims.gives] as const)
    const wide = tried.apply(tried.at(point)).precision
    if (wide !== wanted[0]) throw new Broken('the precision of the output', wanted[0], wide)
    const narrow = net(initial(point.seed))(cast('float32')(point.x.value)).precision
    if (narrow !== wanted[1]) throw new Broken('the precision of the output', wanted[1], narrow)
  })
}

/** The laws of what a layer is. */
export const structureLaws = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(tried: Tried<I, Ps, O>): readonly Law[] => [
  ...functionLaws(tried).map(tried.paid(4)),
  tried.paid(150)(startLaw(tried)),
  tried.paid(6)(precisionLaw(tried)),
]
