/**
 * The laws of a combinator of your own, which makes a layer of a block: it means what it is said to mean, it has the block's
 * parameters, and what it makes is a layer, whatever the block is.
 */
import { flow } from 'fp-ts/lib/function.js'
import { dense, sigmoid, tanh } from '../../src/layer/index.js'
import { input, type Network, pointwise, type SomeNetwork } from '../../src/network/index.js'
import { tensors as o } from '../../src/ops/apply.js'
import { leaves } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { type Shape, sizeOf } from '../../src/shape/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { differs, nearTrees } from '../compare.js'
import { fact, type Law, law } from '../law.js'
import { layerLaws } from './layer/layer.js'
import { type Builder, triedOf } from './layer/tried.js'

/** A block that keeps the shape of vectors: from what it begins with to a network. */
export type SomeBlock = (from: never) => SomeNetwork
export type SomeCombinator = (block: never) => (before: never) => unknown

export interface CombinatorLawOptions {
  /** The size of the vectors on which it is tried. */
  readonly size: number
  /** What it makes of a block's function: `(f) => (x) => add(f(x))(x)`. */
  readonly meaning: (f: (x: Tensor) => Tensor) => (x: Tensor) => Tensor
  /** How many copies of a block's parameters it has. */
  readonly copies?: number
}

/** Functions without parameters, none of which is another, nor undoes one: odd, bounded, and of the places together. */
const functions: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  tanh: o.tanh,
  affine: (x) => o.add(o.mul(x, o.constant(0.7, x)), o.constant(0.3, x)),
  cosine: o.cos,
  cumulative: (x) => o.mul(x, o.expand(o.sum(x, { axes: [-1] }), { axes: [-1], sizes: [x.shape.at(-1) ?? 1] })),
}
const blockOf = (name: string, f: (x: Tensor) => Tensor): SomeBlock => pointwise(name, f as never) as unknown as SomeBlock

const floatsOf = (net: SomeNetwork): number => leaves(net.init(key(0))).reduce((sum, { shape }) => sum + sizeOf(shape), 0)

/**
 * Every law of a combinator.
 *
 * @example
 * combinatorLaws('residual', residual, { size: 4, meaning: (f) => (x) => add(f(x))(x) })
 */
export const combinatorLaws = (
  name: string,
  combinator: SomeCombinator,
  { size, meaning, copies = 1 }: CombinatorLawOptions,
): readonly Law[] => {
  const combined = (block: SomeBlock): Builder<Shape, readonly unknown[], Shape> =>
    (combinator as (block: SomeBlock) => unknown)(block) as Builder<Shape, readonly unknown[], Shape>
  const blocks: Readonly<Record<string, SomeBlock>> = {
    dense: dense(size) as unknown as SomeBlock,
    'two layers': flow(dense(size), tanh, dense(size)) as unknown as SomeBlock,
    activation: sigmoid as unknown as SomeBlock,
  }
  const begin = input(size) as unknown as Network<readonly [], Shape, Shape>
  return [
    ...Object.entries(functions).map(([of, f]) => {
      const tried = triedOf<Shape, readonly unknown[], Shape>(combined(blockOf(of, f)), { input: [size] })
      return law(
        { name: `combinator.${name}.meaning.${of}`, statement: 'of a function f it makes the function that it is said to make' },
        tried.points,
        (point) => {
          const at = tried.at(point)
          nearTrees('C(f)(x)', meaning(f)(at[1]), tried.apply(at), 1e-12)
        },
      )
    }),
    ...Object.entries(blocks).map(([of, block]) =>
      fact({ name: `combinator.${name}.parameters.${of}`, statement: 'it has the parameters of its block, as often as it is said' }, () => {
        const [own, all] = [floatsOf((block as (from: unknown) => SomeNetwork)(begin)), floatsOf(combined(block)(begin))]
        if (all !== copies * own) differs('numbers among its parameters', copies * own, all)
      }),
    ),
    ...Object.entries(blocks).flatMap(([of, block]) =>
      layerLaws<Shape, readonly unknown[], Shape>(combined(block), { input: [size] }).map((one) => ({
        ...one,
        name: `combinator.${name}.${one.name}.${of}`,
      })),
    ),
  ]
}
