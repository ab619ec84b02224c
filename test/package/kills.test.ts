/**
 * A training that is killed, at any moment, and begun again from its last checkpoint, until it is through: it ends in the bits of one that was
 * never stopped. `KILLS=200 npx vitest run --project package test/package/kills.test.ts` kills it two hundred times.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { stranger } from './stranger.js'

const home = stranger({}, {})
afterAll(home.leave)

home.write(
  'run.mjs',
  `
import { createHash } from 'node:crypto'
import { pipe } from 'fp-ts/lib/function.js'
import { lastCheckpoint, saveCheckpoint } from 'foldgrad/codec/files'
import { batches } from 'foldgrad/data'
import { orThrow } from 'foldgrad/error'
import { dense, dropout, input, tanh } from 'foldgrad/layer'
import { bernoulli } from 'foldgrad/likelihood'
import { adam } from 'foldgrad/optimise'
import { leaves } from 'foldgrad/params'
import { foldIn, key } from 'foldgrad/random'
import { matrix, scalar, toArray, toNumber } from 'foldgrad/tensor'
import { train } from 'foldgrad/train'

const folder = process.argv[2]
const { init, step } = train(bernoulli(pipe(input(2), dense(32), tanh, dropout(0.1), dense(1))), adam({ learningRate: 0.01 }))
const data = { x: matrix([[0, 0], [0, 1], [1, 0], [1, 1]]), y: matrix([[0], [1], [1], [0]]) }
const found = orThrow(await lastCheckpoint(folder)({ state: init(key(1)), done: scalar(0, 'uint32') })())
let { state, done } = found._tag === 'Some' ? found.value.state : { state: init(key(1)), done: scalar(0, 'uint32') }
for (let epoch = toNumber(done); epoch < 30; epoch++) {
  for (const batch of batches(data, { size: 3, key: foldIn(epoch)(key(2)) })) state = step(state, batch)
  orThrow(await saveCheckpoint(folder)(epoch + 1, { state, done: scalar(epoch + 1, 'uint32') })())
}
const hash = createHash('sha256')
for (const leaf of leaves(state)) hash.update(toArray(leaf))
console.log(hash.digest('hex'))
`,
)

/** What it prints, if it is through before it is killed; and how long it took. */
const attempt = async (folder: string, killedAfter: number): Promise<{ readonly printed: string; readonly took: number }> => {
  const [child, begun] = [
    spawn(process.execPath, ['run.mjs', folder], { cwd: home.folder, stdio: ['ignore', 'pipe', 'inherit'] }),
    performance.now(),
  ]
  const timer = setTimeout(() => child.kill('SIGKILL'), killedAfter)
  const parts: string[] = []
  child.stdout.on('data', (part) => parts.push(String(part)))
  const [code, signal] = await once(child, 'close')
  expect([code, signal]).toEqual(signal === null ? [0, null] : [null, 'SIGKILL'])
  clearTimeout(timer)
  return { printed: parts.join('').trim(), took: performance.now() - begun }
}

const kills = Number(process.env['KILLS'] ?? 20)
it(`killed ${kills} times, it ends in the same bits`, { timeout: 3_600_000 }, async () => {
  const whole = await attempt('whole', 600_000)
  expect(whole.printed).toMatch(/^[0-9a-f]{64}$/)
  const moment = (i: number): number => ((i * 0.618034) % 1) * whole.took * 1.05
  const until = async (killed: number, run: number): Promise<number> => {
    if (killed >= kills) return run
    const { printed } = await attempt('killed', moment(killed + run))
    if (printed === '') return until(killed + 1, run)
    expect(printed).toBe(whole.printed)
    rmSync(join(home.folder, 'killed'), { recursive: true })
    return until(killed, run + 1)
  }
  expect(await until(0, 0)).toBeGreaterThan(0)
  expect((await attempt('killed', 600_000)).printed).toBe(whole.printed)
  expect(readdirSync(join(home.folder, 'killed'))).toHaveLength(2)
})
