/** Checkpoints: a training goes on from one with the same bits, and one that was changed is seen. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { none } from 'fp-ts/lib/Option.js'
import { afterEach, describe, expect, it, test } from 'vitest'
import { checksum } from '../../src/codec/checksum.js'
import { lastCheckpoint, saveCheckpoint } from '../../src/codec/files/index.js'
import { decodeSafetensors, decodeState, encodeSafetensors, encodeState } from '../../src/codec/index.js'
import { batches, type Dataset } from '../../src/data/index.js'
import { orThrow } from '../../src/error/index.js'
import { dense, dropout, input, tanh } from '../../src/layer/index.js'
import { bernoulli } from '../../src/likelihood/index.js'
import { adam, chain, clipByGlobalNorm, cosineDecay, scaleByLearningRate } from '../../src/optimise/index.js'
import { sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { matrix, scalar, toNumber, zeros } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'

const model = bernoulli(pipe(input(2), dense(8), tanh, dropout(0.2), dense(1)))
const data: Dataset<readonly [2], readonly [1]> = { x: matrix([[0, 0], [0, 1], [1, 0], [1, 1]]), y: matrix([[0], [1], [1], [0]]) } // biome-ignore format: a table
const given = Array.from({ length: 3 }, (_, epoch) => [...batches(data, { size: 2, key: key(epoch) })]).flat()
const { init, step } = train(model, adam({ learningRate: cosineDecay({ initial: 0.1, steps: 6 }) }))
const start = init(key(1))
const state = iterate(step)(start, given.slice(0, 2))
const file = encodeState(state)
const decode = decodeState('file')(start)
/** A name that stands in many a sentence. */
const short = decodeState('s')(start)

it('the checksum is CRC-32: that of the digits 1 to 9 is published', () => {
  expect(checksum(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  expect(checksum(new Uint8Array(0))).toBe(0)
})

describe('a state', () => {
  it('goes on with the same bits: parameters, moments, schedule and noise', () => {
    const back = orThrow(decode(file))
    expect(sameTree(back, state)).toBe(true)
    expect(sameTree(iterate(step)(back, given.slice(2)), iterate(step)(start, given))).toBe(true)
  })
  it('of a chain without a memory of its own, too', () => {
    const own = train(bernoulli(pipe(input(2), dense(3), tanh, dense(1))), chain(clipByGlobalNorm(1), scaleByLearningRate(0.1)))
    const two = iterate(own.step)(own.init(key(2)), given.slice(0, 2))
    expect(sameTree(pipe(encodeState(two), decodeState('file')(own.init(key(3))), orThrow), two)).toBe(true)
  })
  it('with what a loop stands at beside it', () => {
    const place = { state, epoch: scalar(3, 'uint32'), batch: scalar(1, 'uint32') }
    const back = pipe(
      encodeState(place),
      decodeState('file')({ state: start, epoch: scalar(0, 'uint32'), batch: scalar(0, 'uint32') }),
      orThrow,
    )
    expect([toNumber(back.epoch), toNumber(back.batch), sameTree(back.state, state)]).toEqual([3, 1, true])
  })
  it('is a safetensors file, which anybody reads', () => {
    const names = orThrow(decodeSafetensors('file')(file)).tensors.map(({ name }) => name)
    expect(names).toContain('params.0.weights')
    expect(names).toContain('key')
  })
})

describe('what is no such state', () => {
  const message = (bytes: Uint8Array): string => pipe(decode(bytes), (either) => (isLeft(either) ? either.left.message : ''))
  it('every bit that is changed is seen, and every byte that is missing', () => {
    const at = fc.tuple(fc.nat(file.length - 1), fc.nat(7))
    fc.assert(
      fc.property(at, ([byte, bit]) => {
        const changed = file.slice()
        changed[byte] = (changed[byte] ?? 0) ^ (1 << bit)
        expect(message(changed)).toMatch(/^decodeState expects/)
        expect(message(file.slice(0, byte))).toMatch(/^decodeState expects/)
      }),
    )
  })
  it('says who was asked, whatever the file is called', () =>
    expect(short(encodeState({ a: zeros([2]) }))).toMatchObject({
      left: { message: expect.stringMatching(/^decodeState expects a state.*\(s\)$/) },
    }))
  test.each<readonly [string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'decodeState expects a checkpoint, with its checksum, receives 0 other bytes (file, byte 0)'],
    ['other tensors', encodeSafetensors(state), 'decodeState expects a checkpoint, with its checksum, receives'],
    ['another state', encodeState({ a: zeros([2]) }), 'a state of the form of the one given'],
  ])('%s', (_, bytes, said) => expect(message(bytes)).toContain(said))
})

describe('a folder of checkpoints', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foldgrad-checkpoints-'))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const save = saveCheckpoint(folder)
  const last = lastCheckpoint(folder)(start)

  it('that is not there, or empty, has none', async () => {
    expect(orThrow(await last())).toEqual(none)
    expect(orThrow(await lastCheckpoint(join(folder, 'deeper'))(start)())).toEqual(none)
  })
  it('keeps the newest two, and gives the newest', async () => {
    for (const n of [9, 10, 11]) orThrow(await save(n, iterate(step)(start, given.slice(0, n - 9)))())
    expect(readdirSync(folder)).toEqual(['checkpoint-000000000010.safetensors', 'checkpoint-000000000011.safetensors'])
    const found = orThrow(await last())
    expect(found).toMatchObject({ value: { step: 11, refused: [], path: join(folder, 'checkpoint-000000000011.safetensors') } })
    expect(found._tag === 'Some' && sameTree(found.value.state, state)).toBe(true)
  })
  it('gives the one before, and says why, if the newest is torn; and none in silence, if all are', async () => {
    for (const n of [1, 2]) orThrow(await save(n, state)())
    truncateSync(join(folder, 'checkpoint-000000000002.safetensors'), 300)
    const found = orThrow(await last())
    expect(found).toMatchObject({ value: { step: 1 } })
    expect(found._tag === 'Some' && found.value.refused[0]?.message).toContain('checkpoint-000000000002.safetensors')
    const older = join(folder, 'checkpoint-000000000001.safetensors')
    const bytes = readFileSync(older)
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
    writeFileSync(older, bytes)
    expect(await last()).toMatchObject({ left: { name: 'DecodeError' } })
  })
  it('is said in a sentence, if it cannot be written or read', async () => {
    const within = join(folder, 'a-file')
    orThrow(await save(1, state)())
    writeFileSync(within, '')
    expect(await saveCheckpoint(within)(1, state)()).toMatchObject({ left: { name: 'SystemError' } })
    expect(await lastCheckpoint(within)(start)()).toMatchObject({ left: { name: 'SystemError' } })
  })
  test.each<readonly [string, () => unknown, string]>([
    ['a step that is none', () => save(0.5, state), 'saveCheckpoint expects the whole number of a step, receives 0.5'],
    ['keeping none', () => saveCheckpoint(folder, { keep: 0 }), 'saveCheckpoint expects'],
  ])('%s', (_, act, said) => expect(act).toThrow(said))
})
