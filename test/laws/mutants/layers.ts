/** Mutants of layers. */
import { layerLaws } from '../../../laws/index.js'
import { customVjp } from '../../../src/graph/index.js'
import { glorot } from '../../../src/layer/index.js'
import { layer, pointwise } from '../../../src/network/index.js'
import { tensors as o } from '../../../src/ops/apply.js'
import { add, affine, div, exp, mul } from '../../../src/ops/index.js'
import { foldIn, type Key, key, uniformIn } from '../../../src/random/index.js'
import type { Shape } from '../../../src/shape/index.js'
import { full, ones, type Tensor, tensor, type Vector, zeros } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

/** Each run of a suite begins with a memory of its own. */
const restless = () => {
  const drawn = { count: 0 }
  return layer({
    name: 'restless',
    input: [2],
    output: [2],
    init: () => ({ factor: tensor([2], [drawn.count++, 1]) }),
    apply: ({ factor }) => mul(factor),
  })
}
const tired = () => {
  const memory = { calls: 0 }
  return pointwise('tired', (x) => mul(1 / ++memory.calls)(x))
}
const forgetful = layer({
  name: 'forgetful',
  input: [2],
  output: [2],
  init: () => ({}),
  apply: () => (x: Vector<2>) => mul(ones([2], x.precision))(x.precision === 'float64' ? tensor([2], [0, 0]) : x),
})

/** ∞ / ∞ from x = 89 on. */
const overflowing = pointwise(
  'overflowing',
  <S extends Shape>(x: Tensor<S>): Tensor<S> => div(add(1)(exp(x)) as Tensor<S>)(exp(x)) as Tensor<S>,
)
const loud = layer({
  name: 'loud',
  input: [4],
  output: [4],
  init: (key) => ({ weights: uniformIn([4, 4], -3, 3)(key) }),
  apply: ({ weights }) => affine(weights, zeros([4], weights.precision)),
})

type Function_ = (x: Tensor) => Tensor
const each = (name: string, f: Function_) => pointwise(name, f as never)
const constantLike = (value: number, x: Tensor): Tensor => o.constant(value, x)
const everywhere = (x: Tensor, like: Tensor): Tensor => o.expand(x, { axes: [-1], sizes: [like.shape.at(-1) ?? 1] })
const sumOf = (x: Tensor): Tensor => o.sum(x, { axes: [-1] })
const meanOf = (x: Tensor): Tensor => o.div(sumOf(x), o.constant(x.shape.at(-1) ?? 1, sumOf(x)))
const row = (x: Tensor, w: Tensor): Tensor => o.reshape(o.matmul(o.reshape(x, { shape: [1, ...x.shape] }), w), { shape: [w.shape[1] ?? 0] })

type Params = Readonly<Record<string, Tensor>>
const made = (name: string, init: (k: Key) => Params, apply: (params: Params) => Function_) =>
  layer({ name, input: [4], output: [4], init, apply: apply as never })
const part = (params: Params, name: string): Tensor => params[name] ?? zeros([])

/** The first factor has no gradient, which nobody sees while the second is zero. */
const lora = made(
  'lora',
  (k) => ({ a: glorot([4, 2])(k) as Tensor, b: zeros([2, 4]) }),
  (params) => (x) => o.add(x, row(row(x, o.stopGradient(part(params, 'a'))), part(params, 'b'))),
)
const reZero = made(
  'reZero',
  (k) => ({ alpha: zeros([]), w: glorot([4, 4])(k) as Tensor }),
  (params) => (x) => o.add(x, o.mul(everywhere(part(params, 'alpha'), x), o.stopGradient(o.tanh(row(x, part(params, 'w')))))),
)
/** max(0, x), whose derivative ends at 6. */
const flatAbove6 = each('flatAbove6', (x) => {
  const isLarge = o.less(constantLike(6, x), x)
  const y = o.maximum(x, constantLike(0, x))
  return o.select(isLarge, o.stopGradient(y), y)
})
const unitNorm = each('unitNorm', (x) => o.div(x, everywhere(o.sqrt(sumOf(o.mul(x, x))), x)))
const centred: Function_ = (x) => o.sub(x, everywhere(meanOf(x), x))
const bareNorm = each('bareNorm', (x) => {
  const z = centred(x)
  return o.div(z, everywhere(o.sqrt(meanOf(o.mul(z, z))), x))
})
/** σ² = E x² − (E x)² */
const cancelling = each('cancelling', (x) => {
  const mean = meanOf(x)
  const variance = o.sub(meanOf(o.mul(x, x)), o.mul(mean, mean))
  return o.div(centred(x), everywhere(o.sqrt(o.add(o.maximum(variance, constantLike(0, variance)), constantLike(1e-5, variance))), x))
})
const keyless = made(
  'keyless',
  () => ({ w: glorot([4, 4])(key(0)) as Tensor }),
  (params) => (x) => row(x, part(params, 'w')),
)
const twins = made(
  'twins',
  () => ({ w: full([4, 4], 0.5) }),
  (params) => (x) => row(x, part(params, 'w')),
)
const thawed = made(
  'thawed',
  (k) => ({ w: glorot([4, 4])(k) as Tensor, v: glorot([4, 4])(foldIn(1)(k)) as Tensor }),
  (params) => (x) => o.add(row(x, part(params, 'w')), row(x, part(params, 'v'))),
)

