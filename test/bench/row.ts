/** One comparison, in a process of its own: whatever a peer does to it, the bench goes on. It is told which, and prints what it has measured. */

import { limits } from './machine.js'
import { alternating, type Measuring } from './measure.js'
import { formsOf } from './ours.js'
import { peers, runOf } from './peers.js'
import { startOf } from './process.js'
import type { Run } from './spec.js'
import { workloads } from './workloads.js'

/** Seconds of one run of everybody: forms of ours by name, the peer, and what the machine does at best. */
export interface Measured {
  readonly version: string
  readonly ours: Readonly<Record<string, readonly number[]>>
  readonly peer: readonly number[]
  readonly limits: Readonly<Record<string, readonly number[]>>
}

const prefixed = (prefix: string, runs: Readonly<Record<string, Run>>): Readonly<Record<string, Run>> =>
  Object.fromEntries(Object.entries(runs).map(([name, run]) => [`${prefix} ${name}`, run]))
const withPrefix = (prefix: string, samples: Readonly<Record<string, readonly number[]>>): Measured['ours'] =>
  Object.fromEntries(
    Object.entries(samples)
      .filter(([name]) => name.startsWith(`${prefix} `))
      .map(([name, seconds]) => [name.slice(prefix.length + 1), seconds]),
  )

export const measured = async (workloadName: string, peerName: string, measuring: Measuring): Promise<Measured> => {
  const workload = workloads.find(({ name }) => name === workloadName)
  const peer = peers.find(({ name }) => name === peerName)
  if (workload === undefined || peer === undefined) throw new Error(`no ${workloadName} beside ${peerName}`)
  const version = peer.version()
  const run = await runOf(peer, workload.spec)
  if (run === undefined) throw new Error(`${peerName} does not do ${workloadName}`)
  const best = workload.spec.kind === 'start' ? { bare: startOf('') } : limits()
  const samples = await alternating({ ...prefixed('ours', await formsOf(workload.spec)), peer: run, ...prefixed('limit', best) }, measuring)
  return { version, ours: withPrefix('ours', samples), peer: samples['peer'] ?? [], limits: withPrefix('limit', samples) }
}

const [workload = '', peer = '', measuring = '{}'] = process.argv.slice(2)
try {
  process.send?.(await measured(workload, peer, JSON.parse(measuring) as Measuring))
  process.exit(0)
} catch (error) {
  process.send?.({ error: error instanceof Error ? error.message : String(error) })
  process.exit(1)
}
