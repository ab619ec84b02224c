/** Mutants of back-propagation: of the fold over the layers, and of the δ recursion. */
import { randomNetworkLaws } from '../../../laws/index.js'
import { backprop, delta } from '../../../src/network/index.js'
import { mul, neg, transpose } from '../../../src/ops/index.js'
import { mapTree } from '../../../src/params/index.js'
import type { Shape } from '../../../src/shape/index.js'
import { type Batch, type Tensor, zeros } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

type Gradients = readonly unknown[]
type Fold = (
  network: unknown,
) => (params: unknown) => (x: unknown) => { readonly output: unknown; readonly back: (g: unknown) => { readonly gradients: Gradients } }
/** The fold, with other gradients. */
const folding = (change: (gradients: Gradients) => Gradients): typeof backprop => {
  const fold: Fold = (network) => (params) => (x) => {
    const { output, back } = (backprop as unknown as Fold)(network)(params)(x)
    return { output, back: (g) => ({ ...back(g), gradients: change(back(g).gradients) }) }
  }
  return fold as unknown as typeof backprop
}
/** The gradients whose path ends so, changed. */
const at =
  (end: string, f: (x: Tensor) => Tensor) =>
  (gradients: Gradients): Gradients =>
    gradients.map((g) => mapTree((t, path) => (path.endsWith(end) ? f(t) : t))(g))

type Form = (network: unknown, decay: number) => (params: unknown) => (x: Batch<Shape>, y: unknown) => Gradients
/** The recursion, with other gradients. */
const recursing = (change: (gradients: Gradients, decay: number, x: Batch<Shape>) => Gradients): typeof delta => {
  const form: Form = (network, decay) => (params) => (x, y) => change((delta as unknown as Form)(network, decay)(params)(x, y), decay, x)
  return form as unknown as typeof delta
}

const fold = (what: string, change: (gradients: Gradients) => Gradients): Mutant => ({
  name: `backprop: ${what}`,
  what,
  laws: () => randomNetworkLaws({ fold: folding(change) }),
  killer: 'network.backprop',
})
const form = (what: string, change: (gradients: Gradients, decay: number, x: Batch<Shape>) => Gradients): Mutant => ({
  name: `delta: ${what}`,
  what,
  laws: () => randomNetworkLaws({ form: recursing(change) }),
  killer: 'network.delta',
})

export const backpropMutants: readonly Mutant[] = [
  fold(
    'a dropped bias gradient',
    at('.bias', (b) => zeros(b.shape, b.precision)),
  ),
  fold('a flipped weight gradient', at('.weights', neg)),
  fold(
    'a transposed weight gradient',
    at('.weights', (w) => transpose(w as never) as Tensor),
  ),
  fold('a sum for a mean', at('.weights', mul(2))),
  form('δ without the mean over the examples', (gradients, _, x) => mapTree((t) => mul(x.shape[0])(t))(gradients)),
  form('δ that decays biases', (gradients, decay) => (decay > 0 ? at('.bias', mul(1 + decay))(gradients) : gradients)),
]
