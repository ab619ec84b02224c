/**
 * Derivatives of pure functions of trees of tensors, as pure functions; they nest to any depth.
 */
import { ShapeError, ValueError } from '../error/index.js'
import { leaves, withLeaves, zipTrees } from '../params/index.js'
import { isFloat } from '../prim/index.js'
import { sameShape, show } from '../shape/index.js'
import { uniform } from '../tensor/buffer.js'
import { tensorOf } from '../tensor/expression.js'
import { type Node, nodeOf, placeholder } from '../tensor/node.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { cotangents } from './pullback.js'
import { replay } from './replay.js'
import { bind } from './run.js'
import { trace } from './trace.js'
import { foldUp, operandsOf } from './walk.js'

/**
 * The value of `f` and its pullback, which takes a cotangent of the value to one of the argument.
 *
 *     vjp(f)(a) = [f(a), dy ↦ Jᵀ·dy]
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.5.2
 * @example
 * const [y, pullback] = vjp(square)(scalar(3))
 * toNumber(pullback(scalar(1))) // => 6
 */
export const vjp =
  <A, B>(f: (a: A) => B) =>
  (a: A): readonly [B, (dy: B) => A] => {
    const { inputs, outputs, rebuild } = trace(f, 'vjp')(a)
    const seeds = outputs.map((output, i) => placeholder(output.shape, output.precision, `dy${i}`))
    const values = leaves(a, 'vjp')
    /** A tree of our own: whoever calls may change his before the pullback runs. */
    const like = withLeaves(a, values)
    const given = bind(inputs, values)
    const { cotangents: reached, widened } = cotangents(inputs, outputs, seeds)
    const backward = reached.map((d, i) => d ?? uniform((inputs[i] as Tensor).shape, (inputs[i] as Tensor).precision, 0))
    /** Loops keep on their way what the way back needs. */
    const forward = replay(given, { widened })
    const y = rebuild(outputs.map(forward))
    const cotangent = new Set(seeds.map(nodeOf))
    const later = foldUp<boolean>((node, of) => cotangent.has(node) || operandsOf(node).some(of))
    /** What does not wait for the cotangent was computed on the way forward, or is now, once for every cotangent. */
    const known = (node: Node): Tensor | undefined => (later(tensorOf(node)) ? undefined : forward(tensorOf(node)))
    return [
      y,
      (dy) => {
        const back = replay(new Map([...given, ...bind(seeds, leaves(dy, 'vjp'))]), { known })
        return withLeaves(like, backward.map(back))
      },
    ]
  }

/** The cotangent 1 of a cost; anything but one float is refused. */
const one = (y: Tensor): Tensor => {
  if (!sameShape(y.shape, [])) throw new ShapeError(`grad expects a function to [], receives ${show(y.shape)}`)
  if (!isFloat(y.precision)) throw new ValueError({ who: 'grad', expected: 'a function to a float', received: y.precision })
  return uniform([], y.precision, 1)
}

/**
 * The value of a scalar function, and its gradient: a tree of the argument's type.
 *
 * @error `ShapeError` if the value is no scalar
 */
export const valueAndGrad =
  <A>(f: (a: A) => Scalar) =>
  (a: A): readonly [Scalar, A] => {
    const [y, pullback] = vjp(f)(a)
    return [y, pullback(one(y) as Scalar)]
  }

/**
 * The gradient of a scalar function: a tree of the argument's type.
 *
 * @example
 * toNumber(grad((x: Scalar) => mul(x)(x))(scalar(3))) // => 6
 */
export const grad =
  <A>(f: (a: A) => Scalar) =>
  (a: A): A =>
    valueAndGrad(f)(a)[1]

/**
 * The value of `f` and how it moves when its argument moves by `v`.
 *
 *     jvp(f)(a, v) = [f(a), J·v]
 *
 * The pullback u ↦ Jᵀ·u is linear, so its own pullback is J: two reverse passes make a forward one, from one set of rules.
 */
export const jvp =
  <A, B>(f: (a: A) => B) =>
  (a: A, v: A): readonly [B, B] => {
    const [y, pullback] = vjp(f)(a)
    const anywhere = zipTrees((x) => uniform((x as Tensor).shape, x.precision, 0))(y)
    const [, push] = vjp(pullback)(anywhere)
    return [y, push(v)]
  }