/** A derivative of one's own, whose sign is wrong. */
const wrongRule = each(
  'wrongRule',
  customVjp(
    (x: Tensor) => o.exp(x),
    (x) => [o.exp(x), (dy) => [o.neg(o.mul(dy, o.exp(x)))]],
  ),
)

export const layerMutants: readonly Mutant[] = [
  {
    name: 'wrongRule',
    what: 'a derivative of its own, with its sign flipped',
    laws: () => layerLaws(wrongRule, { input: [4] }),
    killer: 'layer.adjoint',
  },
  {
    name: 'LoRA, stopped',
    what: 'a gradient that is left out where it is multiplied by what begins at zero',
    laws: () => layerLaws(lora, { input: [4] }),
    killer: 'layer.adjoint',
  },
  {
    name: 'ReZero, stopped',
    what: 'a block without a gradient, which begins at zero',
    laws: () => layerLaws(reZero, { input: [4] }),
    killer: 'layer.adjoint',
  },
  {
    name: 'flat above 6',
    what: 'a slope that is wrong for large inputs only',
    laws: () => layerLaws(flatAbove6, { input: [4] }),
    killer: 'layer.adjoint',
  },
  {
    name: 'unit norm, of 16 numbers',
    what: 'x / √Σx², which is NaN at zero',
    laws: () => layerLaws(unitNorm, { input: [16] }),
    killer: 'layer.finite',
  },
  {
    name: 'layer norm without ε, of 16 numbers',
    what: 'a variance of zero is divided by, where all numbers are the same',
    laws: () => layerLaws(bareNorm, { input: [16] }),
    killer: 'layer.finite',
  },
  {
    name: 'a variance that cancels',
    what: 'E x² − (E x)², of which float32 keeps nothing near 1000',
    laws: () => layerLaws(cancelling, { input: [16] }),
    killer: 'layer.accurate',
  },
  {
    name: 'keyless',
    what: 'weights drawn under a key of their own',
    laws: () => layerLaws(keyless, { input: [4] }),
    killer: 'layer.keyed',
  },
  { name: 'twins', what: 'units that begin alike', laws: () => layerLaws(twins, { input: [4] }), killer: 'layer.units' },
  {
    name: 'thawed',
    what: 'weights that are said to be frozen, and learn',
    laws: () => layerLaws(thawed, { input: [4], stopped: ['params[0].w'] }),
    killer: 'layer.stopped',
  },
  {
    name: 'another derivative than it says',
    what: 'a reversal that is said to be the identity',
    laws: () =>
      layerLaws(
        each('reversed', (x) => o.sub(o.stopGradient(o.mul(x, constantLike(2, x))), x)),
        { input: [4], derivativeOf: () => (x) => x as never },
      ),
    killer: 'layer.adjoint',
  },
  {
    name: 'restless',
    what: 'an initialiser that draws from nowhere',
    laws: () => layerLaws(restless(), { input: [2] }),
    killer: 'layer.init',
  },
  { name: 'tired', what: 'a function that remembers', laws: () => layerLaws(tired(), { input: [2] }), killer: 'layer.pure' },
  {
    name: 'tired, twice traced',
    what: 'a function whose forward derivative is of another call than its reverse one',
    laws: () => layerLaws(tired(), { input: [2] }),
    killer: 'layer.jvp',
  },
  {
    name: 'tired, compiled',
    what: 'a function whose program keeps what it was at its first call',
    laws: () => layerLaws(tired(), { input: [2] }),
    killer: 'layer.engines',
  },
  {
    name: 'forgetful',
    what: 'a layer that falls back to float32',
    laws: () => layerLaws(forgetful, { input: [2] }),
    killer: 'layer.precision',
  },
  {
    name: 'overflowing',
    what: 'eˣ / (1 + eˣ), as it is written',
    laws: () => layerLaws(overflowing, { input: [2] }),
    killer: 'layer.finite',
  },
  {
    name: 'loud',
    what: 'weights of variance 3, whatever the fan',
    laws: () => layerLaws(loud, { input: [4] }),
    killer: 'layer.initVariance',
  },
]
