/** The worker's side: it prepares programs for the reference engine, and runs them, as it is asked. */
import { parentPort } from 'node:worker_threads'
import { reference } from '../../../src/engine/reference/index.js'
import type { Tensor } from '../../../src/tensor/index.js'
import type { Answer, Request } from './engine.js'
import { fromWire, programFromWire, toWire } from './wire.js'

const programs: ((inputs: readonly Tensor[]) => readonly Tensor[])[] = []
const answered = (request: Request): Answer['says'] => {
  try {
    if (request.kind === 'run') return { outputs: (programs[request.program]?.(request.inputs.map(fromWire)) ?? []).map(toWire) }
    return { program: programs.push(reference.prepare(programFromWire(request.program))) - 1 }
  } catch (error) {
    return { error: String(error) }
  }
}
parentPort?.on('message', (request: Request) => parentPort?.postMessage({ id: request.id, says: answered(request) } satisfies Answer))
