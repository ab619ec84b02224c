/** PyTorch, where this machine has it: a process that is told how often to do the workload, and answers when it is done. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startOf } from '../process.js'
import type { Run, Runs, Spec } from '../spec.js'

/** Settings of BLAS that suit NumPy here may not suit PyTorch. */
const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, ...env } = process.env
const pythons = ['python3', '/usr/bin/python3']
const versionIn = (python: string): string | undefined => {
  const { status, stdout } = spawnSync(python, ['-c', 'import torch; print(torch.__version__)'], { env, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
const found = (): { readonly python: string; readonly version: string } => {
  for (const python of pythons) {
    const version = versionIn(python)
    if (version !== undefined) return { python, version }
  }
  throw new Error(`no PyTorch in ${pythons.join(' or ')}`)
}
export const version = (): string => found().version

const script = fileURLToPath(new URL('../peer/pytorch.py', import.meta.url))

const repeating = async (spec: Spec): Promise<Run> => {
  const child = spawn(found().python, [script, JSON.stringify(spec)], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const answer = async (): Promise<void> => {
    const { done, value } = await lines.next()
    if (done === true || value !== 'done') throw new Error(`PyTorch answers ${value ?? 'nothing'}`)
  }
  process.once('exit', () => child.kill())
  await answer()
  return {
    runs: 1,
    repeat: async (times) => {
      if (!child.stdin.write(`${times}\n`)) await once(child.stdin, 'drain')
      await answer()
    },
  }
}

export const runs: Runs = {
  xor: repeating,
  classify: repeating,
  lenet: repeating,
  product: repeating,
  predict: repeating,
  start: async () =>
    startOf(`
    import { spawnSync } from 'node:child_process'
    const { status } = spawnSync('${found().python}', ['${script}', '{"kind":"xor","rate":0.1}', 'once'])
    process.exitCode = status
  `),
}
