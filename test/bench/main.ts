/**
 * `npm run bench`: every workload beside every peer that does it, alternating, each pair in a process of its own; a line as soon as it is there.
 * `--json` prints objects, `--only W2` and `--peer tfjs-wasm` narrow it, `--rounds` says how many samples are taken of each.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { machine } from './machine.js'
import type { Measuring } from './measure.js'
import { type Peer, peers } from './peers.js'
import { cells, heading, json, line, missing, type Row, rowsOf } from './report.js'
import type { Measured } from './row.js'
import { type Workload, workloads } from './workloads.js'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    peer: { type: 'string' },
    rounds: { type: 'string', default: '9' },
  },
})
/** `W5` is all sizes and forms of it, and `W6` is not `W6b`. */
const isWanted = (name: string, only: string | undefined): boolean => only === undefined || name === only || name.startsWith(`${only}-`)
const [chosenWorkloads, chosenPeers] = [
  workloads.filter(({ name }) => isWanted(name, options.only)),
  peers.filter(({ name }) => isWanted(name, options.peer)),
]

/** A peer that hangs is given up. @unit milliseconds */
const longest = 300_000

const compared = ({ name, spec }: Workload, peer: Peer): Promise<Measured | { readonly error: string }> =>
  new Promise((resolve) => {
    const measuring: Measuring = { warm: 0.4, sample: spec.kind === 'start' ? 0 : 0.15, rounds: Number(options.rounds) }
    const child = fork(fileURLToPath(new URL('row.js', import.meta.url)), [name, peer.name, JSON.stringify(measuring)], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      timeout: longest,
      killSignal: 'SIGKILL',
    })
    child.once('message', (answer: Measured | { readonly error: string }) => resolve(answer))
    child.once('exit', (code, signal) => resolve({ error: `ends with ${signal ?? code} before it answers` }))
  })

const rowsFor = async (workload: Workload, peer: Peer): Promise<readonly Row[]> => {
  const answer = await compared(workload, peer)
  return 'error' in answer ? [missing(workload, peer.name, answer.error)] : rowsOf(workload, peer.name, answer)
}

if (chosenWorkloads.length === 0 || chosenPeers.length === 0) {
  const known = [workloads, peers].map((all) => all.map(({ name }) => name).join(', '))
  console.error(`bench expects --only of ${known[0]} and --peer of ${known[1]}, receives ${options.only} and ${options.peer}`)
  process.exitCode = 1
} else if (!options.json) console.log(`${machine()}\n\n${heading}`)

for (const workload of chosenWorkloads) {
  for (const peer of chosenPeers.filter(({ runs }) => runs[workload.spec.kind] !== undefined)) {
    for (const row of await rowsFor(workload, peer)) console.log(options.json ? json(row) : line(cells(row)))
  }
}
