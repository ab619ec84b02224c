/** ONNX Runtime for Node: machine code, with as many threads as it chooses. It does not train. */
import { numbers } from '../numbers.js'
import { inTurn, oftenLater } from '../run.js'
import type { Runs } from '../spec.js'
import { load } from './load.js'
import { onnxModel } from './onnx-model.js'

interface Tensor {
  readonly data: Float32Array
}
interface Runtime {
  readonly default: {
    readonly InferenceSession: {
      readonly create: (model: Uint8Array) => Promise<{ readonly run: (feeds: { readonly x: Tensor }) => Promise<{ readonly y: Tensor }> }>
    }
    readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor
  }
}

export const runs: Runs = {
  predict: async ({ sizes, batch }) => {
    const { default: runtime } = await load<Runtime>('onnxruntime-node')
    const session = await runtime.InferenceSession.create(onnxModel(sizes))
    const next = inTurn([1, 2, 3, 4].map((seed) => numbers(batch * (sizes[0] ?? 1), seed)))
    return oftenLater(async () => (await session.run({ x: new runtime.Tensor('float32', next(), [batch, sizes[0] ?? 1]) })).y.data)
  },
}
