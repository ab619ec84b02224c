/**
 * A derivative of one's own: where that of the ops is unstable, wasteful, or not what is wanted.
 *
 *     vjp(customVjp(f, rule))(a) = [f(a), rule(a)₂]
 */
import { ValueError, wantsFunction } from '../error/index.js'
import { leaves, leavesWithPaths, withLeaves } from '../params/index.js'
import { sameShape } from '../shape/index.js'
import { isLiteral } from '../tensor/read.js'
import type { Tensor } from '../tensor/tensor.js'
import { freePlaceholders } from './program.js'
import { replay } from './replay.js'
import { withRule } from './rule.js'
import { bind } from './run.js'
import { placeholdersLike, trace } from './trace.js'

const who = 'customVjp'
const typeOf = (x: Tensor | undefined): string => (x === undefined ? 'nothing' : `${x.precision} [${x.shape.join(', ')}]`)

/** A tree that is like another, tensor by tensor. */
const alike = (what: string, like: unknown, tree: unknown): readonly Tensor[] => {
  const [wanted, given] = [leavesWithPaths(like, who), leavesWithPaths(tree, who)]
  const places = wanted.length < given.length ? given : wanted
  const odd = places.findIndex((_, i) => {
    const [x, y] = [wanted[i], given[i]]
    const isAlike = x !== undefined && y !== undefined && x.path === y.path && x.tensor.precision === y.tensor.precision
    return !(isAlike && sameShape(x.tensor.shape, y.tensor.shape))
  })
  if (odd >= 0)
    throw new ValueError({
      who,
      expected: `${what}, ${typeOf(wanted[odd]?.tensor)} at ${places[odd]?.path}`,
      received: typeOf(given[odd]?.tensor),
    })
  return given.map(({ tensor }) => tensor)
}

/** What is used from outside would have no cotangent, silently. */
const closed = (what: string, inputs: readonly Tensor[], outputs: readonly Tensor[]): void => {
  if (freePlaceholders({ inputs, outputs }).length > 0)
    throw new ValueError({
      who,
      expected: `${what} that uses nothing but its arguments`,
      received: 'one that uses an unknown from outside',
      hint: 'make it an argument',
    })
}

/**
 * `f`, with a pullback of one's own. The rule is given the arguments, and gives the value and what takes a cotangent of it to
 * cotangents of the arguments; it is a pure function of tensors, as `f` is, and is itself differentiated, batched, looped over and
 * compiled. Values are always those of `f`, bit for bit; the rule's value says only what it is of.
 *
 * The adjoint law holds for the result if the rule is a derivative of `f`: `layerLaws` asks. One that is not, a clipped or a
 * reversed gradient, is used as it is. `jvp` pushes forward by the transpose of the pullback, which it takes for linear; JAX refuses.
 *
 * @error  `ValueError` where cotangents are not like the arguments, or where either function uses an unknown from outside
 * @source Bradbury, Frostig et al. (2018), JAX: jax.custom_vjp
 * @example
 * const reversed = customVjp((x: Scalar) => x, (x) => [x, (dy) => [neg(dy)]])
 * toNumber(grad(reversed)(scalar(3))) // => -1
 */
export const customVjp = <A extends readonly unknown[], B>(
  f: (...args: A) => B,
  rule: (...args: A) => readonly [value: B, pullback: (dy: B) => { readonly [I in keyof A]: A[I] }],
): ((...args: A) => B) => {
  wantsFunction(who, 'a function of trees of tensors', f)
  wantsFunction(who, 'a rule, from arguments to a value and its pullback', rule)
  return (...args) => {
    const values = leaves(args, who)
    const traced = trace((a: A) => f(...a), who)(args)
    closed('a function', traced.inputs, traced.outputs)
    const ys = traced.outputs.map(replay(bind(traced.inputs, values)))
    const y = traced.rebuild(ys)
    if ([...values, ...ys].every(isLiteral)) return y
    const own = placeholdersLike(args, who)
    const [value, pullback] = rule(...own.tree)
    alike('a value like that of the function', y, value)
    const { tree: dy, inputs: seeds } = placeholdersLike(y, who)
    const cotangents = alike('cotangents like the arguments', args, wantsFunction(who, 'a pullback', pullback)(dy))
    closed('a rule', [...own.inputs, ...seeds], cotangents)
    return withLeaves(y, withRule(ys, values, { constants: own.inputs, seeds, cotangents }))
  }
}
