/** The derivative of a layer: that of its function, along every parameter and the input, forward and in reverse. */
import { jvp, vjp } from '../../../src/graph/index.js'
import type { SomeLayer } from '../../../src/network/index.js'
import { leavesWithPaths } from '../../../src/params/index.js'
import type { Shape } from '../../../src/shape/index.js'
import { type Tensor, toArray } from '../../../src/tensor/index.js'
import { along, holdsAdjoint, inner, slopeAlong, wrongAlong } from '../../adjoint.js'
import { differs, near } from '../../compare.js'
import { directionOf } from '../../drawn.js'
import { type Law, law } from '../../law.js'
import { type Directed, nameOf, type Tried } from './tried.js'

/** Float64 sums of some thousand products, in another order. */
const rounding = 1e-10

/** Whether a layer's own pullback is wrong, at the parameters and the input that it has in the network. */
const isWrong = (layer: SomeLayer, params: unknown, h: Tensor, seed: number): boolean => {
  const f = ([theta, x]: readonly [unknown, Tensor]): Tensor => layer.apply(theta)(x)
  const at = [params, h] as const
  const [y, back] = vjp(f)(at)
  const [v, dy] = [directionOf(at, seed), directionOf(y, seed + 1)]
  return !slopeAlong(f, at, v, dy, inner(back(dy), v)).agrees
}

/** `layer 2, swish`: the first of several whose derivative is not that of its function. */
const firstAtFault = (layers: readonly SomeLayer[], params: readonly unknown[], x: Tensor): string | undefined => {
  const inputs = layers.reduce<readonly Tensor[]>((hs, layer, i) => hs.concat([layer.apply(params[i])(hs.at(-1) ?? x)]), [x])
  const first = layers.findIndex((layer, i) => [1, 2, 3].some((seed) => isWrong(layer, params[i], inputs[i] ?? x, seed)))
  return layers.length < 2 || first < 0 ? undefined : `layer ${first}, ${layers[first]?.kind}`
}

const adjoint = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(tried: Tried<I, Ps, O>): Law => {
  const { net, apply, claims, isStopped, directed, given } = tried
  const { derivativeOf } = claims
  type At = readonly [Ps, Tensor<I>]
  const function_ = derivativeOf === 'itself' ? apply : ([params, x]: At): Tensor<O> => derivativeOf(params)(x)
  const taken = (example: Directed<I, At>) => {
    const at = tried.at(example)
    const v = along((path) => !isStopped(path))(example.v.value(at))
    return { at, v, dy: example.dy.value as Tensor<O>, back: vjp(apply)(at)[1] }
  }
  return law(
    {
      name: 'layer.adjoint',
      statement: '⟨dy, J·v⟩ = ⟨Jᵀ·dy, v⟩ over every parameter and the input',
      source: 'Goodfellow et al. (2016) §6.5.2',
      given: given.wide,
      after: 'away',
    },
    directed,
    (example) => {
      const { at, v, dy, back } = taken(example)
      holdsAdjoint(function_, back, at, v, dy)
    },
    (example) => {
      const { at, v, dy, back } = taken(example)
      /** A small example may move some parameters by hardly anything: others are tried beside it. */
      const tries = [
        [v, dy] as const,
        ...[1, 2].map((seed) => [along((path) => !isStopped(path))(directionOf(at, seed)), directionOf(dy, seed)] as const),
      ]
      const wrong = new Set(tries.flatMap(([move, cotangent]) => wrongAlong(function_, back, at, move, cotangent)))
      const names = leavesWithPaths(at)
        .filter(({ path }) => wrong.has(path))
        .map(({ path }) => nameOf(path))
        .join(', ')
      const layer = derivativeOf === 'itself' ? firstAtFault(net.layers.toArray(), at[0], at[1]) : undefined
      return [`the derivative by ${names}`, ...(layer === undefined ? [] : [`${layer}, is the first at fault`])].join('; ')
    },
  )
}

/** What is left out is left out: its gradient is zero. */
const stopped = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(tried: Tried<I, Ps, O>): readonly Law[] => {
  const { apply, claims, directed, given } = tried
  if (claims.stopped.length === 0) return []
  return [
    law(
      {
        name: 'layer.stopped',
        statement: 'what the derivative is said to leave out has a gradient of zero',
        given: given.wide,
        after: 'away',
      },
      directed,
      (example) => {
        const gradient = leavesWithPaths(vjp(apply)(tried.at(example))[1](example.dy.value as Tensor<O>))
        for (const name of claims.stopped) {
          const found = gradient.find(({ path }) => nameOf(path) === name)
          if (found === undefined) differs('what is stopped', gradient.map(({ path }) => nameOf(path)).join(' or '), name)
          else if (toArray(found.tensor).some((d) => d !== 0)) differs(`the gradient of ${name}`, 'zero', found.tensor)
        }
      },
    ),
  ]
}

const modes = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(tried: Tried<I, Ps, O>): Law => {
  const { apply, directed, given } = tried
  return law(
    {
      name: 'layer.jvp',
      statement: '⟨dy, jvp(f)(v)⟩ = ⟨vjp(f)(dy), v⟩: forward and reverse mode are one derivative, but for rounding',
      source: 'Goodfellow et al. (2016) §6.5.10',
      given: given.wide,
      after: 'away',
    },
    directed,
    (example) => {
      const at = tried.at(example)
      const [v, dy] = [example.v.value(at), example.dy.value as Tensor<O>]
      near('⟨dy, jvp(f)(v)⟩', inner(vjp(apply)(at)[1](dy), v), inner(dy, jvp(apply)(at, v)[1]), rounding)
    },
  )
}

/** The laws of the derivative; a layer of whole numbers has none. */
export const derivativeLaws = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(tried: Tried<I, Ps, O>): readonly Law[] =>
  [adjoint(tried), ...stopped(tried), modes(tried)].map(tried.paid(8))
