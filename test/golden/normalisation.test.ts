/** Layer normalisation and its gradients against PyTorch. */
import { describe, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { batched, vjp } from '../../src/graph/index.js'
import { input, layerNorm } from '../../src/layer/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { cotangentOf, expectGradient, expectOutput, golden, inputOf } from './golden.js'

interface Attributes {
  readonly axes?: readonly number[]
  readonly epsilon: number
}
const cases = golden<Attributes>('normalisation').filter(({ name }) => name.startsWith('layer_norm'))

describe('layerNorm', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const x = inputOf(one, 'x')
    const { axes = [], epsilon } = one.attributes
    const over = axes.length > 1 ? 'all' : 'last'
    const net = layerNorm({ over, epsilon })(input(...x.shape.slice(1)))
    const f = (params: unknown, h: Tensor, dy: Tensor): readonly [Tensor, readonly [Record<string, Tensor>, Tensor]] => {
      const [y, back] = vjp(
        ([p, z]: readonly [unknown, Tensor]) => batched((r: Tensor) => net([p] as never)(r as never))(z as never) as unknown as Tensor,
      )([params, h])
      return [y, back(dy) as unknown as readonly [Record<string, Tensor>, Tensor]]
    }
    const params = { gain: inputOf(one, 'gain'), bias: inputOf(one, 'bias') }
    for (const run of [f, compile(wasm)(f)]) {
      const [y, [gradients, dx]] = run(params, x, cotangentOf(one, 'y'))
      expectOutput(one, 'y', y)
      expectGradient(one, 'x', dx)
      expectGradient(one, 'gain', gradients['gain'] as Tensor)
      expectGradient(one, 'bias', gradients['bias'] as Tensor)
    }
  })
})
