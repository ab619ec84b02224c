/** Correct optimisers, some of them unusual, raise no alarm: at rates that are usual, and by rules that are not. */
import { type AnyTransformation, optimiserLaws } from '../../laws/index.js'
import { tensors as o } from '../../src/ops/apply.js'
import { sign } from '../../src/ops/index.js'
import {
  adam,
  adamW,
  chain,
  clipByGlobalNorm,
  clipByValue,
  type GradientTransformation,
  gradientDescent,
  lookAhead,
  momentum,
  nesterov,
  nesterovLookAhead,
  rmsProp,
  type StateOf,
  scale,
  stateless,
  warmUpThenCosine,
} from '../../src/optimise/index.js'
import { mapTree, zipTrees } from '../../src/params/index.js'
import { type Tensor, zeros } from '../../src/tensor/index.js'
import { raisesNoAlarm } from './correct/entry.js'

type Erased = GradientTransformation<StateOf>
const stateful = (t: AnyTransformation): Erased => ({ ...t, stateless: false }) as unknown as Erased
const zerosLike = <P>(params: P): P => mapTree(({ shape, precision }) => zeros(shape, precision))(params)
const c = (value: number, like: Tensor): Tensor => o.constant(value, like)

/** −0.001 sign(0.9 m + 0.1 g),  m ← 0.99 m + 0.01 g. @source Chen et al. (2023) */
const lion = stateful({
  init: zerosLike,
  update: <P>(gradients: P, m: P) => {
    const mixed = (share: number) =>
      zipTrees((a: Tensor, g: Tensor) => o.add(o.mul(c(share, a), a), o.mul(c(1 - share, g), g)))(m, gradients as never)
    return [mapTree((x) => o.mul(c(-1e-3, x), o.sign(x)))(mixed(0.9)), mixed(0.99)]
  },
})
/** Every unit's gradient without its mean over the inputs. @source Yong et al. (2020) */
const centralised = stateless((g) =>
  mapTree((x: Tensor) => {
    if (x.shape.length < 2) return x
    const sum = o.sum(x, { axes: [-2] })
    const rows = x.shape.at(-2) ?? 1
    return o.sub(x, o.expand(o.div(sum, c(rows, sum)), { axes: [-2], sizes: [rows] }))
  })(g),
)
const signed = stateless((g) => mapTree((x: Tensor) => sign(x))(g))

const correct: Readonly<Record<string, readonly [AnyTransformation | GradientTransformation<StateOf>, unusual?: readonly string[]]>> = {
  'adam at 0.001': [adam({ learningRate: 1e-3 }) as unknown as Erased],
  'adam at 1': [adam({ learningRate: 1 }) as unknown as Erased],
  'gradient descent at 0.001': [gradientDescent({ learningRate: 1e-3 }) as unknown as Erased],
  'gradient descent at 1e-6': [gradientDescent({ learningRate: 1e-6 }) as unknown as Erased],
  'sign descent': [chain(signed, scale(-1e-3)) as unknown as Erased],
  lion: [lion],
  'momentum 0.99': [momentum({ learningRate: 0.01, decay: 0.99 }) as unknown as Erased],
  'nesterov at 0.001': [nesterov({ learningRate: 1e-3 }) as unknown as Erased],
  'nesterov ahead at 0.001': [nesterovLookAhead({ learningRate: 1e-3 }) as unknown as Erased],
  'a look ahead of 0.5': [chain(scale(-0.01), lookAhead({ decay: 0.5 })) as unknown as Erased],
  'clipped at 0.01': [chain(clipByGlobalNorm(0.01), scale(-0.1)) as unknown as Erased],
  'clipped by value at 0.01': [chain(clipByValue(0.01), scale(-0.1)) as unknown as Erased],
  'gradient centralisation': [chain(centralised, scale(-0.1)) as unknown as Erased],
  'centralised adam': [chain(centralised, adam({ learningRate: 1e-3 })) as unknown as Erased],
  'rmsProp at 0.001': [rmsProp({ learningRate: 1e-3 }) as unknown as Erased],
  'adamW at 0.001': [adamW({ learningRate: 1e-3, weightDecay: 0.01 }) as unknown as Erased, ['optimiser.x.still']],
  'a warm-up': [adam({ learningRate: warmUpThenCosine({ peak: 1e-3, warmUp: 50, steps: 300 }) }) as unknown as Erased],
}
for (const [name, [optimiser, unusual]] of Object.entries(correct))
  raisesNoAlarm(name, () => optimiserLaws('x', optimiser as Erased), unusual)
