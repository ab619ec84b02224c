/** The table of peers: by the name that `--peer` takes, where its version is and what it can do. */
import { runs as brain } from './peer/brain.js'
import { runs as jax } from './peer/jax.js'
import { versionOf } from './peer/load.js'
import { runs as onnxruntime } from './peer/onnxruntime.js'
import { runs as pytorch, version as pytorchVersion } from './peer/pytorch.js'
import { runs as synaptic } from './peer/synaptic.js'
import { runs as tfjsWasm } from './peer/tfjs-wasm.js'
import type { Run, Runs, Spec } from './spec.js'

export interface Peer {
  readonly name: string
  /** @error throws where it is not there */
  readonly version: () => string
  readonly runs: Runs
}
const installed = (name: string, path: string, runs: Runs): Peer => ({ name, version: () => versionOf(path), runs })

export const peers: readonly Peer[] = [
  installed('jax-js', '@jax-js/jax', jax),
  installed('tfjs-wasm', '@tensorflow/tfjs', tfjsWasm),
  installed('brain.js', 'brain.js', brain),
  installed('synaptic', 'synaptic', synaptic),
  installed('onnxruntime-node', 'onnxruntime-node', onnxruntime),
  { name: 'pytorch', version: pytorchVersion, runs: pytorch },
]

/** How a peer does a workload, if it does its kind. */
export const runOf = ({ runs }: Peer, spec: Spec): Promise<Run> | undefined => {
  const make = runs[spec.kind] as ((of: Spec) => Promise<Run>) | undefined
  return make?.(spec)
}
