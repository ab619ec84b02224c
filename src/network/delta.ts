/**
 * Back-propagation in the δ form, for a chain of dense layers each followed by at most one element-wise activation f, and
 * the squared error with weight decay:
 *
 *     J = (1/m) Σᵢ ½‖h(xᵢ) − yᵢ‖² + (λ/2) Σ W²
 *     z⁽ˡ⁺¹⁾ = a⁽ˡ⁾W⁽ˡ⁾ + b⁽ˡ⁾,   a⁽ˡ⁺¹⁾ = f(z⁽ˡ⁺¹⁾)
 *     δ⁽ⁿ⁾ = −(y − a⁽ⁿ⁾) ⊙ f′(z⁽ⁿ⁾),   δ⁽ˡ⁾ = (δ⁽ˡ⁺¹⁾W⁽ˡ⁾ᵀ) ⊙ f′(z⁽ˡ⁾)
 *     ∂J/∂W⁽ˡ⁾ = (1/m) a⁽ˡ⁾ᵀδ⁽ˡ⁺¹⁾ + λW⁽ˡ⁾,   ∂J/∂b⁽ˡ⁾ = (1/m) Σ δ⁽ˡ⁺¹⁾
 *
 * A second fold, which must give the gradients of the first. Weights are [in, out] here, [out, in] in the source.
 *
 * @source UFLDL tutorial, Backpropagation Algorithm
 */
import { pipe } from 'fp-ts/lib/function.js'
import { List } from 'immutable'
import { ValueError } from '../error/index.js'
import { vjp } from '../graph/index.js'
import { add, div, expandFirst, matmul, mul, sub, sum, transpose } from '../ops/index.js'
import { noParameters } from '../params/index.js'
import type { Shape } from '../shape/index.js'
import { ones } from '../tensor/create.js'
import type { Batch, Matrix, Tensor, Vector } from '../tensor/tensor.js'
import { inBatches } from './backprop.js'
import { type Network, wantsNetwork } from './network.js'
import type { Sequence } from './sequence.js'
import type { SomeLayer } from './some-layer.js'

type Examples = Matrix<number, number>
interface Affine {
  readonly weights: Examples
  readonly bias: Vector<number>
}
/** One dense layer with the activation that follows it, and whether there is one. */
interface Unit {
  readonly affine: Affine
  readonly f: (z: Tensor) => Tensor
  readonly activated: boolean
}
interface Passed {
  readonly a: Examples
  readonly units: List<Unit & { readonly below: Examples; readonly z: Examples }>
}

const unitsOf = (layers: Sequence<SomeLayer>, params: readonly unknown[]): List<Unit> =>
  layers.reduce<List<Unit>>((units, layer, k) => {
    const last = units.last()
    if (layer.kind === 'dense') return units.push({ affine: params[k] as Affine, f: (z) => z, activated: false })
    if (last !== undefined && !last.activated) return units.set(-1, { ...last, f: inBatches(layer)(params[k]), activated: true })
    throw new ValueError({
      who: 'delta',
      expected: 'dense layers, each followed by at most one activation',
      received: layer.kind,
      where: `layer ${k}`,
    })
  }, List())

/** z = aW + b, a = f(z) */
const forward = ({ a, units }: Passed, unit: Unit): Passed => {
  const { weights, bias } = unit.affine
  const z = pipe(a, matmul(weights), add(expandFirst(a.shape[0])(bias)))
  return { a: unit.f(z) as Examples, units: units.push({ ...unit, below: a, z }) }
}

/** e ⊙ f′(z), for an element-wise f */
const through = (f: (z: Tensor) => Tensor, z: Tensor, e: Tensor): Tensor => mul(vjp(f)(z)[1](ones(z.shape, z.precision)))(e)

/**
 * The gradient records of a chain of dense layers, by the δ recursion.
 *
 * @param weightDecay λ
 * @error  `ValueError` for a network that is no such chain
 */
export const delta =
  <Ps extends readonly unknown[], I extends Shape, O extends Shape>(network: Network<Ps, I, O>, weightDecay = 0) =>
  (params: Ps) =>
  (x: Batch<I>, y: Batch<O>): Ps => {
    const { a, units } = unitsOf(wantsNetwork('delta', network).layers, params).reduce<Passed>(forward, {
      a: x as Tensor as Examples,
      units: List(),
    })
    const m = a.shape[0]
    const { gradients } = units.reduceRight<{ readonly error: Tensor; readonly gradients: List<unknown> }>(
      ({ error, gradients: done }, { affine: { weights }, f, activated, below, z }) => {
        const d = through(f, z, error) as Examples
        const gradient: Affine = {
          weights: pipe(transpose(below), matmul(d), div(m), add(mul(weightDecay)(weights))),
          bias: pipe(d, sum(-2), div(m)),
        }
        return { error: matmul(transpose(weights))(d), gradients: done.unshift(...(activated ? [gradient, noParameters] : [gradient])) }
      },
      { error: sub(y as Tensor)(a), gradients: List() },
    )
    return gradients.toArray() as readonly unknown[] as Ps
  }
